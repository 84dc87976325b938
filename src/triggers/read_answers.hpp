#pragma once

#include "triggers/answers.hpp"
#include "triggers/response.hpp"

#include <optional>

/// What the answers of functions mean. All fail: hook_answer_invalid. Spec: cognito-api.md §6.3.
namespace symbolon::triggers {

DefineAuthAnswer read_define(const Response& answer);

/// PreTokenGeneration V1_0.
TokenAnswer read_claims(const Response& answer);
/// PreTokenGeneration V2_0 and V3_0.
TokenAnswer read_claims_and_scopes(const Response& answer);

/// Nothing: the other system has no such user.
std::optional<MigratedUser> read_migrated_user(const Response& answer);

/// A text without the place for its code is refused: the message would be of no use.
MessageAnswer read_message(const Response& answer, bool is_invitation);

}  // namespace symbolon::triggers
