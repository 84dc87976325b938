#include "voice/talk/answer.hpp"

#include "voice/models/json_read.hpp"
#include "voice/platforms/voice_forward.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_speech = 8000;
constexpr std::size_t longest_card = 8000;
constexpr std::size_t longest_image_url = 2000;
constexpr std::size_t longest_stream_url = 8000;
constexpr std::size_t longest_stream_token = 1024;

std::string speech_problem(const json::object& speech) {
    const auto type = text_of(speech, "type");
    if (type == "PlainText") {
        return text_of(speech, "text").size() > longest_speech ? "outputSpeech is longer than 8000 characters" : "";
    }
    if (type != "SSML") return "outputSpeech.type must be PlainText or SSML";
    const auto ssml = text_of(speech, "ssml");
    if (ssml.size() > longest_speech) return "outputSpeech is longer than 8000 characters";
    const auto problem = ssml_problem(ssml);
    return problem.empty() ? "" : "its SSML is not well-formed: " + problem;
}

std::string card_problem(const json::object& card) {
    constexpr std::array<std::string_view, 4> types{"Simple", "Standard", "LinkAccount", "AskForPermissionsConsent"};
    const auto type = text_of(card, "type");
    if (std::ranges::find(types, type) == types.end()) return "the card's type is none of the platform's";
    const auto* image = object_of(card, "image");
    const auto small = image != nullptr ? text_of(*image, "smallImageUrl") : "";
    const auto large = image != nullptr ? text_of(*image, "largeImageUrl") : "";
    if (small.size() > longest_image_url || large.size() > longest_image_url) return "an image's URL is too long";
    for (const auto& url : {small, large}) {
        if (!url.empty() && !url.starts_with("https://")) return "an image's URL must be https";
    }
    const auto size = text_of(card, "title").size() + text_of(card, "content").size() + text_of(card, "text").size() +
                      small.size() + large.size();
    if (size > longest_card) return "the card is longer than 8000 characters";
    if (type == "AskForPermissionsConsent" && texts_of(card, "permissions").empty()) {
        return "the card asks for no permissions";
    }
    return {};
}

std::string play_problem(const json::object& directive) {
    const auto* item = object_of(directive, "audioItem");
    const auto* stream = item != nullptr ? object_of(*item, "stream") : nullptr;
    if (stream == nullptr) return "AudioPlayer.Play has no audioItem.stream";
    const auto url = text_of(*stream, "url");
    if (!url.starts_with("https://")) return "the stream's URL must be https";
    if (url.size() > longest_stream_url) return "the stream's URL is too long";
    if (text_of(*stream, "token").size() > longest_stream_token) return "the stream's token is too long";
    return {};
}

std::string directive_problem(const json::object& directive) {
    const auto type = text_of(directive, "type");
    if (type.empty()) return "a directive has no type";
    if (type == "Dialog.ElicitSlot" && text_of(directive, "slotToElicit").empty()) {
        return "Dialog.ElicitSlot names no slotToElicit";
    }
    if (type == "Dialog.ConfirmSlot" && text_of(directive, "slotToConfirm").empty()) {
        return "Dialog.ConfirmSlot names no slotToConfirm";
    }
    return type == "AudioPlayer.Play" ? play_problem(directive) : std::string{};
}

std::string response_problem(const Answer& answer) {
    const auto& response = answer.response;
    if (const auto* speech = object_of(response, "outputSpeech")) {
        if (auto problem = speech_problem(*speech); !problem.empty()) return problem;
    }
    if (const auto* reprompt = object_of(response, "reprompt")) {
        const auto* speech = object_of(*reprompt, "outputSpeech");
        if (speech != nullptr) {
            if (auto problem = speech_problem(*speech); !problem.empty()) return "reprompt: " + problem;
        }
    }
    if (const auto* card = card_of(response)) {
        if (auto problem = card_problem(*card); !problem.empty()) return problem;
    }
    const auto* directives = response.if_contains("directives");
    if (directives != nullptr && !directives->is_null() && !directives->is_array()) return "directives must be a list";
    for (const auto* directive : answer.directives()) {
        if (auto problem = directive_problem(*directive); !problem.empty()) return problem;
    }
    const auto* ends = response.if_contains("shouldEndSession");
    if (ends != nullptr && !ends->is_null() && !ends->is_bool()) return "shouldEndSession must be true or false";
    if (answer.ends_session && answer.find_directive("VideoApp.Launch") != nullptr) {
        return "shouldEndSession must not stand beside VideoApp.Launch";
    }
    return {};
}

}  // namespace

std::string speech_of(const json::object& response) {
    const auto* speech = object_of(response, "outputSpeech");
    return speech != nullptr ? spoken_text(*speech) : std::string{};
}

const json::object* card_of(const json::object& response) {
    return object_of(response, "card");
}

std::string Answer::reprompt() const {
    const auto* found = object_of(response, "reprompt");
    return found != nullptr ? speech_of(*found) : std::string{};
}

std::vector<const json::object*> Answer::directives() const {
    return objects_of(response, "directives");
}

const json::object* Answer::find_directive(std::string_view type) const {
    for (const auto* directive : directives()) {
        if (text_of(*directive, "type") == type) return directive;
    }
    return nullptr;
}

bool Answer::keeps_session() const {
    if (read_connection(response)) return true;
    const auto all = directives();
    const bool asks = std::ranges::any_of(all, [](const json::object* directive) {
        const auto type = text_of(*directive, "type");
        return type.starts_with("Dialog.") && type != "Dialog.UpdateDynamicEntities";
    });
    return ends_session ? !*ends_session : asks;
}

Answer read_answer(std::string_view body, bool session) {
    Answer out;
    json::error_code unreadable;
    auto value = json::parse(body, unreadable);
    if (!session && (body.empty() || unreadable)) return out;
    auto* whole = unreadable ? nullptr : value.if_object();
    if (whole == nullptr) {
        out.problem = "it is not a JSON object";
        return out;
    }
    auto* response = whole->if_contains("response");
    if (response != nullptr && response->is_object()) {
        out.response = std::move(response->get_object());
    } else if (session) {
        out.problem = "it is not a response envelope";
        return out;
    }
    if (const auto* attributes = object_of(*whole, "sessionAttributes")) out.attributes = *attributes;
    const auto* ends = out.response.if_contains("shouldEndSession");
    if (ends != nullptr && ends->is_bool()) out.ends_session = ends->get_bool();
    out.problem = response_problem(out);
    return out;
}

std::vector<SlotType> read_dynamic_types(const json::object& directive) {
    const json::object language{{"types", directive.contains("types") ? directive.at("types") : json::value()}};
    return read_model({{"languageModel", language}}).types;
}

}  // namespace symbolon::voice
