#pragma once

#include "aws/operation.hpp"

#include <optional>
#include <span>

/// Operations on tokens (cognito-api.md §2.13, §3.8).
namespace symbolon::aws {

BOOST_DEFINE_ENUM_CLASS(RevokeAssociatedSessionsType, LINKED, NONE)

struct RevokeTokenRequest {
    shape::TokenText Token;
    shape::ClientId ClientId;
    std::optional<shape::ClientSecretText> ClientSecret;
    std::optional<RevokeAssociatedSessionsType> RevokeAssociatedSessions;
};
BOOST_DESCRIBE_STRUCT(RevokeTokenRequest, (), (Token, ClientId, ClientSecret, RevokeAssociatedSessions))

struct AccessTokenRequest {
    shape::TokenText AccessToken;
};
BOOST_DESCRIBE_STRUCT(AccessTokenRequest, (), (AccessToken))

Task<Empty> revoke_token(Call call, RevokeTokenRequest in);
Task<Empty> global_sign_out(Call call, AccessTokenRequest in);

std::span<const Operation> token_operations();

}  // namespace symbolon::aws
