#pragma once

#include "base/bytes.hpp"
#include "crypto/openssl_ptr.hpp"

#include <array>
#include <cstddef>

/// Keys of the curve P-256 (FIPS 186-5, SEC 1). Private to the floor.
namespace symbolon::crypto::p256 {

inline constexpr std::size_t number_size = 32;

/// A public key: its two coordinates, big endian.
struct Point {
    std::array<std::uint8_t, number_size> x{}, y{};
};

bool is_key(EVP_PKEY* key);
KeyPtr generate();
/// Null for what is not 32 bytes each, and for a point that is not on the curve.
KeyPtr from_point(ByteView x, ByteView y);
/// A pair by its private number, big endian. Null for zero and for what is not below the order of the curve.
KeyPtr from_number(ByteView number);
/// The pair that follows from a seed of 48 even bytes or more (FIPS 186-5 §A.2.1).
KeyPtr from_seed(ByteView seed);
Point point_of(EVP_PKEY* key);

/// The first coordinate of the point that both sides come to (SEC 1 §3.3.1). Empty when there is none.
Bytes agree(EVP_PKEY* own, EVP_PKEY* other);

}  // namespace symbolon::crypto::p256
