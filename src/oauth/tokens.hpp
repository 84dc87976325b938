#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "directory/grants.hpp"
#include "directory/users.hpp"
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
};

/// What to put in a new family of tokens.
struct Issue {
    std::vector<std::string> scopes;  ///< empty and not hosted: the scope of the JSON API
    std::string nonce;
    bool hosted = true;  ///< by the domain's endpoints (version, at_hash); false: by the JSON API
    bool with_refresh_token = true;
    std::string grant_id;  ///< given when a code fixed it beforehand; else made here
};

/// What a client shows for a refresh.
struct Refresh {
    std::string token;
    std::vector<std::string> scopes = {};  ///< fewer than granted; empty: all of them
    std::string device_key = {};           ///< of the device that the client says it is on; "": none
    triggers::Metadata metadata = {};      ///< for the pool's pre token generation hook
};

/// What a client shows for an authorization code.
struct CodeExchange {
    std::string code;
    std::string redirect_uri;   ///< "" when it was not sent
    std::string code_verifier;  ///< "" when it was not sent
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
    bool has_scope(std::string_view scope) const;
};

/// Issues, refreshes, verifies and revokes the tokens of all pools (oauth-and-hosted-ui.md §2). Threads: any.
class Tokens {
public:
    Tokens(signin::Services& services, std::string base_url);
    ~Tokens();

    /// A new family of tokens for a finished sign-in.
    /// Fails: not_authorized (the user was disabled or signed out everywhere since), user_not_found, hook_… (the pool's
    /// pre token generation hook).
    Task<TokenSet> issue(signin::PoolPtr pool, signin::ClientPtr client, signin::SignedIn signed_in, Issue issue);
    /// For a client itself: custom scopes only (RFC 6749 §4.4). Fails: hook_…
    Task<TokenSet> issue_to_client(signin::PoolPtr pool, signin::ClientPtr client, std::vector<std::string> scopes,
                                   triggers::Metadata metadata);
    /// A new family for an authorization code, which is used up. Fails: oauth_invalid_grant, hook_… Spec: RFC 6749
    /// §4.1.3.
    Task<TokenSet> exchange_code(signin::PoolPtr pool, signin::ClientPtr client, CodeExchange exchange);
    /// New access and ID tokens. Where the client's refresh tokens rotate, with the next one, which expires when the
    /// first would have: shown again within the retry grace, a former one gives the same; later it ends the family
    /// (tokens/rotation.hpp). Scopes may be narrowed (RFC 6749 §6). Fails: oauth_invalid_grant "Invalid Refresh Token"
    /// | "Refresh Token has expired" | "Refresh Token has been revoked" | "User is disabled.", refresh_token_reused,
    /// oauth_invalid_scope (wider than granted), hook_…
    Task<TokenSet> refresh(signin::PoolPtr pool, signin::ClientPtr client, Refresh shown);
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
    /// Fails: token_not_accepted with the message of cognito-api.md §1.7, user_not_found, not_authorized (disabled),
    /// resource_not_found (the pool is gone).
    Task<Live> verify_access(std::string access_token);

    /// The client that an ID token of this pool was issued to; also of one that has expired, since its holder may still
    /// sign out with it (RP-Initiated Logout 1.0 §2). Nothing for what is not an ID token of ours.
    Task<std::optional<ClientId>> find_id_token_client(signin::PoolPtr pool, std::string id_token);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The claims of a user's attributes that the scopes give and the client may read (§2.4), with `sub`: those of an ID
/// token, and with booleans as text those of userInfo.
boost::json::object claims_for(const directory::Pool& pool, const directory::Client& client,
                               const directory::User& user, const std::vector<std::string>& scopes);

}  // namespace symbolon::oauth
