#include "crypto/jose/jwk.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/rsa.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string_view>
#include <utility>

namespace symbolon::crypto::jose {

namespace json = boost::json;

struct SigningKey::Impl {
    explicit Impl(KeyPtr key_) : key(std::move(key_)) {
        const rsa::PublicNumbers numbers = rsa::public_numbers(key.get());
        n = to_base64url(numbers.n);
        e = to_base64url(numbers.e);
        // RFC 7638 §3: the required members in the order of their names, without white space.
        kid = to_base64(sha256("{\"e\":\"" + e + "\",\"kty\":\"RSA\",\"n\":\"" + n + "\"}"));
    }

    KeyPtr key;
    std::string kid, n, e;
};

SigningKey SigningKey::generate() {
    SigningKey out;
    out.impl_ = std::make_shared<Impl>(rsa::generate(2048));
    return out;
}

SigningKey SigningKey::from_der(ByteView der) {
    KeyPtr key = rsa::parse_pkcs8(der);
    if (!key)
        throw Error(Errc::invalid_parameter, "The private key is not an RSA key of at least 2048 bits in PKCS#8.");
    SigningKey out;
    out.impl_ = std::make_shared<Impl>(std::move(key));
    return out;
}

Bytes SigningKey::to_der() const {
    return rsa::to_pkcs8(impl_->key.get());
}

const std::string& SigningKey::kid() const {
    return impl_->kid;
}

json::object SigningKey::public_jwk() const {
    return {{"kid", impl_->kid}, {"kty", "RSA"}, {"alg", "RS256"}, {"use", "sig"}, {"n", impl_->n}, {"e", impl_->e}};
}

Bytes SigningKey::sign(ByteView data) const {
    return rsa::sign_sha256(impl_->key.get(), data);
}

bool SigningKey::verify(ByteView data, ByteView signature) const {
    return rsa::verify_sha256(impl_->key.get(), data, signature);
}

struct VerifyingKey::Impl {
    KeyPtr key;
    std::string kid;
};

namespace {

[[noreturn]] void refuse(const char* why) {
    throw Error(Errc::invalid_parameter, why);
}

/// The text of a member; nothing when it is absent.
std::optional<std::string_view> find_text(const json::object& jwk, std::string_view name) {
    const json::value* member = jwk.if_contains(name);
    if (!member) return std::nullopt;
    if (!member->is_string()) refuse("A member of the JWK is not a string.");
    return std::string_view(member->get_string());
}

Bytes get_number(const json::object& jwk, std::string_view name) {
    const auto text = find_text(jwk, name);
    auto bytes = text ? parse_base64url(*text) : std::nullopt;
    if (!bytes || bytes->empty()) refuse("The JWK lacks a number, or it is not base64url.");
    return std::move(*bytes);
}

}  // namespace

VerifyingKey VerifyingKey::from_jwk(const json::object& jwk) {
    // The algorithm belongs to the key, never to the token that it verifies (RFC 8725 §3.1).
    if (find_text(jwk, "kty") != "RSA") refuse("The JWK is not an RSA key.");
    if (find_text(jwk, "alg").value_or("RS256") != "RS256") refuse("The JWK is for another algorithm than RS256.");
    if (find_text(jwk, "use").value_or("sig") != "sig") refuse("The JWK is not for signatures.");
    auto impl = std::make_shared<Impl>();
    impl->kid = find_text(jwk, "kid").value_or("");
    impl->key = rsa::from_numbers({get_number(jwk, "n"), get_number(jwk, "e")});
    if (!impl->key) refuse("The JWK is not an RSA key of 2048 to 8192 bits.");
    VerifyingKey out;
    out.impl_ = std::move(impl);
    return out;
}

const std::string& VerifyingKey::kid() const {
    return impl_->kid;
}

bool VerifyingKey::verify(ByteView data, ByteView signature) const {
    return rsa::verify_sha256(impl_->key.get(), data, signature);
}

}  // namespace symbolon::crypto::jose
