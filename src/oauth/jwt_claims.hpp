#pragma once

#include "base/clock.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Claims of JWTs that others made, read with suspicion (RFC 7519 §4.1).
namespace symbolon::oauth {

/// "" when the claim is absent or no text.
std::string text_claim(const boost::json::object& claims, std::string_view name);
/// A NumericDate between 1970 and 3000, so that no arithmetic on it overflows; nothing otherwise. Fractions are cut.
std::optional<Instant> time_claim(const boost::json::object& claims, std::string_view name);
/// `aud`: one text or a list of texts; empty for anything else.
std::vector<std::string> audience_claim(const boost::json::object& claims);

/// How far the clocks of others may be ahead of ours (FAPI 2.0 §5.3.2.1 wants 10 s taken and 60 s refused).
inline constexpr std::chrono::seconds clock_skew{30};
/// Whether `iat` and `nbf`, where they are there, are not in the future.
bool has_begun(const boost::json::object& claims, Instant now);

}  // namespace symbolon::oauth
