#include "directory/key_rotation.hpp"

#include "base/log.hpp"
#include "directory/pool_extensions.hpp"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

using crypto::jose::Algorithm;

constexpr int pools_at_once = 200;

// The keys of a pool that no others will follow as yet: one of each use, made together.
constexpr std::string_view list_last_keys = R"sql(
    SELECT pool_id, algorithm, created_ms
      FROM signing_keys
     WHERE retired_ms IS NULL AND token_use = 'id' AND pool_id > $1
     ORDER BY pool_id
     LIMIT $2
)sql";

constexpr std::string_view find_unpublished = R"sql(
    SELECT EXISTS (SELECT 1 FROM signing_keys WHERE retired_ms <= $1) AS found
)sql";

constexpr std::string_view delete_unpublished = R"sql(
    DELETE FROM signing_keys WHERE (pool_id, kid) IN
           (SELECT pool_id, kid FROM signing_keys WHERE retired_ms <= $1 LIMIT $2)
)sql";

constexpr std::string_view find_last_keys = R"sql(
    SELECT pool_id, algorithm, created_ms
      FROM signing_keys
     WHERE retired_ms IS NULL AND token_use = 'id' AND pool_id = $1
)sql";

struct LastKeysRow {
    PoolId pool_id;
    std::string algorithm;
    Instant created_ms{};
};
BOOST_DESCRIBE_STRUCT(LastKeysRow, (), (pool_id, algorithm, created_ms))

struct FoundRow {
    bool found = false;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (found))

std::chrono::days life_of_keys(const Pool& pool, KeyRotation rotation) {
    const auto& days = pool.extensions.rotate_keys_after_days;
    return days ? std::chrono::days(days->get()) : rotation.after;
}

bool is_due(const LastKeysRow& keys, const Pool& pool, KeyRotation rotation, Instant now) {
    if (keys.algorithm != to_text(signing_algorithm(pool))) return true;
    const auto life = life_of_keys(pool, rotation);
    return life.count() > 0 && now - keys.created_ms >= life;
}

/// A pool whose keys are to be replaced.
std::optional<Pool> find_due(db::Transaction& tx, Instant now, KeyRotation rotation) {
    Pools pools(tx);
    PoolId last;
    while (true) {
        const auto rows = tx.rows<LastKeysRow>(list_last_keys, last, pools_at_once);
        for (const LastKeysRow& row : rows) {
            auto pool = pools.find(row.pool_id);
            if (pool && is_due(row, *pool, rotation, now)) return pool;
        }
        if (rows.size() < static_cast<std::size_t>(pools_at_once)) return std::nullopt;
        last = rows.back().pool_id;
    }
}

}  // namespace

Algorithm signing_algorithm(const Pool& pool) {
    switch (pool.extensions.signing_alg.value_or(SignatureAlgorithm::RS256)) {
        case SignatureAlgorithm::RS256:
            return Algorithm::rs256;
        case SignatureAlgorithm::PS256:
            return Algorithm::ps256;
        case SignatureAlgorithm::ES256:
            return Algorithm::es256;
        case SignatureAlgorithm::EdDSA:
            return Algorithm::eddsa;
    }
    return Algorithm::rs256;
}

bool any_rotation_due(db::Transaction& tx, Instant now, KeyRotation rotation) {
    return tx.row<FoundRow>(find_unpublished, now - publication_after)->found ||
           find_due(tx, now, rotation).has_value();
}

Task<std::int64_t> do_rotation_step(KeyMaker maker, Claim& claim, Instant now, int limit) {
    const auto look = [&](db::Transaction& tx) { return find_due(tx, now, maker.rotation); };
    const auto pool = co_await maker.db.read(look);
    if (!pool) {
        const auto remove = [now, limit](db::Transaction& tx) {
            return tx.execute(delete_unpublished, now - publication_after, limit);
        };
        co_return co_await claim.write(remove);
    }
    const auto make = [algorithm = signing_algorithm(*pool)] { return make_keys(algorithm); };
    const auto keys = co_await maker.workers.run(make);
    const auto publish = [&](db::Transaction& tx) {
        // Somebody at a terminal may have been faster.
        const auto last = tx.row<LastKeysRow>(find_last_keys, pool->id);
        if (last && is_due(*last, *pool, maker.rotation, now))
            SigningKeys(tx, maker.sealer).publish_next(pool->id, keys, now);
    };
    co_await claim.write(publish);
    log::info("keys_published", {{"pool", pool->id.str()}, {"kid", keys.id_token.kid()}});
    co_return limit;
}

}  // namespace symbolon::directory
