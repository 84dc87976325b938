#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// A list of words in one column, with blanks between. No word has a blank.
std::string join_words(const std::vector<std::string>& words);
std::vector<std::string> split_words(std::string_view text);

}  // namespace symbolon::directory
