#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// Lower case for Latin, Greek and Cyrillic letters; what is no UTF-8 is dropped.
std::string fold_case(std::string_view text);

/// One word of what was said.
struct Word {
    std::string plain;   ///< in lower case, without punctuation: what is compared
    std::string spoken;  ///< as typed, but for the punctuation around it: what a slot's value is made of
};

/// The words of an utterance. Punctuation goes, but for what stands within a number ("7:30", "3.5"); hyphens separate
/// like spaces; a genitive's 's is a word of its own, as the platform has it in samples ("{name}'s number").
std::vector<Word> split_words(std::string_view text);

/// The plain words with single spaces.
std::string join_plain(std::span<const Word> words);
std::string plain_text(std::string_view text);

}  // namespace symbolon::voice
