#include "response_limits.hpp"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace symbolon::skill {
namespace {

constexpr std::size_t max_speech = 8000;  // characters, as for the text of a card
constexpr std::size_t max_image_url = 2000;
constexpr std::size_t max_stream_url = 8000;
constexpr std::size_t max_stream_token = 1024;

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
    if (url.size() > max_image_url)
        throw InvalidResponse("the address of a card's image has more than 2000 characters");
}

void check_stream(const audio_player::Stream& stream) {
    if (!stream.url.starts_with("https://")) throw InvalidResponse("an audio stream must have an https address");
    if (stream.url.size() > max_stream_url) {
        throw InvalidResponse("the address of an audio stream has more than 8000 characters");
    }
    if (stream.token.empty() || count_characters(stream.token) > max_stream_token) {
        throw InvalidResponse("an audio stream needs a token of at most 1024 characters");
    }
}

void check_speech(const std::optional<Speech>& speech) {
    if (!speech) return;
    if (count_characters(speech->ssml) > max_speech || count_characters(speech->text) > max_speech) {
        throw InvalidResponse("the speech has more than 8000 characters");
    }
}

void check_card(const Card& card) {
    if (const auto* simple = std::get_if<SimpleCard>(&card)) check_card_text({simple->title, simple->content});
    const auto* standard = std::get_if<StandardCard>(&card);
    if (standard == nullptr) return;
    const auto image = standard->image.value_or(CardImage{});
    check_card_text({standard->title, standard->text, image.small_image_url, image.large_image_url});
    check_image(image.small_image_url);
    check_image(image.large_image_url);
}

void check_directives(const std::vector<Directive>& directives) {
    for (const auto& directive : directives) {
        const auto* play = std::get_if<audio_player::Play>(&directive);
        if (play != nullptr && play->audio_item && play->audio_item->stream) check_stream(*play->audio_item->stream);
    }
}

}  // namespace

void check_limits(const Response& response) {
    check_speech(response.output_speech);
    if (response.card) check_card(*response.card);
    check_directives(response.directives);
    if (!response.reprompt) return;
    check_speech(response.reprompt->output_speech);
    check_directives(response.reprompt->directives);
}

}  // namespace symbolon::skill
