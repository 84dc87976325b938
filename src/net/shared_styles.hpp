#pragma once

#include <string_view>

namespace symbolon::net {

/// A style sheet of web/shared: what the hosted pages and the assistant's pages have in common. `name`: "palette",
/// "dark_palette" (without a media query: each says itself when it is dark), "elements", "token". They come before the
/// pages' own. Fails: Error{internal} (no such sheet).
std::string_view shared_style(std::string_view name);

}  // namespace symbolon::net
