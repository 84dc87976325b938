#include "voice/models/slot_value.hpp"

#include "voice/models/built_in_types.hpp"

#include <algorithm>

namespace symbolon::voice {

namespace {

constexpr double known_value = 0.95;
constexpr double parsed_value = 0.9;
constexpr double listed_value = 0.5;  ///< a list of the platform's that we do not have
constexpr double free_text = 0.4;
constexpr double search_phrase = 0.3;
constexpr std::size_t longest_free_text = 8;

std::string join_spoken(std::span<const Word> words) {
    std::string out;
    for (const auto& word : words) {
        if (!out.empty() && word.plain != "'s") out += ' ';
        out += word.spoken;
    }
    return out;
}

std::vector<ResolvedValue> find_values(const SlotType& type, const std::string& said) {
    std::vector<ResolvedValue> out;
    for (const auto& value : type.values) {
        const auto names = [&](const std::string& name) { return plain_text(name) == said; };
        if (names(value.name) || std::ranges::any_of(value.synonyms, names)) out.push_back({value.name, value.id});
    }
    return out;
}

/// What the model's type and the session's entities make of the words; the session's come first, as at the platform.
std::vector<Resolution> resolve(const Listening& listening, const std::string& type_name, const std::string& said) {
    std::vector<Resolution> out;
    const std::string authority = "amzn1.er-authority.echo-sdk.";
    for (const auto& type : listening.dynamic) {
        if (type.name != type_name) continue;
        out.push_back({authority + "dynamic." + listening.skill_id + "." + type_name, find_values(type, said)});
    }
    if (const auto* type = listening.model.find_type(type_name)) {
        out.push_back({authority + listening.skill_id + "." + type_name, find_values(*type, said)});
    }
    return out;
}

bool any_match(const std::vector<Resolution>& resolutions) {
    return std::ranges::any_of(resolutions, [](const Resolution& resolution) { return !resolution.values.empty(); });
}

/// The parts of "cheese, ham and olives". One part: it is no list.
std::vector<std::span<const Word>> split_list(std::span<const Word> words, std::string_view conjunction) {
    std::vector<std::span<const Word>> out;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= words.size(); ++at) {
        if (at < words.size() && words[at].plain != conjunction) continue;
        if (at > begin) out.push_back(words.subspan(begin, at - begin));
        begin = at + 1;
    }
    return out;
}

}  // namespace

std::optional<SlotReading> read_slot_value(const Listening& listening, const IntentSlot& slot,
                                           std::span<const Word> words) {
    SlotReading out;
    out.slot.name = slot.name;
    out.slot.value = join_spoken(words);
    out.slot.resolutions = resolve(listening, slot.type, join_plain(words));
    if (any_match(out.slot.resolutions)) {
        out.weight = known_value;
        return out;
    }
    const auto kind = slot.type.starts_with("AMAZON.") ? kind_of(slot.type) : BuiltInKind::list;
    if (kind == BuiltInKind::parsed) {
        out.slot.value = read_built_in(slot.type, words, language_of(listening.locale), listening.now);
        out.weight = parsed_value;
        return out.slot.value ? std::optional(std::move(out)) : std::nullopt;
    }
    if (slot.several) {
        const auto parts = split_list(words, language_of(listening.locale).conjunction);
        for (const auto& part : parts) {
            if (parts.size() > 1) out.slot.list.push_back(join_spoken(part));
        }
    }
    if (kind == BuiltInKind::phrase) {
        out.weight = search_phrase;
        return out;
    }
    if (words.size() > longest_free_text) return std::nullopt;
    out.weight = slot.type.starts_with("AMAZON.") ? listed_value : free_text;
    return out;
}

}  // namespace symbolon::voice
