#pragma once

#include "doctor/doctor.hpp"

#include <string>
#include <vector>

namespace symbolon::doctor {

/// Findings in the order in which they matter: errors, warnings, notes; then what was not examined; then what is right.
std::vector<const Finding*> by_importance(const Report& report);
/// "failed", "passed", "not examined".
std::string_view to_text(Outcome::Kind kind);
/// What the report comes to, in one line.
std::string verdict(const Report& report);

/// For a terminal of `width` columns. Colours only where they are asked for.
std::string to_terminal(const Report& report, bool colours, std::size_t width = 100);
/// One JSON object.
std::string to_json(const Report& report);
/// JUnit's XML, for continuous integration: errors and warnings are failures, what was not examined is skipped.
std::string to_junit(const Report& report);
/// One HTML page that needs nothing else.
std::string to_html(const Report& report);

/// The catalogue as a table in Markdown, for the documentation.
std::string to_markdown_table();

}  // namespace symbolon::doctor
