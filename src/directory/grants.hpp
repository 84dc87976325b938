#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

/// What an authorization request asked for beyond its scopes, as far as tokens depend on it.
struct AskedFor {
    std::optional<std::vector<std::string>> resources = {};        ///< RFC 8707: whom the access token is for
    std::optional<std::vector<std::string>> id_token_claims = {};  ///< names (OpenID Connect Core §5.5)
    std::optional<std::vector<std::string>> userinfo_claims = {};
    std::optional<std::string> acr = {};  ///< of the sign-in, where the ID token is to say it

    bool is_empty() const { return !resources && !id_token_claims && !userinfo_claims && !acr; }
};
BOOST_DESCRIBE_STRUCT(AskedFor, (), (resources, id_token_claims, userinfo_claims, acr))

struct GrantDetails {
    std::vector<std::string> scopes;
    std::string nonce;
    std::string event_id;
    bool hosted = false;                         ///< began on the hosted pages
    std::string username;                        ///< as the API shows it, for tokens of users that are gone
    std::optional<std::string> device_key = {};  ///< of the device that signed in; a refresh has to name it
    std::optional<bool> new_device = {};         ///< set when that device was not known before
    /// When the youngest of the former refresh tokens were replaced, the youngest last: those that may still be
    /// retried.
    std::optional<std::vector<std::int64_t>> rotated_ms = {};
    std::optional<AskedFor> asked = {};
    std::optional<std::vector<std::string>> amr = {};  ///< how the user was authenticated (RFC 8176)
    std::optional<std::int64_t> vouched_level = {};    ///< as SignedIn::vouched_level
    std::optional<std::string> jkt = {};               ///< the key that a refresh has to prove by DPoP (RFC 9449 §5)
    std::optional<std::string> x5t = {};               ///< the same of a TLS certificate (RFC 8705 §4)
    std::optional<std::int64_t> client_ms = {};        ///< when the client was made, see Client::owns()
};
BOOST_DESCRIBE_STRUCT(GrantDetails, (),
                      (scopes, nonce, event_id, hosted, username, device_key, new_device, rotated_ms, asked, amr,
                       vouched_level, jkt, x5t, client_ms))

/// One sign-in of a user at a client, or one token of a client for itself: the family of tokens that came of it
/// (`origin_jti`). Revoking it ends them all.
struct Grant {
    PoolId pool_id;
    std::string id;
    ClientId client_id;
    UserId user_id;  ///< empty: the client itself (client_credentials)
    GrantDetails details;
    std::optional<Bytes> refresh_hash;  ///< of the first refresh token; none: no refresh token was given
    Instant auth_time{};
    Instant expires{};
    bool revoked = false;
    std::int64_t generation = 0;  ///< how often the refresh token was replaced by another
};

class Grants {
public:
    explicit Grants(db::Transaction& tx) : tx_(tx) {}

    void create(const Grant& grant);
    std::optional<Grant> find(const PoolId& pool, const std::string& id);
    /// Begins the next generation of a grant that was read in this transaction, with its details as they are now.
    /// Fails: concurrent_modification (another was faster, or it was revoked).
    void rotate(Grant& grant);
    /// True when it was live until now.
    bool revoke(const PoolId& pool, const std::string& id);
    /// Returns how many were live until now.
    std::int64_t revoke_all_of_user(const PoolId& pool, const UserId& user);
    /// What a user gave one client. Returns how many were live until now.
    std::int64_t revoke_all_of_client(const PoolId& pool, const UserId& user, const ClientId& client);
    /// The grants that came of one sign-in of the user: one browser session gives each client a grant of its own.
    /// Returns how many were live until now.
    std::int64_t revoke_all_of_sign_in(const PoolId& pool, const UserId& user, Instant auth_time);

private:
    db::Transaction& tx_;
};

struct CodeDetails {
    std::string user_id;
    std::string redirect_uri;
    bool redirect_uri_sent =
        false;  ///< the authorization request named it, so the token request must (RFC 6749 §4.1.3)
    std::vector<std::string> scopes;
    std::string nonce;
    std::string code_challenge;  ///< "": no PKCE
    std::int64_t auth_ms = 0;
    std::string username;
    std::optional<bool> plain_challenge = {};  ///< the challenge is the verifier itself (RFC 7636 §4.2)
    std::optional<AskedFor> asked = {};
    std::optional<std::vector<std::string>> amr = {};
    std::optional<std::int64_t> vouched_level = {};
    std::optional<std::string> dpop_jkt = {};    ///< the key that its exchange has to prove (RFC 9449 §10)
    std::optional<std::int64_t> client_ms = {};  ///< as GrantDetails::client_ms
    std::optional<std::int64_t> used_ms = {};    ///< when it was used
};
BOOST_DESCRIBE_STRUCT(CodeDetails, (),
                      (user_id, redirect_uri, redirect_uri_sent, scopes, nonce, code_challenge, auth_ms, username,
                       dpop_jkt, plain_challenge, asked, amr, vouched_level, client_ms, used_ms))

/// An authorization code, found by its hash. A used one stays until it expires, so that its replay revokes its grant.
struct AuthorizationCode {
    PoolId pool_id;
    Bytes code_hash;
    ClientId client_id;
    CodeDetails details;
    std::string grant_id;  ///< of the grant that its exchange makes
    bool used = false;
    Instant expires{};
};

class AuthorizationCodes {
public:
    explicit AuthorizationCodes(db::Transaction& tx) : tx_(tx) {}

    void create(const AuthorizationCode& code);
    /// Also when it is used or expired.
    std::optional<AuthorizationCode> find(const PoolId& pool, ByteView code_hash);
    /// Uses a code up, and notes when. True for the first caller, false for every later one.
    [[nodiscard]] bool use(const AuthorizationCode& code, Instant now);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
