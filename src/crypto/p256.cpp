#include "crypto/p256.hpp"

#include "base/error.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>

#include <algorithm>
#include <string_view>

namespace symbolon::crypto::p256 {
namespace {

using GroupPtr = std::unique_ptr<EC_GROUP, FreedBy<EC_GROUP_free>>;
using CurvePointPtr = std::unique_ptr<EC_POINT, FreedBy<EC_POINT_free>>;
using NumbersPtr = std::unique_ptr<BN_CTX, FreedBy<BN_CTX_free>>;
using SecretNumberPtr = std::unique_ptr<BIGNUM, FreedBy<BN_clear_free>>;

constexpr std::size_t point_size = 1 + 2 * number_size;
constexpr std::uint8_t uncompressed = 4;
using PointBytes = std::array<std::uint8_t, point_size>;

[[noreturn]] void fail(const char* what) {
    ERR_clear_error();
    throw Error(Errc::internal, {}, what);
}

void require(bool succeeded) {
    if (!succeeded) fail("out of memory");
}

const EC_GROUP* curve() {
    static const GroupPtr made(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    require(made != nullptr);
    return made.get();
}

/// `number` is null for a public key.
KeyPtr make_key(const PointBytes& point, const BIGNUM* number) {
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    require(builder && OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) &&
            OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) &&
            (!number || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number)));
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    const int parts = number ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    EVP_PKEY* raw = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &raw, parts, params.get()) != 1)
        return nullptr;
    KeyPtr key(raw);
    const KeyContextPtr check(EVP_PKEY_CTX_new_from_pkey(nullptr, raw, nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) != 1) return nullptr;
    return key;
}

KeyPtr make_pair(const BIGNUM* number) {
    const NumbersPtr context(BN_CTX_secure_new());
    const CurvePointPtr point(EC_POINT_new(curve()));
    PointBytes bytes{};
    require(context && point && EC_POINT_mul(curve(), point.get(), number, nullptr, nullptr, context.get()) == 1 &&
            EC_POINT_point2oct(curve(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(), bytes.size(),
                               context.get()) == bytes.size());
    return make_key(bytes, number);
}

SecretNumberPtr to_number(ByteView bytes) {
    SecretNumberPtr number(BN_secure_new());
    require(number && BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), number.get()));
    BN_set_flags(number.get(), BN_FLG_CONSTTIME);
    return number;
}

}  // namespace

bool is_key(EVP_PKEY* key) {
    std::array<char, 32> group{};
    std::size_t size = 0;
    return key && EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
           std::string_view(group.data(), size) == "prime256v1";
}

KeyPtr generate() {
    KeyPtr key(EVP_EC_gen("P-256"));
    if (!key) fail("key generation failed");
    return key;
}

KeyPtr from_point(ByteView x, ByteView y) {
    if (x.size() != number_size || y.size() != number_size) return nullptr;
    PointBytes point{uncompressed};
    std::copy(x.begin(), x.end(), point.begin() + 1);
    std::copy(y.begin(), y.end(), point.begin() + 1 + number_size);
    auto key = make_key(point, nullptr);
    if (!key) ERR_clear_error();
    return key;
}

KeyPtr from_number(ByteView bytes) {
    const auto number = to_number(bytes);
    if (BN_is_zero(number.get()) || BN_cmp(number.get(), EC_GROUP_get0_order(curve())) >= 0) return nullptr;
    auto key = make_pair(number.get());
    if (!key) fail("a P-256 key of a number failed");
    return key;
}

KeyPtr from_seed(ByteView seed) {
    constexpr std::size_t enough = 48;  // 128 bits more than the order has: no number is likelier than another
    if (seed.size() < enough) fail("a seed that is too short");
    const NumbersPtr context(BN_CTX_secure_new());
    const SecretNumberPtr limit(BN_dup(EC_GROUP_get0_order(curve())));
    const auto number = to_number(seed);
    require(context && limit && BN_sub_word(limit.get(), 1) == 1 &&
            BN_mod(number.get(), number.get(), limit.get(), context.get()) == 1 && BN_add_word(number.get(), 1) == 1);
    auto key = make_pair(number.get());
    if (!key) fail("a P-256 key of a seed failed");
    return key;
}

Point point_of(EVP_PKEY* key) {
    PointBytes bytes{};
    std::size_t size = 0;
    EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "uncompressed");
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), bytes.size(), &size) != 1 ||
        size != bytes.size() || bytes.front() != uncompressed)
        fail("a P-256 key without a public point");
    Point point;
    std::copy_n(bytes.begin() + 1, number_size, point.x.begin());
    std::copy_n(bytes.begin() + 1 + number_size, number_size, point.y.begin());
    return point;
}

Bytes agree(EVP_PKEY* own, EVP_PKEY* other) {
    const KeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, own, nullptr));
    Bytes shared(number_size);
    std::size_t size = shared.size();
    if (!context || EVP_PKEY_derive_init(context.get()) != 1 || EVP_PKEY_derive_set_peer(context.get(), other) != 1 ||
        EVP_PKEY_derive(context.get(), shared.data(), &size) != 1 || size != shared.size()) {
        ERR_clear_error();
        return {};
    }
    return shared;
}

}  // namespace symbolon::crypto::p256
