#pragma once

#include <string>
#include <string_view>

namespace symbolon::skill {

/// Makes text safe inside SSML. What comes from outside (a slot, a user's name) goes through here before it is spoken.
std::string escape_ssml(std::string_view text);

/// `<say-as interpret-as="…">text</say-as>`, the text escaped.
std::string say_as(std::string_view interpretation, std::string_view text);

/// Says the decimal digits of a text one by one and leaves out all else: "+49 170" becomes four, nine, one, seven,
/// zero.
std::string say_digits(std::string_view text);

/// Wraps markup in one pair of <speak>; a pair that is there already, and white space around it, are taken off first.
std::string wrap_speak(std::string_view ssml);

}  // namespace symbolon::skill
