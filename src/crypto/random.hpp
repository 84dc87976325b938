#pragma once

#include "base/bytes.hpp"

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace symbolon::crypto {

/// Chance, injected like time. Threads: any.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;

    Bytes bytes(std::size_t count);
    /// `length` characters drawn evenly from `alphabet` (at most 256 characters; no modulo bias).
    std::string text(std::size_t length, std::string_view alphabet);
    /// A version 4 UUID (RFC 9562 §5.4), lower case.
    std::string uuid();
    /// A handle of `count` random bytes in base64url.
    std::string token(std::size_t count = 32);
    /// `digits` decimal digits, leading zeros kept.
    std::string digits(std::size_t count);
};

/// The operating system's generator, through OpenSSL.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override;
};

/// Repeatable, for tests only.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}
    void fill(std::span<std::uint8_t> out) override;

private:
    std::mutex mutex_;
    std::uint64_t seed_;
    std::uint64_t counter_ = 0;
};

}  // namespace symbolon::crypto
