#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/jose/jwk.hpp"
#include "federation/exchange.hpp"
#include "federation/oidc/requests.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <optional>

namespace symbolon::federation::oidc {
namespace {

namespace json = boost::json;
namespace jose = crypto::jose;

constexpr std::chrono::minutes life{5};

/// The key as people paste it: the whole PEM file, or what stands between its lines.
std::optional<Bytes> pkcs8_of(std::string text) {
    constexpr std::string_view begin = "-----BEGIN PRIVATE KEY-----", end = "-----END PRIVATE KEY-----";
    if (const auto at = text.find(begin); at != std::string::npos) text.erase(0, at + begin.size());
    if (const auto at = text.find(end); at != std::string::npos) text.erase(at);
    std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
    return parse_base64(text);
}

jose::SigningKey key_of(const directory::IdentityProvider& provider) {
    const auto der = pkcs8_of(provider.details.at("private_key"));
    std::string detail = "private_key is no Base64";
    try {
        if (der) return jose::SigningKey::from_der(*der, jose::Algorithm::es256);
    } catch (const Error& error) {
        detail = error.message;
    }
    throw_failure("The private key of the provider is not valid", detail);
}

std::string part(const json::object& object) {
    return to_base64url(bytes_of(json::serialize(object)));
}

}  // namespace

std::string apple_client_secret(const directory::IdentityProvider& provider, Instant now) {
    const auto& details = provider.details;
    const auto key = key_of(provider);
    const json::object header{{"alg", "ES256"}, {"kid", details.at("key_id")}};
    const json::object claims{{"iss", details.at("team_id")},
                              {"iat", to_seconds(now)},
                              {"exp", to_seconds(now + life)},
                              {"aud", details.at("oidc_issuer")},
                              {"sub", details.at("client_id")}};
    auto token = part(header) + "." + part(claims);
    const auto signature = key.sign(bytes_of(token));
    return token + "." + to_base64url(signature);
}

}  // namespace symbolon::federation::oidc
