#include "symbolon/skill/response.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace symbolon::skill {
namespace {

constexpr std::size_t max_speech = 8000;  // characters, as for the text of a card
constexpr std::size_t max_url = 2000;

std::size_t count_characters(std::string_view utf8) {
    std::size_t count = 0;
    for (const char c : utf8) {
        if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
    }
    return count;
}

void check_card_text(std::initializer_list<std::string_view> parts) {
    std::size_t sum = 0;
    for (const auto part : parts) sum += count_characters(part);
    if (sum > max_speech) throw InvalidResponse("the card has more than 8000 characters");
}

void check_image(std::string_view url) {
    if (url.empty()) return;
    if (!url.starts_with("https://")) throw InvalidResponse("a card's image must have an https address");
    if (url.size() > max_url) throw InvalidResponse("the address of a card's image has more than 2000 characters");
}

std::string_view to_text(PlayBehavior behavior) {
    switch (behavior) {
        case PlayBehavior::enqueue:
            return "ENQUEUE";
        case PlayBehavior::replace_all:
            return "REPLACE_ALL";
        case PlayBehavior::replace_enqueued:
            return "REPLACE_ENQUEUED";
    }
    return {};
}

json::object to_json(const Speech& speech) {
    if (count_characters(speech.ssml) > max_speech) throw InvalidResponse("the speech has more than 8000 characters");
    json::object out{{"type", "SSML"}, {"ssml", speech.ssml}};
    if (speech.play_behavior) out["playBehavior"] = to_text(*speech.play_behavior);
    return out;
}

json::object to_json(const SimpleCard& card) {
    check_card_text({card.title, card.content});
    return {{"type", "Simple"}, {"title", card.title}, {"content", card.content}};
}

json::object to_json(const StandardCard& card) {
    check_card_text({card.title, card.text, card.small_image_url, card.large_image_url});
    check_image(card.small_image_url);
    check_image(card.large_image_url);
    json::object out{{"type", "Standard"}, {"title", card.title}, {"text", card.text}};
    json::object image;
    if (!card.small_image_url.empty()) image["smallImageUrl"] = card.small_image_url;
    if (!card.large_image_url.empty()) image["largeImageUrl"] = card.large_image_url;
    if (!image.empty()) out["image"] = std::move(image);
    return out;
}

json::object to_json(const LinkAccountCard&) {
    return {{"type", "LinkAccount"}};
}

json::object to_json(const PermissionsCard& card) {
    json::array permissions;
    for (const auto& permission : card.permissions) permissions.emplace_back(permission);
    return {{"type", "AskForPermissionsConsent"}, {"permissions", std::move(permissions)}};
}

}  // namespace

json::object Response::to_json() const {
    json::object out;
    if (speech) out["outputSpeech"] = skill::to_json(*speech);
    if (card) out["card"] = std::visit([](const auto& kind) { return skill::to_json(kind); }, *card);
    if (reprompt) out["reprompt"] = json::object{{"outputSpeech", skill::to_json(*reprompt)}};
    if (!directives.empty()) {
        json::array list;
        for (const auto& directive : directives) list.emplace_back(directive);
        out["directives"] = std::move(list);
    }
    if (should_end_session) out["shouldEndSession"] = *should_end_session;
    return out;
}

}  // namespace symbolon::skill
