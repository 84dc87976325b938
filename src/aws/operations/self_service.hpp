#pragma once

#include "aws/operation.hpp"
#include "aws/operations/tokens.hpp"
#include "aws/operations/users.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations of a signed-in user on the own profile (cognito-api.md §2.8).
namespace symbolon::aws {

struct GetUserResponse {
    std::string Username;
    AttributeList UserAttributes;
    std::optional<std::vector<MFAOptionType>> MFAOptions;
    std::optional<std::string> PreferredMfaSetting;
    std::optional<std::vector<std::string>> UserMFASettingList;
};
BOOST_DESCRIBE_STRUCT(GetUserResponse, (),
                      (Username, UserAttributes, MFAOptions, PreferredMfaSetting, UserMFASettingList))

/// The token's owner, with the attributes that the client may read.
Task<GetUserResponse> get_user(Call call, AccessTokenRequest in);
Task<NoBody> delete_user(Call call, AccessTokenRequest in);

std::span<const Operation> self_service_operations();

}  // namespace symbolon::aws
