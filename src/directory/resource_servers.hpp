#pragma once

#include "base/id.hpp"
#include "db/transaction.hpp"

#include <boost/describe/class.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

struct Scope {
    std::string name;
    std::string description;
};
BOOST_DESCRIBE_STRUCT(Scope, (), (name, description))

struct ResourceServer {
    PoolId pool_id;
    std::string identifier;
    std::string name;
    std::vector<Scope> scopes;  ///< granted as `identifier/name`
};

class ResourceServers {
public:
    static constexpr std::size_t most_of_a_pool = 300;

    explicit ResourceServers(db::Transaction& tx) : tx_(tx) {}
    std::optional<ResourceServer> find(const PoolId& pool, const std::string& identifier);
    /// Fails: resource_not_found "Resource server <id> does not exist."
    ResourceServer get(const PoolId& pool, const std::string& identifier);
    /// Fails: invalid_parameter "<id> already exists in user pool <pool>.", limit_exceeded.
    void create(const ResourceServer& server);
    void save(const ResourceServer& server);
    void erase(const PoolId& pool, const std::string& identifier);
    std::vector<ResourceServer> list(const PoolId& pool, const std::string& after, int limit);
    /// Every live custom scope of the pool, as `identifier/name`.
    std::vector<std::string> list_scopes(const PoolId& pool);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
