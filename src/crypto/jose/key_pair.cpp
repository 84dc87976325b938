#include "crypto/jose/key_pair.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/p256.hpp"
#include "crypto/rsa.hpp"

#include <openssl/err.h>

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace symbolon::crypto::jose {
namespace {

namespace json = boost::json;

constexpr std::size_t ed25519_size = 32;

[[noreturn]] void fail(const char* what) {
    ERR_clear_error();
    throw Error(Errc::internal, {}, what);
}

/// A number of a JWK; nothing when it is absent or not base64url.
std::optional<Bytes> find_number(const json::object& jwk, std::string_view name) {
    const json::value* member = jwk.if_contains(name);
    if (!member) return std::nullopt;
    if (!member->is_string()) throw Error(Errc::invalid_parameter, "A member of the JWK is not a string.");
    auto bytes = parse_base64url(member->get_string());
    if (!bytes || bytes->empty()) return std::nullopt;
    return bytes;
}

bool is_on_curve(const json::object& jwk, std::string_view curve) {
    const json::value* member = jwk.if_contains("crv");
    return member && member->is_string() && member->get_string() == curve;
}

json::object members_of_rsa(EVP_PKEY* key) {
    const rsa::PublicNumbers numbers = rsa::public_numbers(key);
    return {{"kty", "RSA"}, {"n", to_base64url(numbers.n)}, {"e", to_base64url(numbers.e)}};
}

json::object members_of_p256(EVP_PKEY* key) {
    const auto point = p256::point_of(key);
    return {{"kty", "EC"}, {"crv", "P-256"}, {"x", to_base64url(point.x)}, {"y", to_base64url(point.y)}};
}

json::object members_of_ed25519(EVP_PKEY* key) {
    std::array<std::uint8_t, ed25519_size> x{};
    std::size_t size = x.size();
    if (EVP_PKEY_get_raw_public_key(key, x.data(), &size) != 1) fail("an Ed25519 key without a public half");
    return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", to_base64url(x)}};
}

KeyPtr key_of_members(Algorithm algorithm, const json::object& jwk) {
    switch (algorithm) {
        case Algorithm::rs256:
        case Algorithm::ps256: {
            auto n = find_number(jwk, "n");
            auto e = find_number(jwk, "e");
            return n && e ? rsa::from_numbers({std::move(*n), std::move(*e)}) : nullptr;
        }
        case Algorithm::es256: {
            const auto x = find_number(jwk, "x");
            const auto y = find_number(jwk, "y");
            return is_on_curve(jwk, "P-256") && x && y ? p256::from_point(*x, *y) : nullptr;
        }
        case Algorithm::eddsa: {
            const auto x = find_number(jwk, "x");
            if (!is_on_curve(jwk, "Ed25519") || !x || x->size() != ed25519_size) return nullptr;
            return KeyPtr(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, x->data(), x->size()));
        }
    }
    return nullptr;
}

}  // namespace

KeyPtr generate_pair(Algorithm algorithm) {
    KeyPtr key;
    switch (algorithm) {
        case Algorithm::rs256:
        case Algorithm::ps256:
            return rsa::generate(2048);
        case Algorithm::es256:
            return p256::generate();
        case Algorithm::eddsa:
            key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
            break;
    }
    if (!key) fail("key generation failed");
    return key;
}

KeyPtr parse_pair(Algorithm algorithm, ByteView der) {
    const unsigned char* at = der.data();
    const Pkcs8Ptr parsed(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
    KeyPtr key;
    if (parsed && at == der.data() + der.size()) key.reset(EVP_PKCS82PKEY(parsed.get()));
    ERR_clear_error();
    if (!fits(algorithm, key.get())) return nullptr;
    return key;
}

bool fits(Algorithm algorithm, EVP_PKEY* key) {
    if (!key) return false;
    switch (algorithm) {
        case Algorithm::rs256:
        case Algorithm::ps256:
            return rsa::is_acceptable(key);
        case Algorithm::es256:
            return p256::is_key(key);
        case Algorithm::eddsa:
            return EVP_PKEY_is_a(key, "ED25519");
    }
    return false;
}

json::object public_members(Algorithm algorithm, EVP_PKEY* key) {
    switch (algorithm) {
        case Algorithm::rs256:
        case Algorithm::ps256:
            return members_of_rsa(key);
        case Algorithm::es256:
            return members_of_p256(key);
        case Algorithm::eddsa:
            return members_of_ed25519(key);
    }
    return {};
}

KeyPtr from_members(Algorithm algorithm, const json::object& jwk) {
    auto key = key_of_members(algorithm, jwk);
    ERR_clear_error();
    return key;
}

}  // namespace symbolon::crypto::jose
