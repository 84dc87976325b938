#include "directory/signing_keys.hpp"

#include "base/error.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_key = R"sql(
    INSERT INTO signing_keys (pool_id, kid, token_use, sealed_key, created_ms, retired_ms, algorithm, signs_from_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql";

constexpr std::string_view keys_of_pool = R"sql(
    SELECT kid, token_use, sealed_key, created_ms, retired_ms, algorithm, signs_from_ms
      FROM signing_keys
     WHERE pool_id = $1
     ORDER BY created_ms, kid
)sql";

constexpr std::string_view retire_keys = R"sql(
    UPDATE signing_keys SET retired_ms = $2 WHERE pool_id = $1 AND retired_ms IS NULL
)sql";

constexpr std::string_view delete_keys = "DELETE FROM signing_keys WHERE pool_id = $1";

constexpr std::string_view seal_purpose = "signing_key";

struct KeyRow {
    std::string kid;
    std::string token_use;  // id | access
    Bytes sealed_key;
    Instant created_ms{};
    std::optional<Instant> retired_ms;
    std::string algorithm;
    Instant signs_from_ms{};
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (kid, token_use, sealed_key, created_ms, retired_ms, algorithm, signs_from_ms))

constexpr std::string_view use_id = "id";
constexpr std::string_view use_access = "access";

std::string seal_context(const PoolId& pool, std::string_view kid) {
    return "signing_keys|sealed_key|" + pool.str() + "|" + std::string(kid);
}

/// Overwritten when it ends: the private half in clear.
struct Plain {
    Bytes der;
    ~Plain() { std::fill(der.begin(), der.end(), std::uint8_t{0}); }
};

crypto::jose::SigningKey open_key(const crypto::Sealer& sealer, const PoolId& pool, const KeyRow& row) {
    const auto algorithm = crypto::jose::parse_algorithm(row.algorithm);
    if (!algorithm) throw Error(Errc::internal, {}, "signing_keys.algorithm is unknown: of a newer version?");
    auto opened = sealer.open(seal_purpose, seal_context(pool, row.kid), row.sealed_key);
    if (!opened) throw Error(Errc::internal, {}, "signing_keys.sealed_key does not open: another master key?");
    const Plain plain{std::move(*opened)};
    return crypto::jose::SigningKey::from_der(plain.der, *algorithm);
}

using Stored = SigningKeys::Stored;

/// Of the keys of one use the one that signs at that moment. Where the clock was set back none may yet: then the first.
const Stored* find_signer(const std::vector<Stored>& keys, KeyUse use, Instant now) {
    const Stored* signer = nullptr;
    const Stored* first = nullptr;
    for (const Stored& key : keys) {
        if (key.use != use) continue;
        if (!first) first = &key;
        if (may_sign(key, now) && (!signer || key.signs_from >= signer->signs_from)) signer = &key;
    }
    return signer ? signer : first;
}

}  // namespace

bool is_published(const Stored& key, Instant now) {
    return !key.retired || now - *key.retired < publication_after;
}

bool may_sign(const Stored& key, Instant now) {
    return key.signs_from <= now && (!key.retired || now < *key.retired);
}

const crypto::jose::SigningKey* PoolKeys::find(KeyUse use, std::string_view kid) const {
    const auto& current = use == KeyUse::id_token ? id_token : access_token;
    if (current.kid() == kid) return &current;
    const auto found = std::find_if(others.begin(), others.end(),
                                    [&](const auto& other) { return other.use == use && other.key.kid() == kid; });
    return found == others.end() ? nullptr : &found->key;
}

NewKeys make_keys(crypto::jose::Algorithm algorithm) {
    auto id_token = crypto::jose::SigningKey::generate(algorithm);
    return {std::move(id_token), crypto::jose::SigningKey::generate(algorithm)};
}

void SigningKeys::create(const PoolId& pool, const crypto::jose::SigningKey& id_token,
                         const crypto::jose::SigningKey& access_token, Instant now) {
    insert(pool, {KeyUse::id_token, id_token, now, now});
    insert(pool, {KeyUse::access_token, access_token, now, now});
}

void SigningKeys::publish_next(const PoolId& pool, const NewKeys& keys, Instant now) {
    const Instant from = now + publication_lead;
    tx_.execute(retire_keys, pool, from);
    insert(pool, {KeyUse::id_token, keys.id_token, now, from});
    insert(pool, {KeyUse::access_token, keys.access_token, now, from});
}

void SigningKeys::replace_all(const PoolId& pool, const NewKeys& keys, Instant now) {
    tx_.execute(delete_keys, pool);
    create(pool, keys.id_token, keys.access_token, now);
}

void SigningKeys::insert(const PoolId& pool, const Stored& key) {
    const Plain plain{key.key.to_der()};
    const auto sealed = sealer_.seal(seal_purpose, seal_context(pool, key.key.kid()), plain.der);
    const auto use = key.use == KeyUse::id_token ? use_id : use_access;
    tx_.execute(insert_key, pool, key.key.kid(), use, sealed, key.created, key.retired,
                crypto::jose::to_text(key.key.algorithm()), key.signs_from);
}

std::vector<Stored> SigningKeys::list(const PoolId& pool) {
    std::vector<Stored> keys;
    for (const KeyRow& row : tx_.rows<KeyRow>(keys_of_pool, pool)) {
        const auto use = row.token_use == use_id ? KeyUse::id_token : KeyUse::access_token;
        keys.push_back({use, open_key(sealer_, pool, row), row.created_ms, row.signs_from_ms, row.retired_ms});
    }
    return keys;
}

PoolKeys SigningKeys::get(const PoolId& pool, Instant now) {
    auto keys = list(pool);
    std::erase_if(keys, [&](const Stored& key) { return !is_published(key, now); });
    const Stored* id_token = find_signer(keys, KeyUse::id_token, now);
    const Stored* access_token = find_signer(keys, KeyUse::access_token, now);
    if (!id_token || !access_token)
        throw Error(Errc::resource_not_found, "User pool " + pool.str() + " does not exist.");
    PoolKeys found{.id_token = id_token->key, .access_token = access_token->key, .others = {}};
    for (const Stored& key : keys)
        if (&key != id_token && &key != access_token) found.others.push_back({key.use, key.key});
    return found;
}

}  // namespace symbolon::directory
