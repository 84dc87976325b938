#pragma once

#include "aws/operation.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations on the secrets of app clients (cognito-api.md §2.2): a client may have two, so that one can be replaced
/// while both are accepted.
namespace symbolon::aws {

struct AddUserPoolClientSecretRequest {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
    std::optional<shape::ClientSecretText> ClientSecret;
};
BOOST_DESCRIBE_STRUCT(AddUserPoolClientSecretRequest, (), (UserPoolId, ClientId, ClientSecret))

struct ClientSecretDescriptorType {
    std::string ClientSecretId;
    std::optional<std::string> ClientSecretValue;
    Timestamp ClientSecretCreateDate;
};
BOOST_DESCRIBE_STRUCT(ClientSecretDescriptorType, (), (ClientSecretId, ClientSecretValue, ClientSecretCreateDate))

struct AddUserPoolClientSecretResponse {
    ClientSecretDescriptorType ClientSecretDescriptor;
};
BOOST_DESCRIBE_STRUCT(AddUserPoolClientSecretResponse, (), (ClientSecretDescriptor))

struct ListUserPoolClientSecretsRequest {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListUserPoolClientSecretsRequest, (), (UserPoolId, ClientId, NextToken))

struct ListUserPoolClientSecretsResponse {
    std::vector<ClientSecretDescriptorType> ClientSecrets;
    std::optional<std::string> NextToken;  ///< never
};
BOOST_DESCRIBE_STRUCT(ListUserPoolClientSecretsResponse, (), (ClientSecrets, NextToken))

struct DeleteUserPoolClientSecretRequest {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
    shape::ClientSecretId ClientSecretId;
};
BOOST_DESCRIBE_STRUCT(DeleteUserPoolClientSecretRequest, (), (UserPoolId, ClientId, ClientSecretId))

/// As the service makes them: 52 letters and digits.
ClientSecret make_client_secret(crypto::Random& random);

/// Shows the secret only when it was made here. Fails, this and all below: resource_not_found; this one also
/// invalid_parameter, limit_exceeded.
AddUserPoolClientSecretResponse add_user_pool_client_secret(Scope scope, const AddUserPoolClientSecretRequest& in);
/// Never shows a secret. All are on one page, so there is no token to go on with: one that is given is none of ours.
ListUserPoolClientSecretsResponse list_user_pool_client_secrets(Scope scope,
                                                                const ListUserPoolClientSecretsRequest& in);
/// Fails: invalid_parameter (the last one).
Empty delete_user_pool_client_secret(Scope scope, const DeleteUserPoolClientSecretRequest& in);

std::span<const Operation> client_secret_operations();

}  // namespace symbolon::aws
