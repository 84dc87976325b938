#pragma once

#include <string>
#include <string_view>

namespace symbolon {

/// The text as it may stand in HTML, between tags and in a quoted attribute.
std::string escape_html(std::string_view text);

}  // namespace symbolon
