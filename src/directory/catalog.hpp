#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/task.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/clients.hpp"
#include "directory/domains.hpp"
#include "directory/pools.hpp"
#include "directory/resource_servers.hpp"
#include "directory/signing_keys.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace symbolon::directory {

/// What changes rarely and is read on every request: pools, clients, domains, keys. A bounded cache over the database;
/// an entry is at most one second old, and forget() makes a change of this process visible at once. Threads: any.
class Catalog {
public:
    static constexpr std::chrono::seconds oldest{1};
    static constexpr std::size_t most_of_a_kind = 1024;  ///< pools, clients, domains, keys, lists of scopes, …: each

    Catalog(db::Database& db, const crypto::Sealer& sealer, const Clock& clock);
    ~Catalog();

    /// Null when there is none.
    Task<std::shared_ptr<const Pool>> find_pool(PoolId id);
    Task<std::shared_ptr<const Client>> find_client(ClientId id);
    Task<std::shared_ptr<const Domain>> find_domain(std::string domain);
    /// Fails: resource_not_found, in the words of the API.
    Task<std::shared_ptr<const Pool>> get_pool(PoolId id);
    Task<std::shared_ptr<const Client>> get_client(ClientId id);
    Task<std::shared_ptr<const PoolKeys>> get_keys(PoolId pool);
    Task<std::shared_ptr<const std::vector<std::string>>> list_scopes(PoolId pool);
    /// Whether some client of the pool allows SRP (srp_verifiers.hpp).
    Task<bool> allows_srp(PoolId pool);

    /// Drops everything cached of the pool, its clients and domains.
    void forget(const PoolId& pool);

    /// The number of values held now, of all kinds.
    std::size_t size() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::directory
