#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "crypto/random.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::crypto {

/// Base32 in upper case, without padding (RFC 4648 §6): how people type secrets.
std::string to_base32(ByteView bytes);

/// Time-based one-time passwords with SHA-1, 30 seconds and 6 digits, as every authenticator app has them (RFC 6238).
/// Spec: cognito-api.md §3.9 (TOTP enrolment).
namespace totp {

inline constexpr std::chrono::seconds period{30};
inline constexpr std::size_t digits = 6;
inline constexpr std::size_t secret_size = 32;  ///< bytes; 52 characters of Base32

/// The time step that `time` is in (RFC 6238 §4.2).
std::int64_t step_of(Instant time);
/// The code of a time step; `count` digits, at most 9.
std::string make_code(ByteView secret, std::int64_t step, std::size_t count = digits);
/// The time step whose code this is, of the present one and its neighbours (the latest, should there be several);
/// nothing when it is none of them. A step is to be used once: the caller keeps the last one.
[[nodiscard]] std::optional<std::int64_t> find_step(ByteView secret, std::string_view code, Instant now);

}  // namespace totp

}  // namespace symbolon::crypto
