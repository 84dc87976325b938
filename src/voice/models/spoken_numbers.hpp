#pragma once

#include "voice/models/language.hpp"
#include "voice/models/words.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace symbolon::voice {

/// A whole number, in digits or in the language's words; all the words or nothing.
std::optional<std::int64_t> number_of(std::span<const Word> words, const Language& language);
/// "third", "twenty first", "3rd".
std::optional<std::int64_t> ordinal_of(std::span<const Word> words, const Language& language);

}  // namespace symbolon::voice
