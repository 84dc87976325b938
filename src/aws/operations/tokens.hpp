#pragma once

#include "aws/operation.hpp"
#include "aws/operations/auth.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

/// Operations on tokens (cognito-api.md §2.13, §3.8).
namespace symbolon::aws {

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

struct GetTokensFromRefreshTokenRequest {
    shape::TokenText RefreshToken;
    shape::ClientId ClientId;
    std::optional<shape::ClientSecretText> ClientSecret;
    std::optional<shape::DeviceKey> DeviceKey;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(GetTokensFromRefreshTokenRequest, (),
                      (RefreshToken, ClientId, ClientSecret, DeviceKey, ClientMetadata))

struct GetTokensFromRefreshTokenResponse {
    std::optional<AuthenticationResultType> AuthenticationResult;
};
BOOST_DESCRIBE_STRUCT(GetTokensFromRefreshTokenResponse, (), (AuthenticationResult))

struct GetClientTokenRequest {
    shape::ClientId ClientId;
    shape::ClientSecretText Secret;
    std::optional<List<shape::Scope, 0, 50>> Scopes;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(GetClientTokenRequest, (), (ClientId, Secret, Scopes, ClientMetadata))

struct ClientAuthenticationResultType {
    std::string AccessToken;
    std::int64_t ExpiresIn = 0;
    std::string TokenType = "Bearer";
};
BOOST_DESCRIBE_STRUCT(ClientAuthenticationResultType, (), (AccessToken, ExpiresIn, TokenType))

struct GetClientTokenResponse {
    std::optional<ClientAuthenticationResultType> ClientAuthenticationResult;
};
BOOST_DESCRIBE_STRUCT(GetClientTokenResponse, (), (ClientAuthenticationResult))

Task<GetTokensFromRefreshTokenResponse> get_tokens_from_refresh_token(Call call, GetTokensFromRefreshTokenRequest in);
Task<Empty> revoke_token(Call call, RevokeTokenRequest in);
Task<Empty> global_sign_out(Call call, AccessTokenRequest in);
Task<GetClientTokenResponse> get_client_token(Call call, GetClientTokenRequest in);

std::span<const Operation> token_operations();

}  // namespace symbolon::aws
