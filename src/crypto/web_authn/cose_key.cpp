#include "crypto/web_authn/cose_key.hpp"

#include "base/error.hpp"
#include "crypto/rsa.hpp"
#include "crypto/web_authn/cbor.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <string_view>
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

/// A point that is not on the curve is refused by OpenSSL.
KeyPtr make_p256(const cbor::Value& key) {
    const auto* x = find_coordinate(key, label_x);
    const auto* y = find_coordinate(key, label_y);
    if (!holds(key, label_crv, crv_p256) || !x || !y) return nullptr;
    std::array<std::uint8_t, 1 + 2 * coordinate_size> point{4};  // uncompressed
    std::copy(x->begin(), x->end(), point.begin() + 1);
    std::copy(y->begin(), y->end(), point.begin() + 1 + coordinate_size);

    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!builder || !OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) ||
        !OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()))
        throw Error(Errc::internal, {}, "out of memory");
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* raw = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    KeyPtr out(raw);
    const KeyContextPtr check(EVP_PKEY_CTX_new_from_pkey(nullptr, raw, nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) != 1) return nullptr;
    return out;
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
        case Algorithm::es256: {
            std::array<char, 32> group{};
            std::size_t size = 0;
            return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
                   std::string_view(group.data(), size) == "prime256v1";
        }
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
