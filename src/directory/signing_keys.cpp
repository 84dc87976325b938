#include "directory/signing_keys.hpp"

#include "base/error.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_key = R"sql(
    INSERT INTO signing_keys (pool_id, kid, token_use, sealed_key, created_ms, retired_ms)
    VALUES ($1, $2, $3, $4, $5, $6)
)sql";

constexpr std::string_view keys_of_pool = R"sql(
    SELECT kid, token_use, sealed_key, created_ms, retired_ms FROM signing_keys WHERE pool_id = $1 ORDER BY created_ms, kid
)sql";

constexpr std::string_view seal_purpose = "signing_key";

struct KeyRow {
    std::string kid;
    std::string token_use;  // id | access
    Bytes sealed_key;
    Instant created_ms{};
    std::optional<Instant> retired_ms;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (kid, token_use, sealed_key, created_ms, retired_ms))

std::string seal_context(const PoolId& pool, std::string_view kid) {
    return "signing_keys|sealed_key|" + pool.str() + "|" + std::string(kid);
}

/// Overwritten when it ends: the private half in clear.
struct Plain {
    Bytes der;
    ~Plain() { std::fill(der.begin(), der.end(), std::uint8_t{0}); }
};

}  // namespace

const crypto::jose::SigningKey* PoolKeys::find(std::string_view kid) const {
    if (id_token.kid() == kid) return &id_token;
    if (access_token.kid() == kid) return &access_token;
    const auto found = std::find_if(retired.begin(), retired.end(), [&](const auto& key) { return key.kid() == kid; });
    return found == retired.end() ? nullptr : &*found;
}

void SigningKeys::create(const PoolId& pool, const crypto::jose::SigningKey& id_token,
                         const crypto::jose::SigningKey& access_token, Instant now) {
    insert(pool, {"id", id_token, now, {}});
    insert(pool, {"access", access_token, now, {}});
}

void SigningKeys::insert(const PoolId& pool, const Stored& key) {
    const Plain plain{key.key.to_der()};
    const auto sealed = sealer_.seal(seal_purpose, seal_context(pool, key.key.kid()), plain.der);
    tx_.execute(insert_key, pool, key.key.kid(), key.token_use, sealed, key.created, key.retired);
}

std::vector<SigningKeys::Stored> SigningKeys::list(const PoolId& pool) {
    std::vector<Stored> keys;
    for (const KeyRow& row : tx_.rows<KeyRow>(keys_of_pool, pool)) {
        auto opened = sealer_.open(seal_purpose, seal_context(pool, row.kid), row.sealed_key);
        if (!opened) throw Error(Errc::internal, {}, "signing_keys.sealed_key does not open: another master key?");
        const Plain plain{std::move(*opened)};
        keys.push_back({row.token_use, crypto::jose::SigningKey::from_der(plain.der), row.created_ms, row.retired_ms});
    }
    return keys;
}

PoolKeys SigningKeys::get(const PoolId& pool) {
    std::optional<crypto::jose::SigningKey> id_token;
    std::optional<crypto::jose::SigningKey> access_token;
    std::vector<crypto::jose::SigningKey> retired;
    for (Stored& stored : list(pool)) {
        if (stored.retired)
            retired.push_back(std::move(stored.key));
        else
            (stored.token_use == "id" ? id_token : access_token) = std::move(stored.key);
    }
    if (!id_token || !access_token)
        throw Error(Errc::resource_not_found, "User pool " + pool.str() + " does not exist.");
    return {.id_token = std::move(*id_token), .access_token = std::move(*access_token), .retired = std::move(retired)};
}

}  // namespace symbolon::directory
