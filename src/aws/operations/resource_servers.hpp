#pragma once

#include "aws/operation.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations on resource servers (cognito-api.md §2.4, §5.9).
namespace symbolon::aws {

struct ResourceServerScopeType {
    shape::ResourceServerScopeName ScopeName;
    shape::ResourceServerScopeDescription ScopeDescription;
};
BOOST_DESCRIBE_STRUCT(ResourceServerScopeType, (), (ScopeName, ScopeDescription))

/// CreateResourceServer and UpdateResourceServer.
struct ResourceServerChange {
    shape::UserPoolId UserPoolId;
    shape::ResourceServerIdentifier Identifier;
    shape::ResourceServerName Name;
    std::optional<List<ResourceServerScopeType, 0, 100>> Scopes;
};
BOOST_DESCRIBE_STRUCT(ResourceServerChange, (), (UserPoolId, Identifier, Name, Scopes))

BOOST_DEFINE_ENUM_CLASS(ResourceServerManagedByType, COGNITO)

struct ResourceServerType {
    std::string UserPoolId;
    std::string Identifier;
    std::string Name;
    std::vector<ResourceServerScopeType> Scopes;
    std::optional<ResourceServerManagedByType> ManagedBy = {};  ///< never: all are an administrator's
};
BOOST_DESCRIBE_STRUCT(ResourceServerType, (), (UserPoolId, Identifier, Name, Scopes, ManagedBy))

struct ResourceServerResponse {
    ResourceServerType ResourceServer;
};
BOOST_DESCRIBE_STRUCT(ResourceServerResponse, (), (ResourceServer))

struct ResourceServerRequest {
    shape::UserPoolId UserPoolId;
    shape::ResourceServerIdentifier Identifier;
};
BOOST_DESCRIBE_STRUCT(ResourceServerRequest, (), (UserPoolId, Identifier))

struct ListResourceServersRequest {
    shape::UserPoolId UserPoolId;
    std::optional<shape::ListResourceServersLimit> MaxResults;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListResourceServersRequest, (), (UserPoolId, MaxResults, NextToken))

struct ListResourceServersResponse {
    std::vector<ResourceServerType> ResourceServers;
    std::optional<std::string> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListResourceServersResponse, (), (ResourceServers, NextToken))

/// Fails, this and all below: resource_not_found; this one also invalid_parameter (identifier taken, scope named
/// twice).
ResourceServerResponse create_resource_server(Scope scope, const ResourceServerChange& in);
ResourceServerResponse describe_resource_server(Scope scope, const ResourceServerRequest& in);
/// Replaces the name and the whole list of scopes.
ResourceServerResponse update_resource_server(Scope scope, const ResourceServerChange& in);
NoBody delete_resource_server(Scope scope, const ResourceServerRequest& in);
ListResourceServersResponse list_resource_servers(Scope scope, const ListResourceServersRequest& in);

std::span<const Operation> resource_server_operations();

}  // namespace symbolon::aws
