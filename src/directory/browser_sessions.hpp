#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <optional>

namespace symbolon::directory {

/// A browser that is signed in at a pool (single sign-on), found by the hash of its cookie.
struct BrowserSession {
    PoolId pool_id;
    Bytes hash = {};
    UserId user_id = {};
    Instant auth_time{};
    Instant expires{};
};

class BrowserSessions {
public:
    explicit BrowserSessions(db::Transaction& tx) : tx_(tx) {}

    void create(const BrowserSession& session);
    /// Also when it is expired.
    std::optional<BrowserSession> find(const PoolId& pool, ByteView hash);
    void erase(const PoolId& pool, ByteView hash);
    /// The session that a sign-in of the user began.
    void erase_of_sign_in(const PoolId& pool, const UserId& user, Instant auth_time);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
