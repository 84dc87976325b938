#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "directory/grants.hpp"
#include "directory/users.hpp"
#include "oauth/client_keys.hpp"
#include "oauth/confirmation.hpp"
#include "signin/sign_in.hpp"
#include "triggers/call.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::oauth {

/// What a sign-in, a code or a refresh token is exchanged for.
struct TokenSet {
    std::string access_token;
    std::string id_token;         ///< "" when openid was not granted
    std::string refresh_token;    ///< "" when none is given
    std::int64_t expires_in = 0;  ///< seconds, of the access token
    std::vector<std::string> scopes;
    bool by_dpop = false;  ///< the access token is to be shown with a DPoP proof (token_type, RFC 9449 §5)
    std::string issued_token_type = {};  ///< of a token exchange (RFC 8693 §2.2.1); "" otherwise
};

/// What of the first tokens goes to the redirect URI, beside what (OpenID Connect Core §3.3.2.5). Over the back channel
/// nothing does: both tokens are handed out.
struct FrontChannel {
    bool access_token = true;
    bool id_token = true;    ///< where openid was granted
    std::string code = {};   ///< "": none; the ID token proves it
    std::string state = {};  ///< the same of the state
};

/// What to put in a new family of tokens.
struct Issue {
    std::vector<std::string> scopes;  ///< empty and not hosted: the scope of the JSON API
    std::string nonce;
    bool hosted = true;  ///< by the domain's endpoints (version, at_hash); false: by the JSON API
    bool with_refresh_token = true;
    std::string grant_id;  ///< given when a code fixed it beforehand; else made here
    std::optional<directory::AskedFor> asked = {};
    FrontChannel front = {};
    Confirmation proven = {};  ///< keys that the request proves
};

/// What a client shows for a refresh.
struct Refresh {
    std::string token;
    std::vector<std::string> scopes = {};     ///< fewer than granted; empty: all of them
    std::string device_key = {};              ///< of the device that the client says it is on; "": none
    triggers::Metadata metadata = {};         ///< for the pool's pre token generation hook
    Confirmation proven = {};                 ///< keys that the request proves
    std::vector<std::string> resources = {};  ///< fewer than granted; empty: all of them (RFC 8707 §2.2)
};

/// What a client shows for an authorization code.
struct CodeExchange {
    std::string code;
    std::string redirect_uri;                 ///< "" when it was not sent
    std::string code_verifier;                ///< "" when it was not sent
    Confirmation proven = {};                 ///< keys that the request proves
    std::vector<std::string> resources = {};  ///< fewer than granted; empty: all of them (RFC 8707 §2.2)
};

/// What a client asks for itself (RFC 6749 §4.4).
struct ClientIssue {
    std::vector<std::string> scopes;
    std::vector<std::string> resources = {};  ///< whom the token is for (RFC 8707)
    triggers::Metadata metadata = {};
    Confirmation proven = {};  ///< keys that the request proves
};

/// The proven content of an access token.
struct AccessToken {
    PoolId pool_id;
    ClientId client_id;
    UserId user_id;  ///< empty for client_credentials
    std::string username;
    std::vector<std::string> scopes;
    std::string grant_id;  ///< origin_jti; "" when revocation is off
    Instant issued{}, expires{};
    Instant auth_time{};  ///< whole seconds
    std::string kid;      ///< of the key that signed it
    std::string id = {};  ///< jti; "" when it has none
    std::vector<std::string> audience = {};
    std::vector<std::string> groups = {};
    Confirmation bound = {};                        ///< what has to be proven with it
    boost::json::object actor = {};                 ///< act: who acts for the user, and for whom before (RFC 8693 §4.1)
    boost::json::object may_act = {};               ///< who alone may act for the user (§4.4); empty: nobody is named
    std::vector<std::string> userinfo_claims = {};  ///< asked for by name (OpenID Connect Core §5.5)
    boost::json::object more = {};                  ///< claims that the pool's settings or its hook added
    bool opaque = false;                            ///< its holder cannot read what it says
    bool has_scope(std::string_view scope) const;
};

/// An access token of a user that a client exchanges, and what it may have for it.
struct TokenExchange {
    std::shared_ptr<const AccessToken> subject;
    std::shared_ptr<const directory::User> user;  ///< whose token it is, as they are now
    std::vector<std::string> scopes;
    std::vector<std::string> resources = {};
    boost::json::object actor = {};
    Confirmation proven = {};
};

/// What a refresh token stands for, for who may know it.
struct RefreshState {
    ClientId client_id;
    UserId user_id;
    std::string username;
    std::vector<std::string> scopes;
    Instant expires{};
    Confirmation bound = {};
};

/// Issues, refreshes, verifies and revokes the tokens of all pools (oauth-and-hosted-ui.md §2). Threads: any.
class Tokens {
public:
    Tokens(signin::Services& services, std::string base_url, ClientKeys& keys);
    ~Tokens();

