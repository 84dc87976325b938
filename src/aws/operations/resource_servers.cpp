#include "aws/operations/resource_servers.hpp"

#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "directory/pools.hpp"
#include "directory/resource_servers.hpp"

#include <array>
#include <set>
#include <utility>

namespace symbolon::aws {

namespace {

constexpr int usual_page = 50;

directory::ResourceServer from_request(const ResourceServerChange& in) {
    directory::ResourceServer out{PoolId(in.UserPoolId.str()), in.Identifier.str(), in.Name.str(), {}};
    std::set<std::string> seen;
    if (!in.Scopes) return out;
    for (const auto& scope : *in.Scopes) {
        if (!seen.insert(scope.ScopeName.str()).second) {
            throw Error(Errc::invalid_parameter, "The scope " + scope.ScopeName.str() + " is given twice.");
        }
        out.scopes.push_back({scope.ScopeName.str(), scope.ScopeDescription.str()});
    }
    return out;
}

ResourceServerType describe(const directory::ResourceServer& server) {
    ResourceServerType out{server.pool_id.str(), server.identifier, server.name, {}};
    for (const auto& scope : server.scopes) out.Scopes.push_back({scope.name, scope.description});
    return out;
}

}  // namespace

ResourceServerResponse create_resource_server(Scope scope, const ResourceServerChange& in) {
    get_pool(scope, in.UserPoolId);
    const auto server = from_request(in);
    directory::ResourceServers(scope.tx).create(server);
    return {describe(server)};
}

ResourceServerResponse describe_resource_server(Scope scope, const ResourceServerRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    return {describe(directory::ResourceServers(scope.tx).get(pool, in.Identifier.str()))};
}

ResourceServerResponse update_resource_server(Scope scope, const ResourceServerChange& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    directory::ResourceServers servers(scope.tx);
    servers.get(pool, in.Identifier.str());
    const auto server = from_request(in);
    servers.save(server);
    return {describe(server)};
}

NoBody delete_resource_server(Scope scope, const ResourceServerRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    directory::ResourceServers servers(scope.tx);
    servers.get(pool, in.Identifier.str());
    servers.erase(pool, in.Identifier.str());
    return {};
}

ListResourceServersResponse list_resource_servers(Scope scope, const ListResourceServersRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    const ListPage page(scope, "ListResourceServers|" + pool.str(), in.NextToken, in.MaxResults, usual_page);
    auto servers = directory::ResourceServers(scope.tx).list(pool, page.after(), page.reads());
    ListResourceServersResponse out;
    out.NextToken = page.cut(servers, &directory::ResourceServer::identifier);
    for (const auto& server : servers) out.ResourceServers.push_back(describe(server));
    return out;
}

std::span<const Operation> resource_server_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<create_resource_server, writes>("CreateResourceServer", administrator),
        operation<describe_resource_server, reads>("DescribeResourceServer", administrator),
        operation<update_resource_server, writes>("UpdateResourceServer", administrator),
        operation<delete_resource_server, writes>("DeleteResourceServer", administrator),
        operation<list_resource_servers, reads>("ListResourceServers", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
