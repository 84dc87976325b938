#include "crypto/jose/jwk.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/key_pair.hpp"
#include "crypto/rsa.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace symbolon::crypto::jose {

namespace json = boost::json;

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

/// What a key is for that does not say it.
Algorithm usual_algorithm(const json::object& jwk) {
    const auto type = find_text(jwk, "kty");
    if (type == "RSA") return Algorithm::rs256;
    if (type == "EC") return Algorithm::es256;
    if (type == "OKP") return Algorithm::eddsa;
    refuse("The JWK is of no type that signs: RSA, EC or OKP.");
}

/// The members that a thumbprint hashes, in the order of their names (RFC 7638 §3.2, RFC 8037 §2).
std::span<const std::string_view> hashed_members(std::string_view type) {
    static constexpr std::array<std::string_view, 3> rsa{"e", "kty", "n"};
    static constexpr std::array<std::string_view, 4> ec{"crv", "kty", "x", "y"};
    static constexpr std::array<std::string_view, 3> okp{"crv", "kty", "x"};
    if (type == "RSA") return rsa;
    if (type == "EC") return ec;
    if (type == "OKP") return okp;
    return {};
}

}  // namespace

std::string thumbprint_of(const json::object& jwk) {
    const auto names = hashed_members(find_text(jwk, "kty").value_or(""));
    if (names.empty()) refuse("The JWK is of no type that has a thumbprint.");
    json::object hashed;
    for (const auto name : names) {
        const auto text = find_text(jwk, name);
        if (!text) refuse("The JWK lacks a member.");
        hashed[name] = *text;
    }
    return to_base64(sha256(json::serialize(hashed)));
}

struct SigningKey::Impl {
    Impl(Algorithm algorithm_, KeyPtr key_)
        : algorithm(algorithm_),
          key(std::move(key_)),
          signer(algorithm, key.get()),
          members(public_members(algorithm, key.get())),
          kid(thumbprint_of(members)) {}

    Algorithm algorithm;
    KeyPtr key;
    Signer signer;
    json::object members;
    std::string kid;
};

SigningKey SigningKey::generate(Algorithm algorithm) {
    SigningKey out;
    out.impl_ = std::make_shared<Impl>(algorithm, generate_pair(algorithm));
    return out;
}

SigningKey SigningKey::from_der(ByteView der, Algorithm algorithm) {
    KeyPtr key = parse_pair(algorithm, der);
    if (!key) refuse("The private key is not one of its algorithm in PKCS#8, or is too small.");
    SigningKey out;
    out.impl_ = std::make_shared<Impl>(algorithm, std::move(key));
    return out;
}

Bytes SigningKey::to_der() const {
    return rsa::to_pkcs8(impl_->key.get());
}

const std::string& SigningKey::kid() const {
    return impl_->kid;
}

Algorithm SigningKey::algorithm() const {
    return impl_->algorithm;
}

json::object SigningKey::public_jwk() const {
    json::object out{
        {"kid", impl_->kid}, {"kty", impl_->members.at("kty")}, {"alg", to_text(impl_->algorithm)}, {"use", "sig"}};
    for (const auto& member : impl_->members) out.insert(member);  // kty is there already and stays
    return out;
}

Bytes SigningKey::sign(ByteView data) const {
    return impl_->signer.sign(data);
}

bool SigningKey::verify(ByteView data, ByteView signature) const {
    return jose::verify(impl_->algorithm, impl_->key.get(), data, signature);
}

struct VerifyingKey::Impl {
    Algorithm algorithm;
    KeyPtr key;
    std::string kid;
};

VerifyingKey VerifyingKey::from_jwk(const json::object& jwk) {
    const auto named = find_text(jwk, "alg");
    if (!named) return from_jwk(jwk, usual_algorithm(jwk));
    const auto algorithm = parse_algorithm(*named);
    if (!algorithm) refuse("The JWK is for another algorithm than RS256, PS256, ES256 and EdDSA.");
    return from_jwk(jwk, *algorithm);
}

VerifyingKey VerifyingKey::from_jwk(const json::object& jwk, Algorithm algorithm) {
    // The algorithm belongs to the key, never to the token that it verifies (RFC 8725 §3.1).
    if (find_text(jwk, "kty") != key_type_of(algorithm)) refuse("The JWK is of another type than its algorithm.");
    if (find_text(jwk, "alg").value_or(to_text(algorithm)) != to_text(algorithm))
        refuse("The JWK is for another algorithm.");
    if (find_text(jwk, "use").value_or("sig") != "sig") refuse("The JWK is not for signatures.");
    std::string kid(find_text(jwk, "kid").value_or(""));
    KeyPtr key = from_members(algorithm, jwk);
    if (!key) refuse("The JWK is no key of its algorithm: RSA of 2048 to 8192 bits, P-256 or Ed25519.");
    VerifyingKey out;
    out.impl_ = std::make_shared<Impl>(Impl{algorithm, std::move(key), std::move(kid)});
    return out;
}

const std::string& VerifyingKey::kid() const {
    return impl_->kid;
}

Algorithm VerifyingKey::algorithm() const {
    return impl_->algorithm;
}

bool VerifyingKey::verify(ByteView data, ByteView signature) const {
    return jose::verify(impl_->algorithm, impl_->key.get(), data, signature);
}

}  // namespace symbolon::crypto::jose
