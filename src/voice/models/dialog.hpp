#pragma once

#include "voice/models/intent.hpp"
#include "voice/models/interaction_model.hpp"

#include <string>

namespace symbolon::voice {

/// What the platform asks next when a dialog is left to it.
struct DialogStep {
    enum class Kind { elicit_slot, confirm_slot, confirm_intent, complete } kind = Kind::complete;
    std::string slot;    ///< whose value is asked for or to be confirmed
    std::string prompt;  ///< what the platform says: the model's prompt with the slots' values in it
};

/// The next thing that the dialog model still wants of an intent: slots in its order (a value, one that the rules
/// allow, its confirmation), then the confirmation of the whole. A slot that was denied is asked for again. Complete
/// for an intent without dialog model and for one that the person denied.
DialogStep next_step(const InteractionModel& model, const SpokenIntent& intent);

}  // namespace symbolon::voice
