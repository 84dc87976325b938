#include "crypto/totp.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace symbolon::crypto {

std::string to_base32(ByteView bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    out.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t buffer = 0;
    unsigned bits = 0;
    for (const std::uint8_t byte : bytes) {
        buffer = (buffer << 8) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out += alphabet[(buffer >> bits) & 0x1F];
        }
    }
    if (bits > 0) out += alphabet[(buffer << (5 - bits)) & 0x1F];
    return out;
}

namespace totp {
namespace {

using Sha1 = std::array<std::uint8_t, 20>;

Sha1 hmac_sha1(ByteView key, ByteView data) {
    Sha1 out{};
    unsigned size = 0;
    static const std::uint8_t empty = 0;  // HMAC() takes a null key for "the key of the call before"
    const std::uint8_t* key_data = key.empty() ? &empty : key.data();
    if (!HMAC(EVP_sha1(), key_data, static_cast<int>(key.size()), data.data(), data.size(), out.data(), &size))
        throw Error(Errc::internal, {}, "HMAC-SHA-1 failed");
    return out;
}

}  // namespace

std::int64_t step_of(Instant time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch() / period;
}

std::string make_code(ByteView secret, std::int64_t step, std::size_t count) {
    std::array<std::uint8_t, 8> counter{};
    auto rest = static_cast<std::uint64_t>(step);
    for (std::size_t i = counter.size(); i-- > 0; rest >>= 8) counter[i] = static_cast<std::uint8_t>(rest);
    Sha1 hash = hmac_sha1(secret, counter);

    // Dynamic truncation (RFC 4226 §5.3).
    const std::size_t offset = hash.back() & 0x0F;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = (number << 8) | hash[offset + i];
    number &= 0x7FFFFFFF;
    OPENSSL_cleanse(hash.data(), hash.size());

    std::string out(count, '0');
    for (std::size_t i = count; i-- > 0; number /= 10) out[i] = static_cast<char>('0' + number % 10);
    return out;
}

std::optional<std::int64_t> find_step(ByteView secret, std::string_view code, Instant now) {
    const std::int64_t present = step_of(now);
    std::optional<std::int64_t> found;
    for (std::int64_t step = present - 1; step <= present + 1; ++step) {
        if (step >= 0 && equal_in_constant_time(make_code(secret, step), code)) found = step;
    }
    return found;
}

}  // namespace totp

}  // namespace symbolon::crypto
