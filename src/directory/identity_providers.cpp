#include "directory/identity_providers.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/identifiers.hpp"
#include "directory/stored.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_provider = R"sql(
    SELECT name_key, name, kind, settings, sealed_details, created_ms, modified_ms
      FROM identity_providers
     WHERE pool_id = $1 AND name_key = $2
)sql";

constexpr std::string_view find_identified = R"sql(
    SELECT p.name_key AS name_key, name, kind, settings, sealed_details, created_ms, modified_ms
      FROM provider_identifiers i JOIN identity_providers p ON p.pool_id = i.pool_id AND p.name_key = i.name_key
     WHERE i.pool_id = $1 AND i.identifier = $2
)sql";

constexpr std::string_view list_providers = R"sql(
    SELECT name_key, name, kind, settings, sealed_details, created_ms, modified_ms
      FROM identity_providers
     WHERE pool_id = $1 AND name_key > $2
     ORDER BY name_key
     LIMIT $3
)sql";

constexpr std::string_view list_provider_names = R"sql(
    SELECT name FROM identity_providers WHERE pool_id = $1 ORDER BY name_key LIMIT 1000
)sql";

constexpr std::string_view count_providers = R"sql(
    SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM identity_providers WHERE pool_id = $1 LIMIT $2) AS counted
)sql";

constexpr std::string_view insert_provider = R"sql(
    INSERT INTO identity_providers (pool_id, name_key, name, kind, settings, sealed_details, created_ms, modified_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view update_provider = R"sql(
    UPDATE identity_providers SET settings = $3, sealed_details = $4, modified_ms = $5
     WHERE pool_id = $1 AND name_key = $2
)sql";

constexpr std::string_view delete_provider = "DELETE FROM identity_providers WHERE pool_id = $1 AND name_key = $2";

constexpr std::string_view insert_identifier = R"sql(
    INSERT INTO provider_identifiers (pool_id, identifier, name_key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
)sql";
constexpr std::string_view delete_identifier =
    "DELETE FROM provider_identifiers WHERE pool_id = $1 AND identifier = $2 AND name_key = $3";

constexpr std::string_view seal_purpose = "identity_provider";

struct ProviderRow {
    std::string name_key;
    std::string name;
    std::string kind;
    std::string settings;
    Bytes sealed_details;
    Instant created_ms{};
    Instant modified_ms{};
};
BOOST_DESCRIBE_STRUCT(ProviderRow, (), (name_key, name, kind, settings, sealed_details, created_ms, modified_ms))

struct NameRow {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NameRow, (), (name))

struct TotalRow {
    std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(TotalRow, (), (total))

struct StoredSettings {
    ProviderMap attribute_mapping;
    std::vector<std::string> identifiers;
    ProviderMap acr_mapping;
};
BOOST_DESCRIBE_STRUCT(StoredSettings, (), (attribute_mapping, identifiers, acr_mapping))

struct StoredDetails {
    ProviderMap details;
};
BOOST_DESCRIBE_STRUCT(StoredDetails, (), (details))

std::string seal_context(const PoolId& pool, std::string_view key) {
    return "identity_providers|sealed_details|" + pool.str() + "|" + std::string(key);
}

std::string settings_of(const IdentityProvider& provider) {
    return to_stored(StoredSettings{provider.attribute_mapping, provider.identifiers, provider.acr_mapping});
}

Bytes seal_details(const crypto::Sealer& sealer, const IdentityProvider& provider) {
    const auto text = to_stored(StoredDetails{provider.details});
    return sealer.seal(seal_purpose, seal_context(provider.pool_id, provider_key(provider.name)), bytes_of(text));
}

IdentityProvider to_provider(const crypto::Sealer& sealer, const PoolId& pool, ProviderRow row) {
    const auto type = parse_choice<IdentityProviderTypeType>(row.kind);
    const auto opened = sealer.open(seal_purpose, seal_context(pool, row.name_key), row.sealed_details);
    if (!type || !opened)
        throw Error(Errc::internal, {}, "identity_providers: a row that does not open: another master key?");
    auto settings = from_stored<StoredSettings>(row.settings, "identity_providers.settings");
    IdentityProvider provider;
    provider.pool_id = pool;
    provider.name = std::move(row.name);
    provider.type = *type;
    provider.details = from_stored<StoredDetails>(text_of(*opened), "identity_providers.sealed_details").details;
    provider.attribute_mapping = std::move(settings.attribute_mapping);
    provider.identifiers = std::move(settings.identifiers);
    provider.acr_mapping = std::move(settings.acr_mapping);
    provider.created = row.created_ms;
    provider.modified = row.modified_ms;
    return provider;
}

[[noreturn]] void throw_unknown(std::string_view name) {
    throw Error(Errc::resource_not_found, "Identity provider " + std::string(name) + " does not exist.");
}

}  // namespace

