#include "crypto/jose/jwt.hpp"

#include "base/encoding.hpp"
#include "crypto/jose/parts.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace symbolon::crypto::jose {

namespace json = boost::json;

namespace {

constexpr std::size_t max_size = 16 * 1024;

}  // namespace

std::string sign_jwt(const SigningKey& key, const json::object& claims, std::string_view typ) {
    json::object header{{"kid", key.kid()}, {"alg", to_text(key.algorithm())}};
    if (!typ.empty()) header["typ"] = typ;
    std::string token = to_base64url(bytes_of(json::serialize(header)));
    token += '.';
    token += to_base64url(bytes_of(json::serialize(claims)));
    const Bytes signature = key.sign(bytes_of(token));
    token += '.';
    token += to_base64url(signature);
    return token;
}

std::optional<ParsedJwt> parse_jwt(std::string_view token) {
    return parse_jwt(token, {"RS256", "PS256", "ES256", "EdDSA"});
}

std::optional<ParsedJwt> parse_jwt(std::string_view token, std::initializer_list<std::string_view> algorithms) {
    if (token.size() > max_size) return std::nullopt;
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return std::nullopt;

    auto header = parse_part(token.substr(0, first));
    if (!header || header->contains("crit")) return std::nullopt;
    ParsedJwt out;
    if (!read_text(*header, "alg", out.alg) || !read_text(*header, "kid", out.kid) ||
        !read_text(*header, "typ", out.typ))
        return std::nullopt;
    // Exactly one of these: `none`, a symmetric algorithm keyed with a public key, or another case never reach a key.
    if (std::find(algorithms.begin(), algorithms.end(), out.alg) == algorithms.end()) return std::nullopt;

    auto claims = parse_part(token.substr(first + 1, second - first - 1));
    auto signature = parse_base64url(token.substr(second + 1));
    if (!claims || !signature || signature->empty()) return std::nullopt;
    out.header = std::move(*header);
    out.claims = std::move(*claims);
    out.signed_part = token.substr(0, second);
    out.signature = std::move(*signature);
    return out;
}

bool verifies(const SigningKey& key, const ParsedJwt& token) {
    return token.alg == to_text(key.algorithm()) && key.verify(bytes_of(token.signed_part), token.signature);
}

bool verifies(const VerifyingKey& key, const ParsedJwt& token) {
    return token.alg == to_text(key.algorithm()) && key.verify(bytes_of(token.signed_part), token.signature);
}

}  // namespace symbolon::crypto::jose
