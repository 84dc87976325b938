#pragma once

#include "oauth/tokens.hpp"
#include "oauth/tokens/content.hpp"
#include "oauth/tokens/family.hpp"
#include "oauth/tokens/signing.hpp"
#include "oauth/tokens/verified_cache.hpp"

#include <optional>
#include <string>
#include <utility>

namespace symbolon::oauth {

struct Tokens::Impl {
    Impl(signin::Services& services_, std::string base_url_, ClientKeys& keys_)
        : services(services_), base_url(std::move(base_url_)), client_keys(keys_) {}

    std::string issuer_of(const PoolId& pool) const { return base_url + "/" + pool.str(); }

    /// Proves who made an access token, and what it says; not whether it is still accepted.
    Task<std::shared_ptr<const AccessToken>> authenticate(std::string access_token);
    /// Whether the key that a token was signed with is published still: one that was remembered may be of a key that
    /// was withdrawn since. Fails: token_not_accepted, resource_not_found.
    Task<void> check_key(std::shared_ptr<const AccessToken> token);
    /// Reads what the database says of a user's token now, and remembers it. Null when there is no such user.
    Task<std::shared_ptr<const directory::TokenStatus>> look_up(crypto::Digest digest,
                                                                std::shared_ptr<const AccessToken> token);

    /// What the database says of an opaque access token, as authenticate() does of one that is signed.
    Task<std::shared_ptr<const AccessToken>> find_opaque(PoolId pool, std::string access_token);
    /// Whether a token of a client for itself was revoked.
    Task<bool> is_revoked(std::shared_ptr<const AccessToken> token);
    /// A user's access token that was signed here, as one whose signature was checked.
    void remember(const Signing& signing, const Signed& made);
    /// The tokens of an answer, when what has to be stored of them is.
    Task<TokenSet> hand_out(Signed made);

    /// Whom the client's ID tokens are encrypted to; nothing when they are not. It is looked for before anything is
    /// used up. Fails: oauth_invalid_client_metadata.
    Task<std::optional<crypto::jose::Recipient>> find_reader(signin::ClientPtr client);

    /// A family that was begun, and whose it is.
    struct Given {
        NewFamily family;
        directory::User user;
        triggers::Groups groups;
        Confirmation proven = {};
        FrontChannel front = {};
        std::vector<std::string> resources = {};  ///< that are asked for now; empty: all that were granted
        std::optional<crypto::jose::Recipient> reader = {};
    };
    /// The first tokens of a family. When the pool's hook refuses them, the family is revoked. Fails: hook_…
    Task<TokenSet> give(signin::PoolPtr pool, signin::ClientPtr client, Given given, triggers::TokenSource source,
                        triggers::Metadata metadata);

    signin::Services& services;
    const std::string base_url;
    ClientKeys& client_keys;
    VerifiedCache verified;
};

}  // namespace symbolon::oauth
