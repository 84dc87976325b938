#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::voice {

/// The platform's own intent for what was said (`plain`, as plain_text() gives it), in the language of `locale`:
/// AMAZON.HelpIntent for "help" and "hilfe". English for languages that the assistant does not speak.
std::optional<std::string> find_built_in_intent(std::string_view plain, std::string_view locale);

/// True for "exit" and what it is in the other languages: the platform ends the session without asking the
/// skill.
bool leaves(std::string_view plain);

}  // namespace symbolon::voice
