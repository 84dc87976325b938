#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// A word of a sample utterance, in the form in which words are compared, or the name of a slot.
struct SamplePart {
    bool is_slot = false;
    std::string text;
};

/// "call {name} at home" as its parts. Nothing when its braces do not fit together.
std::optional<std::vector<SamplePart>> read_sample(std::string_view sample);

}  // namespace symbolon::voice
