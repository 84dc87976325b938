#include "directory/pools.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/deleted_pools.hpp"
#include "directory/import_jobs.hpp"
#include "directory/stored.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_pool = R"sql(
    SELECT p.pool_id AS pool_id, name, settings, created_ms, modified_ms, version, a.domain AS domain,
           b.domain AS custom_domain
      FROM pools p
      LEFT JOIN pool_domains a ON a.pool_id = p.pool_id AND a.kind = 'prefix'
      LEFT JOIN pool_domains b ON b.pool_id = p.pool_id AND b.kind = 'custom'
     WHERE p.pool_id = $1
)sql";

constexpr std::string_view list_pools = R"sql(
    SELECT p.pool_id AS pool_id, name, settings, created_ms, modified_ms, version, a.domain AS domain,
           b.domain AS custom_domain
      FROM pools p
      LEFT JOIN pool_domains a ON a.pool_id = p.pool_id AND a.kind = 'prefix'
      LEFT JOIN pool_domains b ON b.pool_id = p.pool_id AND b.kind = 'custom'
     WHERE p.pool_id > $1
     ORDER BY p.pool_id
     LIMIT $2
)sql";

constexpr std::string_view insert_pool = R"sql(
    INSERT INTO pools (pool_id, name, settings, created_ms, modified_ms, version) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view update_pool = R"sql(
    UPDATE pools SET name = $3, settings = $4, modified_ms = $5, version = version + 1
     WHERE pool_id = $1 AND version = $2
)sql";

// Everything in a pool, the pool itself last. client_pools is keyed by the client alone.
constexpr std::array<std::string_view, 13> erase_pool{
    "DELETE FROM client_secrets WHERE pool_id = $1",
    "DELETE FROM identity_providers WHERE pool_id = $1",
    "DELETE FROM provider_identifiers WHERE pool_id = $1",
    "DELETE FROM pool_certificates WHERE pool_id = $1",
    "DELETE FROM deleted_groups WHERE pool_id = $1",
    "DELETE FROM client_pools WHERE client_id IN (SELECT client_id FROM clients WHERE pool_id = $1)",
    "DELETE FROM clients WHERE pool_id = $1",
    "DELETE FROM pool_documents WHERE pool_id = $1",
    "DELETE FROM import_jobs WHERE pool_id = $1",
    "DELETE FROM resource_servers WHERE pool_id = $1",
    "DELETE FROM signing_keys WHERE pool_id = $1",
    "DELETE FROM pool_domains WHERE pool_id = $1",
    "DELETE FROM pools WHERE pool_id = $1",
};

struct PoolRow {
    PoolId pool_id;
    std::string name;
    std::string settings;
    Instant created_ms{};
    Instant modified_ms{};
    std::int64_t version = 0;
    std::optional<std::string> domain;
    std::optional<std::string> custom_domain;
};
BOOST_DESCRIBE_STRUCT(PoolRow, (), (pool_id, name, settings, created_ms, modified_ms, version, domain, custom_domain))

/// What the column `settings` holds.
struct StoredSettings : PoolSettings {
    std::optional<PoolExtensions> Extensions;
};
BOOST_DESCRIBE_STRUCT(StoredSettings, (PoolSettings), (Extensions))

std::string settings_of(const Pool& pool) {
    StoredSettings stored;
    static_cast<PoolSettings&>(stored) = pool.settings;
    if (!encode(pool.extensions).empty()) stored.Extensions = pool.extensions;
    return to_stored(stored);
}

Pool to_pool(PoolRow row) {
    auto stored = from_stored<StoredSettings>(row.settings, "pools.settings");
    auto extensions = std::move(stored.Extensions).value_or(PoolExtensions{});
    return {.id = std::move(row.pool_id),
            .name = std::move(row.name),
            .settings = std::move(static_cast<PoolSettings&>(stored)),
            .created = row.created_ms,
            .modified = row.modified_ms,
            .version = row.version,
            .domain = std::move(row.domain).value_or(""),
            .custom_domain = std::move(row.custom_domain).value_or(""),
            .extensions = extensions};
}

template <class E, std::size_t min, std::size_t max>
bool holds(const std::optional<List<E, min, max>>& list, std::string_view name) {
    return list && std::any_of(list->begin(), list->end(), [&](E value) { return to_name(value) == name; });
}

}  // namespace

bool Pool::username_is_phone() const {
    return holds(settings.UsernameAttributes, "phone_number");
}
bool Pool::username_is_email() const {
    return holds(settings.UsernameAttributes, "email");
}
bool Pool::is_alias(std::string_view attribute) const {
    return holds(settings.AliasAttributes, attribute);
}
bool Pool::auto_verifies(std::string_view attribute) const {
    return holds(settings.AutoVerifiedAttributes, attribute);
}

bool Pool::case_sensitive() const {
    return !settings.UsernameConfiguration || settings.UsernameConfiguration->CaseSensitive;
}

bool Pool::mfa_required() const {
    return settings.MfaConfiguration == UserPoolMfaType::ON;
}
bool Pool::mfa_possible() const {
    return mfa_required() || settings.MfaConfiguration == UserPoolMfaType::OPTIONAL;
}
bool Pool::sms_mfa_configured() const {
    return settings.SmsConfiguration.has_value();
}

std::optional<Pool> Pools::find(const PoolId& id) {
    auto row = tx_.row<PoolRow>(find_pool, id);
    if (!row) return std::nullopt;
    return to_pool(std::move(*row));
}

Pool Pools::get(const PoolId& id) {
    auto pool = find(id);
    if (!pool) throw Error(Errc::resource_not_found, "User pool " + id.str() + " does not exist.");
    return std::move(*pool);
}

void Pools::create(const Pool& pool) {
    const auto inserted =
        tx_.execute(insert_pool, pool.id, pool.name, settings_of(pool), pool.created, pool.modified, pool.version);
    if (inserted != 1) throw Error(Errc::internal, {}, "pools: this id is in use");
}

void Pools::save(const Pool& pool) {
    check_no_import(tx_, pool.id);
    const auto updated = tx_.execute(update_pool, pool.id, pool.version, pool.name, settings_of(pool), pool.modified);
    if (updated == 1) return;
    get(pool.id);
    throw Error(Errc::concurrent_modification, "The user pool was changed by another request. Try again.");
}

void Pools::erase(const PoolId& id) {
    const Pool pool = get(id);
    if (pool.settings.DeletionProtection == DeletionProtectionType::ACTIVE)
        throw Error(Errc::invalid_parameter,
                    "The user pool cannot be deleted because deletion protection is activated. Deletion protection "
                    "must be inactivated first.");
    if (!pool.domain.empty() || !pool.custom_domain.empty())
        throw Error(Errc::invalid_parameter,
                    "User pool cannot be deleted. It has a domain configured that should be deleted first.");
    check_no_import(tx_, id);
    for (const std::string_view statement : erase_pool) tx_.execute(statement, id);
    DeletedPools(tx_).add(id);
}

std::vector<Pool> Pools::list(const std::string& after, int limit) {
    std::vector<Pool> pools;
    for (PoolRow& row : tx_.rows<PoolRow>(list_pools, after, limit)) pools.push_back(to_pool(std::move(row)));
    return pools;
}

}  // namespace symbolon::directory
