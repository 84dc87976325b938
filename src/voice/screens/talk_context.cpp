#include "voice/screens/talk_context.hpp"

#include "base/clock.hpp"
#include "voice/models/json_read.hpp"
#include "voice/screens/apl_tree.hpp"
#include "voice/screens/readable_json.hpp"
#include "voice/talk/answer.hpp"

#include <algorithm>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t deepest_shown = 6;

json::object card_context(const json::object& card) {
    const auto type = text_of(card, "type");
    json::object out{{"link_account", type == "LinkAccount"}};
    if (auto title = text_of(card, "title"); !title.empty()) out["title"] = title;
    const auto content = text_of(card, "content");
    out["text"] = content.empty() ? text_of(card, "text") : content;
    if (const auto* image = object_of(card, "image")) {
        const auto large = text_of(*image, "largeImageUrl");
        const auto url = large.empty() ? text_of(*image, "smallImageUrl") : large;
        if (url.starts_with("https://")) out["image"] = url;
    }
    if (type == "AskForPermissionsConsent") {
        out["asks_permissions"] = true;
        json::array names;
        for (const auto& name : texts_of(card, "permissions")) names.push_back(json::object{{"name", name}});
        out["permissions"] = std::move(names);
    }
    return out;
}

void add_sound(json::array& out, const std::string& url, const std::string& title) {
    if (url.starts_with("https://")) out.push_back(json::object{{"url", url}, {"title", title}});
}

json::array sounds_of(const json::object& answer) {
    json::array out;
    if (const auto* speech = object_of(answer, "outputSpeech")) {
        for (const auto& piece : heard(*speech)) add_sound(out, piece.audio_url, "Sound in the answer");
    }
    for (const auto* directive : objects_of(answer, "directives")) {
        const auto* item = object_of(*directive, "audioItem");
        const auto* stream = item != nullptr ? object_of(*item, "stream") : nullptr;
        if (stream != nullptr) add_sound(out, text_of(*stream, "url"), "Audio player");
    }
    return out;
}

json::array screens_of(const json::object& answer) {
    json::array out;
    for (const auto* directive : objects_of(answer, "directives")) {
        json::array lines;
        for (const auto& line : apl_tree(*directive)) {
            json::object shown{{"depth", std::to_string(std::min(line.depth, deepest_shown))}, {"type", line.type}};
            if (!line.text.empty()) shown["text"] = line.text;
            lines.push_back(std::move(shown));
        }
        if (!lines.empty()) out.push_back(json::object{{"lines", std::move(lines)}});
    }
    return out;
}

json::array directives_of(const json::object& answer) {
    json::array out;
    for (const auto* directive : objects_of(answer, "directives")) {
        out.push_back(json::object{{"type", text_of(*directive, "type")}});
    }
    return out;
}

std::string_view reason_text(const std::string& ended) {
    if (ended == "USER_INITIATED") return "The person left.";
    if (ended == "EXCEEDED_MAX_REPROMPTS") return "Nobody answered: the session ended.";
    if (ended == "ERROR") return "The session ended with the error.";
    return {};
}

/// Lists are shown where they are not empty.
void add_list(json::object& out, std::string_view name, json::array list) {
    out["has_" + std::string(name)] = !list.empty();
    out[name] = std::move(list);
}

}  // namespace

json::object turn_context(const Exchange& exchange) {
    json::object out;
    if (!exchange.utterance.empty()) out["utterance"] = exchange.utterance;
    if (!exchange.failure.empty()) out["failure"] = exchange.failure;
    const auto speech = speech_of(exchange.answer);
    if (!speech.empty()) out["speech"] = speech;
    if (!exchange.prompt.empty()) out["prompt"] = exchange.prompt;
    add_list(out, "sounds", sounds_of(exchange.answer));
    add_list(out, "screens", screens_of(exchange.answer));
    add_list(out, "directives", directives_of(exchange.answer));
    const auto* card = card_of(exchange.answer);
    if (card != nullptr) out["card"] = card_context(*card);
    const auto reason = reason_text(exchange.ended);
    const bool answered = !exchange.type.empty() && exchange.type != "SessionEndedRequest";
    if (!reason.empty()) out["ended"] = reason;
    if (answered && speech.empty() && exchange.failure.empty() && exchange.prompt.empty()) out["silent"] = true;
    return out;
}

json::array talk_context(const std::vector<Exchange>& exchanges, const std::string& account, std::size_t most) {
    json::array out;
    for (const auto& exchange : exchanges) {
        const bool spoken = exchange.type.empty() || exchange.type.ends_with("Request");
        if (exchange.account != account || !spoken) continue;
        out.push_back(turn_context(exchange));
        if (out.size() == most) break;
    }
    std::reverse(out.begin(), out.end());
    return out;
}

json::object exchange_context(const Exchange& exchange) {
    auto out = turn_context(exchange);
    out["number"] = std::to_string(exchange.number);
    out["title"] = title_of(exchange);
    out["account"] = exchange.account;
    out["time"] = to_iso8601(from_ms(exchange.at_ms)).substr(11, 8);
    out["day"] = to_iso8601(from_ms(exchange.at_ms)).substr(0, 10);
    out["duration"] = std::to_string(exchange.milliseconds);
    out["with_token"] = exchange.with_token;
    out["sent"] = exchange.sent();
    if (exchange.sent()) out["request_json"] = readable_json(exchange.request);
    if (!exchange.response.empty()) out["response_json"] = readable_json(exchange.response);
    if (exchange.status != 0) out["status"] = std::to_string(exchange.status);
    return out;
}

}  // namespace symbolon::voice
