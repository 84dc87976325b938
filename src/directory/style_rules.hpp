#pragma once

#include <string_view>

namespace symbolon::directory {

/// Checks the style sheet of the classic pages: rules for the classes that these pages have and nothing else, in
/// time that grows with the text. What could load, run or read something is refused: at-rules, url() and every function
/// that is not known to be harmless, properties that do not belong to the look, escapes, mark-up; and what a browser
/// could read otherwise than it is read here. Fails: invalid_parameter, with the line.
void check_style(std::string_view css);

}  // namespace symbolon::directory
