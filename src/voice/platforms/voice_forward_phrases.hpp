#pragma once

#include <span>
#include <string_view>

namespace symbolon::voice {

/// What the platform says in a language while it links an account by voice. {skill} and {code} stand for what they
/// name.
struct VoiceForwardPhrases {
    std::string_view language;  ///< as Language has it: "de"
    std::string_view consent;   ///< the question, with the first of `approvals` as the answer to give
    std::string_view code;
    std::string_view not_understood;
    std::string_view wrong_code;
    std::string_view text_message;
    std::span<const std::string_view> approvals;  ///< beside a plain yes; as plain_text() gives them
};

/// In the language of a locale ("de-AT"); English for those that the assistant does not speak.
const VoiceForwardPhrases& voice_forward_phrases(std::string_view locale);

}  // namespace symbolon::voice
