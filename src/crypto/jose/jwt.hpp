#pragma once

#include "crypto/jose/jwk.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::crypto::jose {

/// A JWS in compact form over JSON claims: header {"kid":…,"alg":"RS256"} as Cognito has it (RFC 7515 §3.1).
std::string sign_jwt(const SigningKey& key, const boost::json::object& claims);

/// A compact JWS taken apart, nothing proven yet.
struct ParsedJwt {
    std::string kid;
    std::string alg;
    boost::json::object claims;
    std::string signed_part;  ///< header.payload, the bytes that were signed
    Bytes signature;
};

/// Strict and bounded (at most 16 KiB, exactly three parts, strict base64url, JSON objects of at most 8 levels, `alg`
/// exactly "RS256", no `crit`): nothing for anything else (RFC 7515 §5.2, RFC 8725 §3).
std::optional<ParsedJwt> parse_jwt(std::string_view token);

}  // namespace symbolon::crypto::jose
