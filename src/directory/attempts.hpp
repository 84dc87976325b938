#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace symbolon::directory {

/// How often something may be tried: per user, number or address, kept in the database so that every node counts alike.
class Attempts {
public:
    explicit Attempts(db::Transaction& tx) : tx_(tx) {}

    /// Counts one try of `kind` by `subject` in a window that began with its first try. False (and not counted) once
    /// `limit` tries were made in the window.
    [[nodiscard]] bool count(const PoolId& pool, std::string_view kind, std::string_view subject, int limit,
                             std::chrono::seconds window, Instant now);

    /// Whether count() would count one more try now. Counts nothing.
    bool has_room(const PoolId& pool, std::string_view kind, std::string_view subject, int limit, Instant now);

    /// Password guessing (cognito-api.md §3.13): five free failures, then a lock of 2^(n-5) s, at most 15 minutes; a
    /// quarter of an hour without a try forgets.
    ///
    /// False while locked. Else counts a failure in advance, in one statement, so that parallel guesses are never more
    /// than the rule allows; forget() takes it back when the guess was right.
    [[nodiscard]] bool begin_try(const PoolId& pool, std::string_view kind, std::string_view subject, Instant now);
    /// True while locked.
    bool is_locked(const PoolId& pool, std::string_view kind, std::string_view subject, Instant now);
    /// Counts a failure after the fact; nothing while locked.
    void count_failure(const PoolId& pool, std::string_view kind, std::string_view subject, Instant now);
    void forget(const PoolId& pool, std::string_view kind, std::string_view subject);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
