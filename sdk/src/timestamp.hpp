#pragma once

#include "symbolon/skill/time.hpp"

#include <optional>
#include <string_view>

namespace symbolon::skill {

/// `2026-11-22T16:03:00Z`, with an optional fraction and an optional numeric offset instead of Z (RFC 3339 §5.6).
/// Nothing for anything else.
std::optional<Time> parse_timestamp(std::string_view text);

}  // namespace symbolon::skill
