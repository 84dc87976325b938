#include "fuzz.hpp"
#include "voice/models/json_read.hpp"
#include "voice/screens/apl_tree.hpp"
#include "voice/smart_home/messages.hpp"
#include "voice/talk/answer.hpp"

#include <boost/json/parse.hpp>

#include <string>

using namespace symbolon;

namespace {

boost::json::object directive() {
    const voice::DirectiveHead head{"message", "correlation", "token"};
    return voice::endpoint_directive(head, {{"endpointId", "lamp"}}, "Alexa.PowerController", "TurnOn", "", {});
}

void check_custom(std::string_view body) {
    const auto answer = voice::read_answer(body, true);
    if (!answer.problem.empty()) return;
    const auto* speech = voice::object_of(answer.response, "outputSpeech");
    if (speech != nullptr) {
        fuzz::require(voice::text_of(*speech, "ssml").size() <= 8000, "what is taken is not too long to say");
    }
    for (const auto* shown : answer.directives()) {
        fuzz::require(voice::apl_tree(*shown).size() <= 200, "a screen is no longer than a page");
    }
}

void check_home(std::string_view body) {
    const auto answer = voice::read_smart_home_answer(body, directive());
    if (answer.problem.empty() && answer.error_type.empty()) {
        fuzz::require(voice::properties_problem(answer.properties).empty(), "what is taken was checked");
    }
    boost::json::error_code failure;
    const auto value = boost::json::parse(boost::json::string_view(body.data(), body.size()), failure);
    if (!failure && value.is_object() && voice::event_problem(value.get_object()).empty()) {
        const auto* event = voice::object_of(value.get_object(), "event");
        fuzz::require(event != nullptr && voice::object_of(*event, "payload") != nullptr, "a report has a payload");
    }
}

}  // namespace

/// What a skill answers: to a request, to a directive, by itself to the event gateway, and as SSML.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    check_custom(text);
    check_home(text);
    for (const auto& piece : voice::hear_ssml(text)) {
        fuzz::require(piece.text.empty() != piece.audio_url.empty(), "a piece is words or a sound");
    }
    voice::ssml_problem(text);
    return 0;
}
