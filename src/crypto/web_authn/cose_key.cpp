#include "crypto/web_authn/cose_key.hpp"

#include "crypto/p256.hpp"
#include "crypto/rsa.hpp"
#include "crypto/web_authn/cbor.hpp"

#include <openssl/err.h>

#include <utility>

namespace symbolon::crypto::web_authn {
namespace {

// RFC 9052 §7.1, RFC 9053 §7.1 and §7.2, RFC 8230 §4.
constexpr std::int64_t label_kty = 1;
constexpr std::int64_t label_alg = 3;
constexpr std::int64_t label_crv = -1;
constexpr std::int64_t label_x = -2;
constexpr std::int64_t label_y = -3;
constexpr std::int64_t label_n = -1;
constexpr std::int64_t label_e = -2;

constexpr std::int64_t kty_okp = 1;
constexpr std::int64_t kty_ec2 = 2;
constexpr std::int64_t kty_rsa = 3;
constexpr std::int64_t crv_p256 = 1;
constexpr std::int64_t crv_ed25519 = 6;
constexpr std::size_t coordinate_size = 32;

bool holds(const cbor::Value& key, std::int64_t label, std::int64_t number) {
    const auto* found = key.find_integer(label);
    return found && *found == number;
}

const ByteView* find_coordinate(const cbor::Value& key, std::int64_t label) {
    const auto* found = key.find_bytes(label);
    return found && found->size() == coordinate_size ? found : nullptr;
}

KeyPtr make_p256(const cbor::Value& key) {
    const auto* x = find_coordinate(key, label_x);
    const auto* y = find_coordinate(key, label_y);
    return holds(key, label_crv, crv_p256) && x && y ? p256::from_point(*x, *y) : nullptr;
}

KeyPtr make_ed25519(const cbor::Value& key) {
    const auto* x = find_coordinate(key, label_x);
    if (!holds(key, label_crv, crv_ed25519) || !x) return nullptr;
    return KeyPtr(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, x->data(), x->size()));
}

KeyPtr make_rsa(const cbor::Value& key) {
    const auto* n = key.find_bytes(label_n);
    const auto* e = key.find_bytes(label_e);
    if (!n || !e) return nullptr;
    return rsa::from_numbers({Bytes(n->begin(), n->end()), Bytes(e->begin(), e->end())});
}

}  // namespace

std::optional<PublicKey> parse_public_key(ByteView cose) {
    const auto key = cbor::parse(cose);
    const auto* algorithm = key ? key->find_integer(label_alg) : nullptr;
    if (!algorithm) return std::nullopt;
    PublicKey out;
    if (*algorithm == static_cast<int>(Algorithm::es256) && holds(*key, label_kty, kty_ec2))
        out = {Algorithm::es256, make_p256(*key)};
    else if (*algorithm == static_cast<int>(Algorithm::rs256) && holds(*key, label_kty, kty_rsa))
        out = {Algorithm::rs256, make_rsa(*key)};
    else if (*algorithm == static_cast<int>(Algorithm::eddsa) && holds(*key, label_kty, kty_okp))
        out = {Algorithm::eddsa, make_ed25519(*key)};
    ERR_clear_error();
    if (!out.key) return std::nullopt;
    return out;
}

bool fits(Algorithm algorithm, EVP_PKEY* key) {
    if (!key) return false;
    switch (algorithm) {
        case Algorithm::es256:
            return p256::is_key(key);
        case Algorithm::eddsa:
            return EVP_PKEY_is_a(key, "ED25519");
        case Algorithm::rs256:
            return rsa::is_acceptable(key);
    }
    return false;
}

bool verify_signature(Algorithm algorithm, EVP_PKEY* key, ByteView data, ByteView signature) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    const EVP_MD* digest = algorithm == Algorithm::eddsa ? nullptr : EVP_sha256();
    const bool right =
        context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), data.data(), data.size()) == 1;
    ERR_clear_error();
    return right;
}

}  // namespace symbolon::crypto::web_authn
