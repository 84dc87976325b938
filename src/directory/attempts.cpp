#include "directory/attempts.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>

namespace symbolon::directory {
namespace {

/// One statement decides and counts: begin a window, or count in the one that runs, unless it is full.
constexpr std::string_view count_in_window = R"sql(
    INSERT INTO attempts (pool_id, kind, subject, tries, since_ms, until_ms) VALUES ($1, $2, $3, 1, $4, $5)
    ON CONFLICT (pool_id, kind, subject) DO UPDATE
       SET tries = CASE WHEN attempts.until_ms <= $4 THEN 1 ELSE attempts.tries + 1 END,
           since_ms = CASE WHEN attempts.until_ms <= $4 THEN $4 ELSE attempts.since_ms END,
           until_ms = CASE WHEN attempts.until_ms <= $4 THEN $5 ELSE attempts.until_ms END
     WHERE attempts.until_ms <= $4 OR attempts.tries < $6
)sql";

/// $4: now, $5: what was tried last before this moment is forgotten. The n-th failure locks for 2^(n-5) s from the
/// fifth on, at most 900 s (so from the fifteenth on, 2^10 being more).
constexpr std::string_view count_failed = R"sql(
    INSERT INTO attempts (pool_id, kind, subject, tries, since_ms, until_ms) VALUES ($1, $2, $3, 1, $4, $4)
    ON CONFLICT (pool_id, kind, subject) DO UPDATE
       SET tries = CASE WHEN attempts.since_ms <= $5 THEN 1 ELSE attempts.tries + 1 END,
           since_ms = $4,
           until_ms = CASE WHEN attempts.since_ms <= $5 OR attempts.tries < 4 THEN $4
                           WHEN attempts.tries >= 14 THEN $4 + 900000
                           ELSE $4 + 1000 * (1 << CAST(attempts.tries - 4 AS INTEGER)) END
     WHERE attempts.until_ms <= $4
)sql";

constexpr std::string_view find_window = R"sql(
    SELECT tries, until_ms FROM attempts WHERE pool_id = $1 AND kind = $2 AND subject = $3
)sql";

constexpr std::string_view find_lock = R"sql(
    SELECT until_ms FROM attempts WHERE pool_id = $1 AND kind = $2 AND subject = $3
)sql";

constexpr std::string_view delete_attempts = R"sql(
    DELETE FROM attempts WHERE pool_id = $1 AND kind = $2 AND subject = $3
)sql";

constexpr std::chrono::minutes memory(15);

struct WindowRow {
    std::int64_t tries = 0;
    Instant until_ms{};
};
BOOST_DESCRIBE_STRUCT(WindowRow, (), (tries, until_ms))

struct LockRow {
    Instant until_ms{};
};
BOOST_DESCRIBE_STRUCT(LockRow, (), (until_ms))

}  // namespace

bool Attempts::count(const PoolId& pool, std::string_view kind, std::string_view subject, int limit,
                     std::chrono::seconds window, Instant now) {
    if (limit <= 0) return false;
    return tx_.execute(count_in_window, pool, kind, subject, now, now + window, limit) == 1;
}

bool Attempts::has_room(const PoolId& pool, std::string_view kind, std::string_view subject, int limit, Instant now) {
    if (limit <= 0) return false;
    const auto row = tx_.row<WindowRow>(find_window, pool, kind, subject);
    return !row || row->until_ms <= now || row->tries < limit;
}

bool Attempts::begin_try(const PoolId& pool, std::string_view kind, std::string_view subject, Instant now) {
    return tx_.execute(count_failed, pool, kind, subject, now, now - memory) == 1;
}

bool Attempts::is_locked(const PoolId& pool, std::string_view kind, std::string_view subject, Instant now) {
    const auto row = tx_.row<LockRow>(find_lock, pool, kind, subject);
    return row && row->until_ms > now;
}

void Attempts::count_failure(const PoolId& pool, std::string_view kind, std::string_view subject, Instant now) {
    tx_.execute(count_failed, pool, kind, subject, now, now - memory);
}

void Attempts::forget(const PoolId& pool, std::string_view kind, std::string_view subject) {
    tx_.execute(delete_attempts, pool, kind, subject);
}

}  // namespace symbolon::directory
