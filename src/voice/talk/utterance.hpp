#pragma once

#include "voice/skill.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// What a person said, understood: the start of the skill, its end, or one of its intents.
struct Understood {
    enum class Kind { launch, intent } kind = Kind::launch;
    std::string intent;
};

/// Finds the intent of an utterance. Nothing said, "open …", "launch …" and "start …" launch the skill; then the
/// samples of the interaction model are compared, without case and punctuation; then help, stop and cancel; and what
/// fits nothing is AMAZON.FallbackIntent.
Understood understand(const Skill& skill, std::string_view utterance);

/// What to offer on the pages: a launch phrase, the manifest's examples, the model's first samples; at most six.
std::vector<std::string> suggestions(const Skill& skill);

}  // namespace symbolon::voice
