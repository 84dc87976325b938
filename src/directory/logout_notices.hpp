#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"

#include <boost/describe/enum.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

BOOST_DEFINE_ENUM_CLASS(NoticeState, waiting, told, refused, given_up)

/// How long an app that does not answer is asked again, and how long it is remembered what became of a notice.
inline constexpr std::chrono::hours notice_given_up_after{24};
inline constexpr std::chrono::hours notice_kept{30 * 24};
/// How long to wait after the n-th failed try (n from 1): 5 s, 10 s, 20 s, … at most an hour.
std::chrono::seconds pause_before_retry(std::int64_t tries);

/// The name of a sign-in for apps: what ID tokens and logout tokens have as `sid` (OpenID Connect Front-Channel Logout
/// §3). It follows from user and moment, and leads to neither.
std::string sid_of(const crypto::Sealer& sealer, const PoolId& pool, const UserId& user, Instant auth_time);

/// That an app is to be told of the end of a sign-in (OpenID Connect Back-Channel Logout). Written by the transaction
/// that ends the sign-in, sent after it.
struct LogoutNotice {
    PoolId pool_id;
    UserId user_id;
    ClientId client_id;
    Instant auth_time{};
    NoticeState state = NoticeState::waiting;
    std::string outcome;  ///< of the last try: an HTTP status, or why there was none; "": not tried
    std::int64_t tries = 0;
    Instant due{};
    Instant created{};
    Instant changed{};
};

class LogoutNotices {
public:
    explicit LogoutNotices(db::Transaction& tx) : tx_(tx) {}

    /// Notes the end of one sign-in of the user, for every app that got tokens through it and has a
    /// backchannel_logout_uri. To be called before the user's grants are deleted.
    void note_end_of_sign_in(const PoolId& pool, const UserId& user, Instant auth_time, Instant now);
    /// The same for all sign-ins of the user.
    void note_end_of_all(const PoolId& pool, const UserId& user, Instant now);

    /// The ids of the apps that got tokens through a sign-in.
    std::vector<ClientId> list_clients_of_sign_in(const PoolId& pool, const UserId& user, Instant auth_time);

private:
    void note(const PoolId& pool, const UserId& user, std::optional<Instant> auth_time, Instant now);

    db::Transaction& tx_;
};

/// Whether there is a notice to send, or one to forget.
bool any_notice_due(db::Transaction& tx, Instant now);
std::vector<LogoutNotice> list_due_notices(db::Transaction& tx, Instant now, int limit);
/// Stores what became of a notice. One that is noted anew meanwhile is changed all the same.
void save_notice(db::Transaction& tx, const LogoutNotice& notice);
/// Forgets up to `limit` that are finished since long. Returns how many.
std::int64_t remove_old_notices(db::Transaction& tx, Instant now, int limit);
/// Of a pool, the latest first.
std::vector<LogoutNotice> list_notices(db::Transaction& tx, const PoolId& pool, int limit);

}  // namespace symbolon::directory
