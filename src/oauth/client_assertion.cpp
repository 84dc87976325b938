#include "oauth/client_assertion.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "oauth/jwt_claims.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::oauth {
namespace {

using directory::ClientAuthMethod;

constexpr std::chrono::hours longest_life{1};
constexpr std::size_t max_id = 512;

[[noreturn]] void refuse(const char* detail) {
    throw Error{Errc::oauth_invalid_client, "The client assertion is not accepted.", detail};
}

crypto::jose::ParsedJwt parse(std::string_view text, const directory::Client& client) {
    const auto& extensions = client.extensions;
    const bool by_secret = extensions.token_endpoint_auth_method == ClientAuthMethod::client_secret_jwt;
    auto jwt = by_secret ? crypto::jose::parse_jwt(text, {"HS256"}) : crypto::jose::parse_jwt(text);
    if (!jwt) refuse("no JWT of an algorithm that the client may sign with");
    const auto& alg = extensions.token_endpoint_auth_signing_alg;
    if (alg && alg->str() != jwt->alg) refuse("another algorithm than the client is registered for");
    return std::move(*jwt);
}

bool is_addressed_to(const Audiences& ours, const boost::json::object& claims) {
    const auto named = audience_claim(claims);
    if (ours.single_text && !claims.at("aud").is_string()) return false;
    const auto is_ours = [&](const auto& one) { return std::ranges::find(ours.names, one) != ours.names.end(); };
    // All of them: a second audience could use the assertion in the client's place.
    return !named.empty() && std::all_of(named.begin(), named.end(), is_ours);
}

}  // namespace

ClientAssertion read_client_assertion(std::string_view text, const directory::Client& client,
                                      const Audiences& audiences, Instant now) {
    ClientAssertion assertion{parse(text, client)};
    const auto& claims = assertion.jwt.claims;
    if (text_claim(claims, "iss") != client.id.str() || text_claim(claims, "sub") != client.id.str()) {
        refuse("issuer and subject are not the client");
    }
    if (!is_addressed_to(audiences, claims)) refuse("for another audience");
    const auto expires = time_claim(claims, "exp");
    if (!expires || *expires <= now) refuse("expired, or without exp");
    if (*expires > now + longest_life) refuse("valid for more than an hour");
    if (!has_begun(claims, now)) refuse("from the future");
    assertion.id = text_claim(claims, "jti");
    if (assertion.id.empty() || assertion.id.size() > max_id) refuse("without jti");
    assertion.expires = *expires;
    return assertion;
}

bool is_signed_by_secret(const directory::Client& client, const crypto::jose::ParsedJwt& jwt) {
    const auto fits = [&](std::string_view secret) {
        const auto expected = crypto::hmac_sha256(bytes_of(secret), bytes_of(jwt.signed_part));
        return crypto::equal_in_constant_time(ByteView(expected), ByteView(jwt.signature));
    };
    return jwt.alg == "HS256" && client.any_secret(fits);
}

}  // namespace symbolon::oauth
