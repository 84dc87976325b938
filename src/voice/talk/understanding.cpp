#include "voice/models/built_in_intents.hpp"
#include "voice/models/language.hpp"
#include "voice/models/sample.hpp"
#include "voice/talk/session.hpp"

#include <algorithm>
#include <array>

namespace symbolon::voice {

using namespace std::string_view_literals;

namespace {

constexpr std::size_t most_suggestions = 6;
constexpr std::size_t most_considered = 5;

/// Words that open a skill, in the languages that the assistant speaks.
constexpr std::array openings{"open"sv,   "launch"sv,  "start"sv,  "begin"sv,    "use"sv,   "run"sv,
                              "ask"sv,    "tell"sv,    "öffne"sv,  "starte"sv,   "frage"sv, "ouvre"sv,
                              "lance"sv,  "demande"sv, "abre"sv,   "pregunta"sv, "apri"sv,  "avvia"sv,
                              "chiedi"sv, "abra"sv,    "inicie"sv, "pergunte"sv};
/// Between the skill's name and what is asked of it.
constexpr std::array connectors{"to"sv,      "for"sv,  "about"sv, "and"sv, "that"sv, "if"sv,
                                "whether"sv, "what"sv, "nach"sv,  "und"sv, "ob"sv,   "de"sv,
                                "para"sv,    "pour"sv, "di"sv,    "per"sv, "que"sv,  "che"sv};

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& list, const std::string& word) {
    return std::ranges::find(list, word) != list.end();
}

/// The words behind `name` at the front; nothing when they do not begin with it.
std::optional<std::vector<Word>> behind_name(const std::vector<Word>& words, std::string_view name) {
    const auto named = split_words(name);
    if (named.empty() || named.size() > words.size()) return std::nullopt;
    const auto same = [](const Word& a, const Word& b) { return a.plain == b.plain; };
    if (!std::equal(named.begin(), named.end(), words.begin(), same)) return std::nullopt;
    return std::vector<Word>(words.begin() + static_cast<std::ptrdiff_t>(named.size()), words.end());
}

/// What is asked of a skill that is called by its name: "ask pizza house for a pizza" → "a pizza"; empty for the name
/// alone. Nothing when the skill is not called.
std::optional<std::vector<Word>> asked_by_name(const Topic& topic, const std::vector<Word>& words) {
    if (words.empty()) return std::nullopt;
    auto rest = words;
    if (is_one_of(openings, rest.front().plain)) rest.erase(rest.begin());
    auto behind = behind_name(rest, topic.listening.model.invocation_name);
    if (!behind) behind = behind_name(rest, topic.skill.name(topic.locale));
    return behind;
}

Understood with_intents(std::vector<IntentMatch> matches) {
    Understood out{Understood::Kind::intent};
    for (auto& match : matches) {
        if (out.considered.size() < most_considered) out.considered.push_back(std::move(match.intent));
    }
    out.intent = out.considered.front();
    return out;
}

/// The intent of words that call no skill; nothing when none fits.
std::optional<Understood> find_intent(const Topic& topic, const std::vector<Word>& words) {
    auto matches = match_intents(topic.listening, words);
    const auto built_in = find_built_in_intent(join_plain(words), topic.locale);
    if (built_in && (matches.empty() || matches.front().score < 1)) {
        Understood out{Understood::Kind::intent};
        out.intent.name = *built_in;
        out.considered = {out.intent};
        return out;
    }
    if (matches.empty()) return std::nullopt;
    return with_intents(std::move(matches));
}

Understood fallback() {
    Understood out{Understood::Kind::intent};
    out.intent.name = "AMAZON.FallbackIntent";
    return out;
}

/// The intent of what stands behind the skill's name, with the connecting word or without.
std::optional<Understood> find_asked(const Topic& topic, const std::vector<Word>& words) {
    if (auto found = find_intent(topic, words)) return found;
    if (!is_one_of(connectors, words.front().plain)) return std::nullopt;
    return find_intent(topic, {words.begin() + 1, words.end()});
}

}  // namespace

Understood understand(const Topic& topic, std::string_view utterance, bool in_session) {
    const auto words = split_words(utterance);
    if (words.empty()) return {};
    if (!in_session && words.size() == 1 && is_one_of(openings, words.front().plain)) return {};
    if (in_session && leaves(join_plain(words))) return {Understood::Kind::leave};
    if (const auto asked = asked_by_name(topic, words)) {
        if (asked->empty()) return {};
        if (auto found = find_asked(topic, *asked)) return std::move(*found);
    }
    if (auto found = find_intent(topic, words)) return std::move(*found);
    return !in_session && is_one_of(openings, words.front().plain) ? Understood{} : fallback();
}

std::vector<std::string> suggestions(const Skill& skill, const InteractionModel& model, std::string_view locale) {
    const auto& name = model.invocation_name;
    const std::string open(language_of(locale).open);
    std::vector<std::string> out{open + " " + (name.empty() ? plain_text(skill.name(locale)) : name)};
    const auto add = [&](const std::string& phrase) {
        const auto same = [&](const std::string& other) { return plain_text(other) == plain_text(phrase); };
        if (out.size() < most_suggestions && std::ranges::none_of(out, same)) out.push_back(phrase);
    };
    for (const auto& phrase : skill.example_phrases(locale)) add(phrase);
    for (const auto& intent : model.intents) {
        for (const auto& sample : intent.samples) {
            if (sample.find('{') == std::string::npos) add(sample);
        }
    }
    return out;
}

}  // namespace symbolon::voice
