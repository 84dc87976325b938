#pragma once

#include "voice/models/words.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace symbolon::voice {

/// A whole number, in digits or English words; all the words or nothing.
std::optional<std::int64_t> number_of(std::span<const Word> words);
/// "third", "twenty first", "3rd".
std::optional<std::int64_t> ordinal_of(std::span<const Word> words);

}  // namespace symbolon::voice
