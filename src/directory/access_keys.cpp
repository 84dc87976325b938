#include "directory/access_keys.hpp"

#include "base/error.hpp"
#include "base/shape/patterns.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_key = R"sql(
    SELECT access_key_id, sealed_secret, policy, enabled, created_ms FROM access_keys WHERE access_key_id = $1
)sql";

constexpr std::string_view list_keys = R"sql(
    SELECT access_key_id, policy, enabled, created_ms
      FROM access_keys
     WHERE access_key_id > $1
     ORDER BY access_key_id
     LIMIT $2
)sql";

constexpr std::string_view insert_key = R"sql(
    INSERT INTO access_keys (access_key_id, sealed_secret, policy, enabled, created_ms) VALUES ($1, $2, $3, $4, $5)
)sql";

constexpr std::string_view update_key = "UPDATE access_keys SET enabled = $2 WHERE access_key_id = $1";
constexpr std::string_view delete_key = "DELETE FROM access_keys WHERE access_key_id = $1";

struct KeyRow {
    std::string access_key_id;
    Bytes sealed_secret;
    std::string policy;
    bool enabled = false;
    Instant created_ms{};
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (access_key_id, sealed_secret, policy, enabled, created_ms))

struct ListedKeyRow {
    std::string access_key_id;
    std::string policy;
    bool enabled = false;
    Instant created_ms{};
};
BOOST_DESCRIBE_STRUCT(ListedKeyRow, (), (access_key_id, policy, enabled, created_ms))

constexpr std::string_view seal_purpose = "access_key";
constexpr std::string_view id_prefix = "AKIA";
constexpr std::size_t id_letters = 16;
constexpr std::size_t secret_letters = 40;
constexpr std::string_view pool_prefix = "pool:";
constexpr std::size_t longest_pool_id = 55;

/// With the policy: a row whose policy was changed by another hand opens nothing.
std::string seal_context(const std::string& id, const std::string& policy) {
    return "access_keys|sealed_secret|" + id + "|" + policy;
}

AccessPolicy policy_of(const std::string& text) {
    auto policy = AccessPolicy::parse(text);
    if (!policy) throw Error(Errc::internal, {}, "access_keys.policy is none: " + text);
    return std::move(*policy);
}

AccessKey to_key(const crypto::Sealer& sealer, const KeyRow& row) {
    auto secret = sealer.open(seal_purpose, seal_context(row.access_key_id, row.policy), row.sealed_secret);
    if (!secret) throw Error(Errc::internal, {}, "access_keys.sealed_secret does not open: another master key?");
    AccessKey key{row.access_key_id, AccessKeySecret(text_of(*secret)), policy_of(row.policy), row.enabled,
                  row.created_ms};
    std::fill(secret->begin(), secret->end(), std::uint8_t{0});
    return key;
}

void check_changed(std::int64_t rows, const std::string& id) {
    if (rows != 1) throw Error(Errc::resource_not_found, "There is no access key " + id + ".");
}

}  // namespace

std::string AccessPolicy::str() const {
    switch (kind) {
        case Kind::full:
            return "full";
        case Kind::read_only:
            return "read-only";
        case Kind::pool:
            return std::string(pool_prefix) + pool.str();
    }
    return {};
}

std::optional<AccessPolicy> AccessPolicy::parse(std::string_view text) {
    if (text == "full") return AccessPolicy{Kind::full};
    if (text == "read-only") return AccessPolicy{Kind::read_only};
    if (!text.starts_with(pool_prefix)) return std::nullopt;
    const auto id = text.substr(pool_prefix.size());
    if (id.size() > longest_pool_id || !is_pool_id(id)) return std::nullopt;
    return AccessPolicy{Kind::pool, PoolId(std::string(id))};
}

AccessKey make_access_key(crypto::Random& random, AccessPolicy policy, Instant now) {
    constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    constexpr std::string_view all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    AccessKey key;
    key.id = std::string(id_prefix) + random.text(id_letters, upper);
    key.secret = AccessKeySecret(random.text(secret_letters, all));
    key.policy = std::move(policy);
    key.created = now;
    return key;
}

std::optional<AccessKey> AccessKeys::find(std::string_view id) {
    const auto row = tx_.row<KeyRow>(find_key, id);
    if (!row) return std::nullopt;
    return to_key(sealer_, *row);
}

void AccessKeys::create(const AccessKey& key) {
    const auto policy = key.policy.str();
    const auto sealed = sealer_.seal(seal_purpose, seal_context(key.id, policy), bytes_of(key.secret.reveal()));
    tx_.execute(insert_key, key.id, sealed, policy, key.enabled, key.created);
}

void AccessKeys::set_enabled(const std::string& id, bool enabled) {
    check_changed(tx_.execute(update_key, id, enabled), id);
}

void AccessKeys::erase(const std::string& id) {
    check_changed(tx_.execute(delete_key, id), id);
}

std::vector<AccessKey> AccessKeys::list(const std::string& after, int limit) {
    std::vector<AccessKey> keys;
    for (const auto& row : tx_.rows<ListedKeyRow>(list_keys, after, limit)) {
        AccessKey key;
        key.id = row.access_key_id;
        key.policy = policy_of(row.policy);
        key.enabled = row.enabled;
        key.created = row.created_ms;
        keys.push_back(std::move(key));
    }
    return keys;
}

AccessKeyRing::AccessKeyRing(db::Database& db, const crypto::Sealer& sealer, const Clock& clock, AccessKey first)
    : db_(db), sealer_(sealer), clock_(clock), first_(std::make_shared<const AccessKey>(std::move(first))) {}

Task<std::shared_ptr<const AccessKey>> AccessKeyRing::find(std::string id) {
    if (!id.empty() && id == first_->id) co_return first_;
    // Anybody can name a key: only what looks like one of ours costs a look into the database.
    if (!id.starts_with(id_prefix) || id.size() != id_prefix.size() + id_letters || !is_letters_and_digits(id))
        co_return nullptr;
    const Instant now = clock_.now();
    auto key = stored_.find(id, now);
    if (!key) {
        const auto generation = stored_.generation();
        auto loaded = co_await db_.read([&](db::Transaction& tx) { return AccessKeys(tx, sealer_).find(id); });
        if (!loaded) co_return nullptr;
        key = std::make_shared<const AccessKey>(std::move(*loaded));
        stored_.keep(id, key, now, generation);
    }
    co_return key->enabled ? key : nullptr;
}

}  // namespace symbolon::directory
