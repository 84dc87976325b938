#include "directory/resource_servers.hpp"

#include "base/error.hpp"
#include "directory/stored.hpp"

#include <cstdint>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_server = R"sql(
    SELECT identifier, name, scopes FROM resource_servers WHERE pool_id = $1 AND identifier = $2
)sql";

constexpr std::string_view list_servers = R"sql(
    SELECT identifier, name, scopes
      FROM resource_servers
     WHERE pool_id = $1 AND identifier > $2
     ORDER BY identifier
     LIMIT $3
)sql";

constexpr std::string_view count_servers = R"sql(
    SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM resource_servers WHERE pool_id = $1 LIMIT $2) AS counted
)sql";

constexpr std::string_view insert_server = R"sql(
    INSERT INTO resource_servers (pool_id, identifier, name, scopes) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view update_server = R"sql(
    UPDATE resource_servers SET name = $3, scopes = $4 WHERE pool_id = $1 AND identifier = $2
)sql";

constexpr std::string_view delete_server = "DELETE FROM resource_servers WHERE pool_id = $1 AND identifier = $2";

struct ServerRow {
    std::string identifier;
    std::string name;
    std::string scopes;
};
BOOST_DESCRIBE_STRUCT(ServerRow, (), (identifier, name, scopes))

struct TotalRow {
    std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(TotalRow, (), (total))

struct StoredScopes {
    std::vector<Scope> scopes;
};
BOOST_DESCRIBE_STRUCT(StoredScopes, (), (scopes))

ResourceServer to_server(const PoolId& pool, ServerRow row) {
    return {.pool_id = pool,
            .identifier = std::move(row.identifier),
            .name = std::move(row.name),
            .scopes = from_stored<StoredScopes>(row.scopes, "resource_servers.scopes").scopes};
}

[[noreturn]] void throw_unknown(const std::string& identifier) {
    throw Error(Errc::resource_not_found, "Resource server " + identifier + " does not exist.");
}

}  // namespace

std::optional<ResourceServer> ResourceServers::find(const PoolId& pool, const std::string& identifier) {
    auto row = tx_.row<ServerRow>(find_server, pool, identifier);
    if (!row) return std::nullopt;
    return to_server(pool, std::move(*row));
}

ResourceServer ResourceServers::get(const PoolId& pool, const std::string& identifier) {
    auto server = find(pool, identifier);
    if (!server) throw_unknown(identifier);
    return std::move(*server);
}

void ResourceServers::create(const ResourceServer& server) {
    const auto inserted = tx_.execute(insert_server, server.pool_id, server.identifier, server.name,
                                      to_stored(StoredScopes{server.scopes}));
    if (inserted != 1)
        throw Error(Errc::invalid_parameter,
                    server.identifier + " already exists in user pool " + server.pool_id.str() + ".");
    const auto limit = static_cast<std::int64_t>(most_of_a_pool);
    if (tx_.row<TotalRow>(count_servers, server.pool_id, limit + 1)->total > limit)
        throw Error(Errc::limit_exceeded, "A user pool can have at most 300 resource servers.");
}

void ResourceServers::save(const ResourceServer& server) {
    const auto updated = tx_.execute(update_server, server.pool_id, server.identifier, server.name,
                                     to_stored(StoredScopes{server.scopes}));
    if (updated != 1) throw_unknown(server.identifier);
}

void ResourceServers::erase(const PoolId& pool, const std::string& identifier) {
    if (tx_.execute(delete_server, pool, identifier) != 1) throw_unknown(identifier);
}

std::vector<ResourceServer> ResourceServers::list(const PoolId& pool, const std::string& after, int limit) {
    std::vector<ResourceServer> servers;
    for (ServerRow& row : tx_.rows<ServerRow>(list_servers, pool, after, limit))
        servers.push_back(to_server(pool, std::move(row)));
    return servers;
}

std::vector<std::string> ResourceServers::list_scopes(const PoolId& pool) {
    constexpr int page = 100;
    std::vector<std::string> scopes;
    std::string after;
    while (true) {
        const auto servers = list(pool, after, page);
        for (const ResourceServer& server : servers)
            for (const Scope& scope : server.scopes) scopes.push_back(server.identifier + "/" + scope.name);
        if (servers.size() < page) return scopes;
        after = servers.back().identifier;
    }
}

}  // namespace symbolon::directory
