#include "crypto/random.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace symbolon::crypto {

Bytes Random::bytes(std::size_t count) {
    Bytes out(count);
    fill(out);
    return out;
}

std::string Random::text(std::size_t length, std::string_view alphabet) {
    if (alphabet.empty() || alphabet.size() > 256) throw Error(Errc::internal, {}, "alphabet of impossible size");
    // Bytes at or above the greatest multiple of the alphabet's size would favour its first characters: drawn again.
    const std::size_t limit = 256 / alphabet.size() * alphabet.size();
    std::string out;
    out.reserve(length);
    std::array<std::uint8_t, 64> pool{};
    while (out.size() < length) {
        const std::span<std::uint8_t> drawn(pool.data(), std::min(pool.size(), length - out.size() + 4));
        fill(drawn);
        for (const std::uint8_t byte : drawn) {
            if (byte < limit && out.size() < length) out += alphabet[byte % alphabet.size()];
        }
    }
    return out;
}

std::string Random::uuid() {
    std::array<std::uint8_t, 16> raw{};
    fill(raw);
    raw[6] = static_cast<std::uint8_t>((raw[6] & 0x0F) | 0x40);  // version 4
    raw[8] = static_cast<std::uint8_t>((raw[8] & 0x3F) | 0x80);  // variant of RFC 9562
    std::string out = to_hex(raw);
    for (const std::size_t at : {std::size_t{8}, std::size_t{13}, std::size_t{18}, std::size_t{23}}) {
        out.insert(at, 1, '-');
    }
    return out;
}

std::string Random::token(std::size_t count) {
    return to_base64url(bytes(count));
}

std::string Random::digits(std::size_t count) {
    return text(count, "0123456789");
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
    if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1) {
        throw Error(Errc::internal, {}, "the system's random generator failed");
    }
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
    const std::lock_guard lock(mutex_);
    while (!out.empty()) {
        const Digest block = sha256(std::to_string(seed_) + ':' + std::to_string(counter_++));
        const std::size_t count = std::min(block.size(), out.size());
        std::copy_n(block.begin(), count, out.begin());
        out = out.subspan(count);
    }
}

}  // namespace symbolon::crypto
