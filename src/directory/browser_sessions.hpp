#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

/// A browser that is signed in at a pool (single sign-on), found by the hash of its cookie.
struct BrowserSession {
    PoolId pool_id;
    Bytes hash = {};
    UserId user_id = {};
    Instant auth_time{};
    Instant expires{};
    std::vector<std::string> amr = {};               ///< how the person proved who they are (RFC 8176)
    Instant used{};                                  ///< the last time, to the minute
    std::string agent = {};                          ///< what the browser calls itself; at most 256 bytes
    std::optional<std::int64_t> vouched_level = {};  ///< by the provider that let the person in, 1 to 4
    /// Of a sign-in by a SAML provider: as what it is found when the provider ends it, and what the provider has to be
    /// told to end it there (sealed).
    std::optional<Bytes> origin_hash = {};
    std::optional<Bytes> sealed_origin = {};
};

class BrowserSessions {
public:
    explicit BrowserSessions(db::Transaction& tx) : tx_(tx) {}

    void create(const BrowserSession& session);
    /// Also when it is expired.
    std::optional<BrowserSession> find(const PoolId& pool, ByteView hash);
    /// Those that a provider began for one person; also expired ones. At most a thousand.
    std::vector<BrowserSession> list_of_origin(const PoolId& pool, ByteView origin_hash);
    /// The first moment from `wanted` on at which no sign-in of the user's began: by it a sign-in is known.
    Instant free_moment(const PoolId& pool, const UserId& user, Instant wanted);
    void touch(const PoolId& pool, ByteView hash, Instant now);
    void erase(const PoolId& pool, ByteView hash);
    /// Ends every session of the user, and notes it for apps that want to hear (logout_notices.hpp).
    void end_all_of_user(const PoolId& pool, const UserId& user, Instant now);
    /// The session that a sign-in of the user began.
    void erase_of_sign_in(const PoolId& pool, const UserId& user, Instant auth_time);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
