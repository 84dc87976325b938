#include "directory/catalog.hpp"

#include "base/error.hpp"
#include "directory/identifiers.hpp"
#include "directory/recent.hpp"
#include "directory/srp_verifiers.hpp"

#include <optional>
#include <utility>

namespace symbolon::directory {
namespace {

using Scopes = std::vector<std::string>;

}  // namespace

struct Catalog::Impl {
    db::Database& db;
    const crypto::Sealer& sealer;
    const Clock& clock;
    Recent<PoolId, Pool> pools{most_of_a_kind, oldest};
    Recent<ClientId, Client> clients{most_of_a_kind, oldest};
    Recent<std::string, Domain> domains{most_of_a_kind, oldest};
    Recent<PoolId, PoolKeys> keys{most_of_a_kind, oldest};
    Recent<PoolId, Scopes> scopes{most_of_a_kind, oldest};
    Recent<PoolId, bool> srp{most_of_a_kind, oldest};

    /// `load` reads one value over a transaction. What does not exist is not remembered: it may be created any moment.
    template <class Key, class Value, class Load>
    Task<std::shared_ptr<const Value>> find(Recent<Key, Value>& recent, Key key, Load load) {
        const Instant now = clock.now();
        if (auto held = recent.find(key, now)) co_return held;
        const auto generation = recent.generation();
        auto read = [&](db::Transaction& tx) -> std::optional<Value> { return load(tx, key); };
        std::optional<Value> loaded = co_await db.read(read);
        if (!loaded) co_return nullptr;
        auto value = std::make_shared<const Value>(std::move(*loaded));
        recent.keep(key, value, now, generation);
        co_return value;
    }
};

Catalog::Catalog(db::Database& db, const crypto::Sealer& sealer, const Clock& clock)
    : impl_(new Impl{.db = db, .sealer = sealer, .clock = clock}) {}
Catalog::~Catalog() = default;

Task<std::shared_ptr<const Pool>> Catalog::find_pool(PoolId id) {
    const auto load = [](db::Transaction& tx, const PoolId& pool) { return Pools(tx).find(pool); };
    return impl_->find(impl_->pools, std::move(id), load);
}

Task<std::shared_ptr<const Client>> Catalog::find_client(ClientId id) {
    const auto load = [this](db::Transaction& tx, const ClientId& client) {
        return Clients(tx, impl_->sealer).find(client);
    };
    return impl_->find(impl_->clients, std::move(id), load);
}

Task<std::shared_ptr<const Domain>> Catalog::find_domain(std::string domain) {
    auto canonical = parse_domain(domain);
    if (!canonical) co_return nullptr;
    const auto load = [](db::Transaction& tx, const std::string& name) { return Domains(tx).find(name); };
    co_return co_await impl_->find(impl_->domains, std::move(*canonical), load);
}

Task<std::shared_ptr<const Pool>> Catalog::get_pool(PoolId id) {
    auto pool = co_await find_pool(id);
    if (!pool) throw Error(Errc::resource_not_found, "User pool " + id.str() + " does not exist.");
    co_return pool;
}

Task<std::shared_ptr<const Client>> Catalog::get_client(ClientId id) {
    auto client = co_await find_client(id);
    if (!client) throw Error(Errc::resource_not_found, "User pool client " + id.str() + " does not exist.");
    co_return client;
}

Task<std::shared_ptr<const PoolKeys>> Catalog::get_keys(PoolId pool) {
    const auto load = [this](db::Transaction& tx, const PoolId& id) {
        return std::optional(SigningKeys(tx, impl_->sealer).get(id, impl_->clock.now()));
    };
    return impl_->find(impl_->keys, std::move(pool), load);
}

Task<std::shared_ptr<const std::vector<std::string>>> Catalog::list_scopes(PoolId pool) {
    const auto load = [](db::Transaction& tx, const PoolId& id) {
        return std::optional(ResourceServers(tx).list_scopes(id));
    };
    return impl_->find(impl_->scopes, std::move(pool), load);
}

Task<bool> Catalog::allows_srp(PoolId pool) {
    const auto load = [](db::Transaction& tx, const PoolId& id) {
        return std::optional(any_client_allows_srp(tx, id));
    };
    const auto allows = co_await impl_->find(impl_->srp, std::move(pool), load);
    co_return *allows;
}

void Catalog::forget(const PoolId& pool) {
    const auto is_key = [&](const PoolId& key, const auto&) { return key == pool; };
    const auto is_in = [&](const auto&, const auto& value) { return value.pool_id == pool; };
    impl_->pools.forget_if(is_key);
    impl_->keys.forget_if(is_key);
    impl_->scopes.forget_if(is_key);
    impl_->srp.forget_if(is_key);
    impl_->clients.forget_if(is_in);
    impl_->domains.forget_if(is_in);
}

std::size_t Catalog::size() const {
    return impl_->pools.size() + impl_->clients.size() + impl_->domains.size() + impl_->keys.size() +
           impl_->scopes.size() + impl_->srp.size();
}

}  // namespace symbolon::directory
