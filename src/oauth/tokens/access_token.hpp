#pragma once

#include "base/bytes.hpp"
#include "crypto/seal.hpp"
#include "directory/access_tokens.hpp"
#include "oauth/tokens.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Access tokens have one content and three forms: the service's JWT, the JWT of RFC 9068, and a text that says nothing
/// (`<pool id>.<secret>`), whose content is a row. Content and rows are made from the claims and back, here.
namespace symbolon::oauth {

/// A claim of our own: the claims that the request wanted of userInfo.
inline constexpr std::string_view userinfo_claims_claim = "userinfo_claims";

/// Nothing when a claim that every access token of ours has is missing.
std::optional<AccessToken> to_access_token(const boost::json::object& claims, PoolId pool);

/// A new opaque token of that secret, with the content of the claims, and its row. Fails: internal (claims that are no
/// access token's).
struct OpaqueToken {
    std::string text;
    directory::StoredAccessToken row;
};
OpaqueToken make_opaque_token(const crypto::Sealer& sealer, const PoolId& pool, std::string secret,
                              const boost::json::object& claims);
AccessToken to_access_token(directory::StoredAccessToken row);

/// What an opaque token is stored and found as.
Bytes hash_opaque_token(const crypto::Sealer& sealer, const PoolId& pool, std::string_view token);
/// The pool that an opaque token names; nothing when it does not look like one of ours.
std::optional<PoolId> pool_of_opaque_token(std::string_view token);

/// Under which the revocation of a token without a family is remembered (directory::SpentProofs).
std::string revoked_access_token(const AccessToken& token);

/// The `cnf` claim (RFC 7800 §3.1); empty for what is bound to nothing.
boost::json::object confirmation_claim(const Confirmation& bound);

}  // namespace symbolon::oauth
