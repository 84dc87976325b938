#pragma once

#include "aws/custom_ids.hpp"
#include "aws/operation.hpp"
#include "directory/client_settings.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations on app clients (cognito-api.md §2.2).
namespace symbolon::aws {

struct CreateUserPoolClientRequest : directory::ClientSettings {
    shape::UserPoolId UserPoolId;
    shape::ClientNameOrId ClientName;
    std::optional<bool> GenerateSecret;
    std::optional<shape::ClientSecretText> ClientSecret;
};
BOOST_DESCRIBE_STRUCT(CreateUserPoolClientRequest, (directory::ClientSettings),
                      (UserPoolId, ClientName, GenerateSecret, ClientSecret))

struct UpdateUserPoolClientRequest : directory::ClientSettings {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
    std::optional<shape::ClientNameOrId> ClientName;
};
BOOST_DESCRIBE_STRUCT(UpdateUserPoolClientRequest, (directory::ClientSettings), (UserPoolId, ClientId, ClientName))

struct UserPoolClientRequest {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
};
BOOST_DESCRIBE_STRUCT(UserPoolClientRequest, (), (UserPoolId, ClientId))

struct UserPoolClientType : directory::ClientSettings {
    std::string UserPoolId;
    std::string ClientName;
    std::string ClientId;
    std::optional<std::string> ClientSecret;
    Timestamp LastModifiedDate;
    Timestamp CreationDate;
    directory::ClientTypeType ClientType = directory::ClientTypeType::REGULAR;
};
BOOST_DESCRIBE_STRUCT(UserPoolClientType, (directory::ClientSettings),
                      (UserPoolId, ClientName, ClientId, ClientSecret, LastModifiedDate, CreationDate, ClientType))

struct UserPoolClientResponse {
    UserPoolClientType UserPoolClient;
};
BOOST_DESCRIBE_STRUCT(UserPoolClientResponse, (), (UserPoolClient))

struct ListUserPoolClientsRequest {
    shape::UserPoolId UserPoolId;
    std::optional<shape::QueryLimit> MaxResults;
    std::optional<shape::PaginationKey> NextToken;
    std::optional<directory::ClientTypeType> ClientType;
};
BOOST_DESCRIBE_STRUCT(ListUserPoolClientsRequest, (), (UserPoolId, MaxResults, NextToken, ClientType))

struct UserPoolClientDescription {
    std::string ClientId;
    std::string UserPoolId;
    std::string ClientName;
};
BOOST_DESCRIBE_STRUCT(UserPoolClientDescription, (), (ClientId, UserPoolId, ClientName))

struct ListUserPoolClientsResponse {
    std::vector<UserPoolClientDescription> UserPoolClients;
    std::optional<std::string> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListUserPoolClientsResponse, (), (UserPoolClients, NextToken))

/// Fails: invalid_parameter, invalid_oauth_flow, scope_does_not_exist.
UserPoolClientResponse create_user_pool_client(Scope scope, const CreateUserPoolClientRequest& in);
/// Fails, this and all below: resource_not_found.
UserPoolClientResponse describe_user_pool_client(Scope scope, const UserPoolClientRequest& in);
/// Replaces the configuration; id and secret stay (§5.7).
UserPoolClientResponse update_user_pool_client(Scope scope, const UpdateUserPoolClientRequest& in);
NoBody delete_user_pool_client(Scope scope, const UserPoolClientRequest& in);
ListUserPoolClientsResponse list_user_pool_clients(Scope scope, const ListUserPoolClientsRequest& in);

std::span<const Operation> client_operations();

}  // namespace symbolon::aws
