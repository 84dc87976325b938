#pragma once

#include "base/clock.hpp"
#include "crypto/jose/jwt.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

/// ID tokens of providers. Pure. Spec: OpenID Connect Core §3.1.3.7, RFC 8725.
namespace symbolon::federation::oidc {

/// What an ID token has to say.
struct Expected {
    std::string issuer;
    std::string client_id;
    std::string nonce;
};

/// Signature by one of the provider's keys. `kid` chooses the key; without one the only key that fits is meant.
/// Nothing: none of these keys is named, so newer ones may be asked for.
std::optional<bool> is_signed_by(const crypto::jose::ParsedJwt& token, const boost::json::object& jwks);

/// What is wrong with the claims, for the log; nothing when they hold: iss, aud, azp, exp, nbf, iat, nonce, sub.
std::optional<std::string> find_fault(const boost::json::object& claims, const Expected& expected, Instant now);

}  // namespace symbolon::federation::oidc
