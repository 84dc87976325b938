#include "base/markup.hpp"
#include "fuzz.hpp"
#include "signin/texts.hpp"

#include <string>

using namespace symbolon;

namespace {

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

}  // namespace

/// The lines: a user name, and a pool's template of a message, with placeholders.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto text = fuzz::text_of(data, size);
    const auto username = fuzz::take_part(text);

    const auto escaped = escape_html(username);
    fuzz::require(escaped.find_first_of("<>\"'") == std::string::npos, "escaped text opens nothing");
    fuzz::require(count(escaped, "&") == count(escaped, ";") - count(username, ";"), "and ends what it opens");

    const auto filled = signin::fill_template(text, "123456", username);
    const auto codes = count(text, "{####}");
    const auto names = count(text, "{username}");
    const auto expected = text.size() + names * username.size() - names * std::string_view("{username}").size();
    fuzz::require(filled.size() == expected, "each placeholder is filled once, and what fills it is not looked at");
    fuzz::require(count(filled, "123456") >= codes, "the code is where it is to be");
    return 0;
}
