#pragma once

#include "net/http.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::voice {

/// Style, scripts and icon below /assets/; nothing for another path.
std::optional<net::Response> find_screen_asset(std::string_view path);

/// Changes when any of them does. Pages add it to their addresses, which are kept for a year.
const std::string& assets_version();

}  // namespace symbolon::voice
