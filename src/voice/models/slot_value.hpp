#pragma once

#include "voice/models/matcher.hpp"

namespace symbolon::voice {

/// What a run of words is to a slot.
struct SlotReading {
    FilledSlot slot;
    double weight = 0;  ///< of one word, below 1: a known value counts more than any text
};

/// Nothing when the slot's type does not take these words.
std::optional<SlotReading> read_slot_value(const Listening& listening, const IntentSlot& slot,
                                           std::span<const Word> words);

}  // namespace symbolon::voice
