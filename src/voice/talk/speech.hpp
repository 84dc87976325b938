#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// One piece of what is heard: words, or a sound to play.
struct Heard {
    std::string text;
    std::string audio_url;  ///< "" for words
};

/// SSML as it is heard: the words without markup, a pause for a break, `<audio>` as sounds. Phonemes and substitutions
/// are heard as what they stand for.
std::vector<Heard> hear_ssml(std::string_view ssml);
/// "" when the markup's tags fit together within one `<speak>`; else what is wrong.
std::string ssml_problem(std::string_view ssml);

/// The words of an outputSpeech object; "" when it says nothing.
std::string spoken_text(const boost::json::object& speech);
std::vector<Heard> heard(const boost::json::object& speech);

}  // namespace symbolon::voice
