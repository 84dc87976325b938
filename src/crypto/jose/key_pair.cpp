#include "crypto/jose/key_pair.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/rsa.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace symbolon::crypto::jose {
namespace {

namespace json = boost::json;

constexpr std::size_t coordinate_size = 32;  // of P-256, and of Ed25519's only one
constexpr std::size_t point_size = 1 + 2 * coordinate_size;
constexpr std::uint8_t uncompressed = 4;

[[noreturn]] void fail(const char* what) {
    ERR_clear_error();
    throw Error(Errc::internal, {}, what);
}

bool is_p256(EVP_PKEY* key) {
    std::array<char, 32> group{};
    std::size_t size = 0;
    return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
           std::string_view(group.data(), size) == "prime256v1";
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

std::array<std::uint8_t, point_size> point_of(EVP_PKEY* key) {
    std::array<std::uint8_t, point_size> point{};
    std::size_t size = 0;
    EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "uncompressed");
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size) != 1 ||
        size != point.size() || point.front() != uncompressed)
        fail("a P-256 key without a public point");
    return point;
}

/// A point that is not on the curve is none.
KeyPtr from_point(const Bytes& x, const Bytes& y) {
    if (x.size() != coordinate_size || y.size() != coordinate_size) return nullptr;
    std::array<std::uint8_t, point_size> point{uncompressed};
    std::copy(x.begin(), x.end(), point.begin() + 1);
    std::copy(y.begin(), y.end(), point.begin() + 1 + coordinate_size);
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!builder || !OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) ||
        !OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()))
        fail("out of memory");
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* raw = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    KeyPtr key(raw);
    const KeyContextPtr check(EVP_PKEY_CTX_new_from_pkey(nullptr, raw, nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) != 1) return nullptr;
    return key;
}

json::object members_of_rsa(EVP_PKEY* key) {
    const rsa::PublicNumbers numbers = rsa::public_numbers(key);
    return {{"kty", "RSA"}, {"n", to_base64url(numbers.n)}, {"e", to_base64url(numbers.e)}};
}

json::object members_of_p256(EVP_PKEY* key) {
    const auto point = point_of(key);
    const ByteView numbers = ByteView(point).subspan(1);
    return {{"kty", "EC"},
            {"crv", "P-256"},
            {"x", to_base64url(numbers.first(coordinate_size))},
            {"y", to_base64url(numbers.last(coordinate_size))}};
}

json::object members_of_ed25519(EVP_PKEY* key) {
    std::array<std::uint8_t, coordinate_size> x{};
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
            return is_on_curve(jwk, "P-256") && x && y ? from_point(*x, *y) : nullptr;
        }
        case Algorithm::eddsa: {
            const auto x = find_number(jwk, "x");
            if (!is_on_curve(jwk, "Ed25519") || !x || x->size() != coordinate_size) return nullptr;
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
            key.reset(EVP_EC_gen("P-256"));
            break;
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
            return is_p256(key);
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
