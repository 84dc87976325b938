#pragma once

#include "crypto/jose/jwk.hpp"

#include <boost/json/object.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::crypto::jose {

/// A JWS in compact form over JSON claims: header {"kid":…,"alg":…} as Cognito has it, and `typ` where one is given
/// (RFC 7515 §3.1, RFC 8725 §3.11).
std::string sign_jwt(const SigningKey& key, const boost::json::object& claims, std::string_view typ = {});

/// A compact JWS taken apart, nothing proven yet.
struct ParsedJwt {
    std::string kid;  ///< "" when it names none
    std::string alg;
    std::string typ;  ///< "" when it names none
    boost::json::object header;
    boost::json::object claims;
    std::string signed_part;  ///< header.payload, the bytes that were signed
    Bytes signature;
};

/// Strict and bounded (at most 16 KiB, exactly three parts, strict base64url, JSON objects of at most 8 levels, `alg`
/// one that a key pair signs with, no `crit`): nothing for anything else (RFC 7515 §5.2, RFC 8725 §3).
std::optional<ParsedJwt> parse_jwt(std::string_view token);
/// The same, with `alg` one of these, e.g. {"HS256"}.
std::optional<ParsedJwt> parse_jwt(std::string_view token, std::initializer_list<std::string_view> algorithms);

/// Whether the token was signed by the key and says the key's algorithm. The algorithm is never the token's to choose
/// (RFC 8725 §3.1).
bool verifies(const SigningKey& key, const ParsedJwt& token);
bool verifies(const VerifyingKey& key, const ParsedJwt& token);

}  // namespace symbolon::crypto::jose
