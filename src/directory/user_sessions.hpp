#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "directory/users.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// Where somebody is signed in: a client that holds tokens, or a browser on the hosted pages (single sign-on).
struct UserSession {
    enum class Kind { browser, tokens };
    Kind kind = Kind::tokens;
    std::string id;      ///< sso… or tkn…; says nothing of what it is made from
    std::string origin;  ///< of tokens: the id of the browser's session that they came through; "": none is live
    ClientId client_id;  ///< of tokens
    Instant began{};
    Instant expires{};
    std::string grant_id;  ///< of tokens
    Bytes session_hash;    ///< of a browser
    Instant used{};        ///< of a browser: the last time, to the minute
    std::string agent;     ///< of a browser: what it calls itself
};

/// The sessions of users, from the grants and the browser sessions (cognito-api.md §2.7, SessionDescriptionType).
/// A browser and the tokens that were given to clients through it have one moment of sign-in: that links them.
class UserSessions {
public:
    UserSessions(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    /// The live sessions, browsers first, each kind latest first, those after the session `after`.
    std::vector<UserSession> list(const User& user, const std::optional<UserSession>& after, int limit, Instant now);
    /// The live session of that id. Nothing when it is another user's.
    std::optional<UserSession> find(const User& user, std::string_view id, Instant now);
    /// Ends a session; with `linked` also those that it came through or that came through it.
    /// Apps that want to hear of the end of a browser's sign-in are told (logout_notices.hpp).
    void revoke(const User& user, const UserSession& session, bool linked, Instant now);

private:
    std::string id_of(const User& user, UserSession::Kind kind, ByteView key) const;
    std::vector<UserSession> list_browsers(const User& user, const std::optional<UserSession>& after, int limit,
                                           Instant now);
    std::vector<UserSession> list_tokens(const User& user, const std::optional<UserSession>& after, int limit,
                                         Instant now);

    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::directory
