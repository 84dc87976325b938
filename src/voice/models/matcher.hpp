#pragma once

#include "base/clock.hpp"
#include "voice/models/intent.hpp"
#include "voice/models/interaction_model.hpp"
#include "voice/models/words.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace symbolon::voice {

/// What words are matched with.
struct Listening {
    const InteractionModel& model;
    std::string skill_id;
    Instant now;
    std::vector<SlotType> dynamic = {};  ///< what the skill added in this session (Dialog.UpdateDynamicEntities)
    std::string locale = "en-US";        ///< in which it was said
};

struct IntentMatch {
    SpokenIntent intent;
    double score = 0;  ///< 1: every word is one of the sample's
};

/// The intents whose samples take every word of what was said, the best first, each once. Words of the sample count
/// most, then values of slot types, then free text; of equals the model's first wins. Utterances of more than 60 words
/// fit nothing.
std::vector<IntentMatch> match_intents(const Listening& listening, std::span<const Word> words);

/// What was said when the skill asked for this slot: one of the slot's samples, or the value alone.
std::optional<FilledSlot> match_slot(const Listening& listening, const IntentModel& intent, const IntentSlot& slot,
                                     std::span<const Word> words);

/// An intent of the model with nothing said to its slots.
SpokenIntent empty_intent(const IntentModel& intent);

}  // namespace symbolon::voice
