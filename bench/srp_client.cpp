#include "srp_client.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

#include <openssl/bn.h>

#include <stdexcept>

namespace symbolon::bench {
namespace {

struct Free {
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(BN_CTX* context) const { BN_CTX_free(context); }
    void operator()(BN_MONT_CTX* context) const { BN_MONT_CTX_free(context); }
};
using Number = std::unique_ptr<BIGNUM, Free>;

constexpr int secret_bits = 256;

void require(bool done) {
    if (!done) throw std::runtime_error("SRP: big-number arithmetic failed");
}

Number make_number() {
    Number out(BN_new());
    require(out != nullptr);
    return out;
}

Number from_bytes(ByteView bytes) {
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

Number from_hex(const std::string& hex) {
    BIGNUM* number = nullptr;
    require(BN_hex2bn(&number, hex.c_str()) == static_cast<int>(hex.size()));
    return Number(number);
}

/// The shortest two's complement.
Bytes pad(const BIGNUM* number) {
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number)));
    BN_bn2bin(number, bytes.data());
    if (!bytes.empty() && (bytes.front() & 0x80U) != 0) bytes.insert(bytes.begin(), 0);
    return bytes;
}

Bytes operator+(Bytes first, ByteView second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::string lower_hex(const BIGNUM* number) {
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number)));
    BN_bn2bin(number, bytes.data());
    return to_hex(bytes);
}

}  // namespace

struct SrpClient::Numbers {
    Number n{BN_get_rfc3526_prime_3072(nullptr)};
    Number g = make_number();
    Number k;
    Number secret = make_number();
    Number value = make_number();
    std::unique_ptr<BN_CTX, Free> context{BN_CTX_new()};
    std::unique_ptr<BN_MONT_CTX, Free> montgomery{BN_MONT_CTX_new()};

    Numbers() {
        require(BN_set_word(g.get(), 2) == 1);
        require(BN_MONT_CTX_set(montgomery.get(), n.get(), context.get()) == 1);
        k = from_bytes(crypto::sha256(pad(n.get()) + pad(g.get())));
        require(BN_rand(secret.get(), secret_bits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1);
        value = power(g.get(), secret.get());
    }

    Number power(const BIGNUM* base, const BIGNUM* exponent) const {
        Number out = make_number();
        require(BN_mod_exp_mont(out.get(), base, exponent, n.get(), context.get(), montgomery.get()) == 1);
        return out;
    }

    /// S = (B - k g^x)^(a + u x).
    Number shared_secret(const BIGNUM* b, const BIGNUM* u, const BIGNUM* x) const {
        const Number verifier = power(g.get(), x);
        const Number base = make_number();
        const Number exponent = make_number();
        require(BN_mod_mul(base.get(), k.get(), verifier.get(), n.get(), context.get()) == 1);
        require(BN_mod_sub(base.get(), b, base.get(), n.get(), context.get()) == 1);
        require(BN_mul(exponent.get(), u, x, context.get()) == 1);
        require(BN_add(exponent.get(), exponent.get(), secret.get()) == 1);
        return power(base.get(), exponent.get());
    }
};

SrpClient::SrpClient() : numbers_(std::make_unique<Numbers>()), value_(lower_hex(numbers_->value.get())) {}
SrpClient::~SrpClient() = default;

std::string SrpClient::sign(const Challenge& challenge, std::string_view password, std::string_view timestamp) const {
    const auto inner = crypto::sha256(challenge.pool_name + challenge.user_id + ":" + std::string(password));
    const Number x = from_bytes(crypto::sha256(pad(from_hex(challenge.salt).get()) + inner));
    const Number b = from_hex(challenge.b);
    const Number u = from_bytes(crypto::sha256(pad(numbers_->value.get()) + pad(b.get())));
    const Number secret = numbers_->shared_secret(b.get(), u.get(), x.get());

    constexpr std::string_view info("Caldera Derived Key\x01", 20);
    constexpr std::size_t key_size = 16;
    const auto extracted = crypto::hmac_sha256(pad(u.get()), pad(secret.get()));
    const auto key = crypto::hmac_sha256(extracted, bytes_of(info));
    const auto block = parse_base64(challenge.secret_block);
    if (!block) throw std::runtime_error("SRP: the secret block is not base64");
    Bytes message;
    for (const std::string_view part : {std::string_view(challenge.pool_name), std::string_view(challenge.user_id)})
        message = std::move(message) + bytes_of(part);
    message = std::move(message) + *block + bytes_of(timestamp);
    return to_base64(crypto::hmac_sha256(ByteView(key).first(key_size), message));
}

}  // namespace symbolon::bench