std::string provider_key(std::string_view name) {
    return canonical_username(name, false);
}

std::optional<IdentityProvider> IdentityProviders::find_by_key(const PoolId& pool, const std::string& key) {
    auto row = tx_.row<ProviderRow>(find_provider, pool, key);
    if (!row) return std::nullopt;
    return to_provider(sealer_, pool, std::move(*row));
}

std::optional<IdentityProvider> IdentityProviders::find(const PoolId& pool, std::string_view name) {
    auto provider = find_by_key(pool, provider_key(name));
    if (!provider || provider->name != name) return std::nullopt;
    return provider;
}

IdentityProvider IdentityProviders::get(const PoolId& pool, std::string_view name) {
    auto provider = find(pool, name);
    if (!provider) throw_unknown(name);
    return std::move(*provider);
}

std::optional<IdentityProvider> IdentityProviders::find_by_identifier(const PoolId& pool, std::string_view identifier) {
    auto row = tx_.row<ProviderRow>(find_identified, pool, provider_key(identifier));
    if (!row) return std::nullopt;
    return to_provider(sealer_, pool, std::move(*row));
}

void IdentityProviders::claim_identifiers(const IdentityProvider& provider) {
    const auto key = provider_key(provider.name);
    for (const auto& identifier : provider.identifiers)
        if (tx_.execute(insert_identifier, provider.pool_id, provider_key(identifier), key) != 1)
            throw Error(Errc::provider_exists, "The identifier " + identifier + " is already in use.");
}

void IdentityProviders::create(const IdentityProvider& provider) {
    const auto inserted = tx_.execute(insert_provider, provider.pool_id, provider_key(provider.name), provider.name,
                                      to_name(provider.type), settings_of(provider), seal_details(sealer_, provider),
                                      provider.created, provider.modified);
    if (inserted != 1) throw Error(Errc::provider_exists, "Provider " + provider.name + " already exists.");
    claim_identifiers(provider);
    const auto limit = static_cast<std::int64_t>(most_of_a_pool);
    if (tx_.row<TotalRow>(count_providers, provider.pool_id, limit + 1)->total > limit)
        throw Error(Errc::limit_exceeded, "A user pool can have at most 1000 identity providers.");
}

void IdentityProviders::save(const IdentityProvider& provider) {
    const auto stored = get(provider.pool_id, provider.name);
    const auto key = provider_key(provider.name);
    tx_.execute(update_provider, provider.pool_id, key, settings_of(provider), seal_details(sealer_, provider),
                provider.modified);
    for (const auto& identifier : stored.identifiers)
        tx_.execute(delete_identifier, provider.pool_id, provider_key(identifier), key);
    claim_identifiers(provider);
}

void IdentityProviders::erase(const PoolId& pool, std::string_view name) {
    const auto stored = get(pool, name);
    const auto key = provider_key(name);
    tx_.execute(delete_provider, pool, key);
    for (const auto& identifier : stored.identifiers)
        tx_.execute(delete_identifier, pool, provider_key(identifier), key);
}

std::vector<IdentityProvider> IdentityProviders::list(const PoolId& pool, std::string_view after, int limit) {
    std::vector<IdentityProvider> providers;
    for (ProviderRow& row : tx_.rows<ProviderRow>(list_providers, pool, provider_key(after), limit))
        providers.push_back(to_provider(sealer_, pool, std::move(row)));
    return providers;
}

std::vector<std::string> IdentityProviders::list_names(const PoolId& pool) {
    std::vector<std::string> names;
    for (NameRow& row : tx_.rows<NameRow>(list_provider_names, pool)) names.push_back(std::move(row.name));
    return names;
}

}  // namespace symbolon::directory
