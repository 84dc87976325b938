#pragma once

#include "aws/operation.hpp"
#include "aws/operations/tokens.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations of a signed-in user on the own passkeys (cognito-api.md §2.19, §3.12).
namespace symbolon::aws {

namespace shape {
using WebAuthnCredentialsQueryLimit = Number<struct WebAuthnCredentialsQueryLimitTag, 0, 20>;
}

struct StartWebAuthnRegistrationResponse {
    boost::json::value CredentialCreationOptions;
};
BOOST_DESCRIBE_STRUCT(StartWebAuthnRegistrationResponse, (), (CredentialCreationOptions))

struct CompleteWebAuthnRegistrationRequest {
    shape::TokenText AccessToken;
    boost::json::value Credential;
};
BOOST_DESCRIBE_STRUCT(CompleteWebAuthnRegistrationRequest, (), (AccessToken, Credential))

struct ListWebAuthnCredentialsRequest {
    shape::TokenText AccessToken;
    std::optional<shape::PaginationKey> NextToken;
    std::optional<shape::WebAuthnCredentialsQueryLimit> MaxResults;
};
BOOST_DESCRIBE_STRUCT(ListWebAuthnCredentialsRequest, (), (AccessToken, NextToken, MaxResults))

struct WebAuthnCredentialDescription {
    std::string CredentialId;
    std::string FriendlyCredentialName;
    std::string RelyingPartyId;
    std::optional<std::string> AuthenticatorAttachment;
    std::vector<std::string> AuthenticatorTransports;
    Timestamp CreatedAt;
};
BOOST_DESCRIBE_STRUCT(WebAuthnCredentialDescription, (),
                      (CredentialId, FriendlyCredentialName, RelyingPartyId, AuthenticatorAttachment,
                       AuthenticatorTransports, CreatedAt))

struct ListWebAuthnCredentialsResponse {
    std::vector<WebAuthnCredentialDescription> Credentials;
    std::optional<std::string> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListWebAuthnCredentialsResponse, (), (Credentials, NextToken))

struct DeleteWebAuthnCredentialRequest {
    shape::TokenText AccessToken;
    shape::PlainString CredentialId;
};
BOOST_DESCRIBE_STRUCT(DeleteWebAuthnCredentialRequest, (), (AccessToken, CredentialId))

/// Fails: as signin::Passkeys::begin.
Task<StartWebAuthnRegistrationResponse> start_web_authn_registration(Call call, AccessTokenRequest in);
/// Fails: as signin::Passkeys::complete.
Task<Empty> complete_web_authn_registration(Call call, CompleteWebAuthnRegistrationRequest in);
Task<ListWebAuthnCredentialsResponse> list_web_authn_credentials(Call call, ListWebAuthnCredentialsRequest in);
/// Fails: resource_not_found.
Task<Empty> delete_web_authn_credential(Call call, DeleteWebAuthnCredentialRequest in);

std::span<const Operation> web_authn_operations();

}  // namespace symbolon::aws
