#include "voice/models/built_in_types.hpp"

#include <algorithm>
#include <array>

namespace symbolon::voice {

namespace {

using Reader = std::optional<std::string> (*)(std::span<const Word>, const Language&, Instant);

template <auto read>
std::optional<std::string> timeless(std::span<const Word> words, const Language& language, Instant) {
    return read(words, language);
}

struct ParsedType {
    std::string_view name;
    Reader read;
};

constexpr std::array<ParsedType, 7> parsed_types{{{"AMAZON.NUMBER", timeless<read_number>},
                                                  {"AMAZON.FOUR_DIGIT_NUMBER", timeless<read_four_digits>},
                                                  {"AMAZON.Ordinal", timeless<read_ordinal>},
                                                  {"AMAZON.PhoneNumber", timeless<read_phone_number>},
                                                  {"AMAZON.DATE", read_date},
                                                  {"AMAZON.TIME", read_time},
                                                  {"AMAZON.DURATION", timeless<read_duration>}}};

const ParsedType* find_parsed(std::string_view type) {
    const auto found = std::ranges::find(parsed_types, type, &ParsedType::name);
    return found != parsed_types.end() ? &*found : nullptr;
}

}  // namespace

BuiltInKind kind_of(std::string_view type) {
    if (type == "AMAZON.SearchQuery") return BuiltInKind::phrase;
    return find_parsed(type) != nullptr ? BuiltInKind::parsed : BuiltInKind::list;
}

std::optional<std::string> read_built_in(std::string_view type, std::span<const Word> words, const Language& language,
                                         Instant now) {
    const auto* found = find_parsed(type);
    return found != nullptr && !words.empty() ? found->read(words, language, now) : std::nullopt;
}

}  // namespace symbolon::voice