    /// A new family of tokens for a finished sign-in.
    /// Fails: not_authorized (the user was disabled or signed out everywhere since), user_not_found, hook_… (the pool's
    /// pre token generation hook).
    Task<TokenSet> issue(signin::PoolPtr pool, signin::ClientPtr client, signin::SignedIn signed_in, Issue issue);
    /// For a client itself: custom scopes only (RFC 6749 §4.4). Fails: hook_…
    Task<TokenSet> issue_to_client(signin::PoolPtr pool, signin::ClientPtr client, ClientIssue issue);
    /// A new family for an authorization code, which is used up. Fails: oauth_invalid_grant, hook_… Spec: RFC 6749
    /// §4.1.3.
    Task<TokenSet> exchange_code(signin::PoolPtr pool, signin::ClientPtr client, CodeExchange exchange);
    /// New access and ID tokens. Where the client's refresh tokens rotate, with the next one, which expires when the
    /// first would have: shown again within the retry grace, a former one gives the same; later it ends the family
    /// (tokens/rotation.hpp). Scopes may be narrowed (RFC 6749 §6). Fails: oauth_invalid_grant "Invalid Refresh Token"
    /// | "Refresh Token has expired" | "Refresh Token has been revoked" | "User is disabled.", refresh_token_reused,
    /// oauth_invalid_scope (wider than granted), hook_…
    Task<TokenSet> refresh(signin::PoolPtr pool, signin::ClientPtr client, Refresh shown);
    /// Another access token for the user of one that is live. Fails: nothing of its own. Spec: RFC 8693.
    Task<TokenSet> exchange_token(signin::PoolPtr pool, signin::ClientPtr client, TokenExchange exchange);
    struct RefreshOwner {
        std::string username;
        UserId id;
    };
    /// Whom a refresh token is for (SECRET_HASH of a refresh is computed over one of both); nothing when unknown.
    Task<std::optional<RefreshOwner>> find_refresh_owner(signin::PoolPtr pool, std::string refresh_token);
    enum class RevokeAlso { nothing, linked_session };
    /// Ends the family of a refresh token of this client; `linked_session`: also the browser session that it came from.
    /// Unknown tokens are fine (RFC 7009 §2.2).
    /// Fails: unsupported_token_type (an access or ID token), wrong_client, unsupported_operation (revocation is off).
    Task<void> revoke(signin::PoolPtr pool, signin::ClientPtr client, std::string token,
                      RevokeAlso also = RevokeAlso::nothing);
    /// Ends what an access token of this client gives: its family, or, where it has none, the token itself. False when
    /// it is none of ours. Fails: wrong_client, unsupported_operation (revocation is off). Spec: RFC 7009 §2.1.
    Task<bool> revoke_access(signin::PoolPtr pool, signin::ClientPtr client, std::string token);
    /// A refresh token of the client that would be taken now; nothing for any other. Spec: RFC 7662 §2.2.
    Task<std::optional<RefreshState>> find_refresh_state(signin::PoolPtr pool, signin::ClientPtr client,
                                                         std::string token);
    /// Ends a family by its id (replay of a code).
    Task<void> revoke_family(PoolId pool, std::string grant_id);
    /// Voids every token of the user.
    Task<void> sign_out_everywhere(PoolId pool, UserId user);

    /// An access token that is genuine, live and not revoked, with its user as it is now. Genuine ones are remembered
    /// by their hash, so that their signature is checked once; revocation is looked up whenever anything was committed
    /// since the last time.
    struct Live {
        std::shared_ptr<const AccessToken> token;
        std::shared_ptr<const directory::Pool> pool;
        std::shared_ptr<const directory::Client> client;
        std::shared_ptr<const directory::User> user;  ///< null: a token of a client for itself
    };
    /// Fails: token_not_accepted with the message of cognito-api.md §1.7 (also: bound to a key that is not proven),
    /// user_not_found, not_authorized (disabled), resource_not_found (the pool is gone).
    Task<Live> verify_access(std::string access_token, Confirmation proven);
    /// The same of a request that proves no key.
    Task<Live> verify_access(std::string access_token);
    /// The same, whoever has the token and whatever it is bound to: for who only asks about it. Fails as verify_access.
    Task<Live> examine_access(std::string access_token);

    /// What an ID token of this pool says of whom it was issued to; also of one that has expired, since its holder may
    /// still sign out with it (RP-Initiated Logout 1.0 §2).
    struct IdTokenHint {
        ClientId client_id;
        std::string subject;  ///< `sub`, as this client knows the user
        std::string sid;      ///< "": it has none
    };
    /// Nothing for what is not an ID token of ours.
    Task<std::optional<IdTokenHint>> read_id_token_hint(signin::PoolPtr pool, std::string id_token);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The claims of a user's attributes that the scopes give and the client may read (§2.4), with `sub`: those of an ID
/// token, and with booleans as text those of userInfo.
boost::json::object claims_for(const directory::Pool& pool, const directory::Client& client,
                               const directory::User& user, const std::vector<std::string>& scopes);

}  // namespace symbolon::oauth
