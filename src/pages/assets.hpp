#pragma once

#include "net/http.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The style, scripts and icon of the pages, below /assets/: they are part of the program and the same for every pool.
namespace symbolon::pages {

/// Nothing for another path.
std::optional<net::Response> find_asset(std::string_view path);

/// Changes whenever an asset does, so that browsers may keep them for a year.
const std::string& assets_version();

/// For what may be kept for a year, because its address changes when it does.
inline constexpr std::string_view keep_for_a_year = "public, max-age=31536000, immutable";

}  // namespace symbolon::pages
