#include "voice/talk/utterance.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_suggestions = 6;

/// Letters in lower case, punctuation left out, single spaces.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isspace(byte) != 0) {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else if (byte >= 0x80 || std::isalnum(byte) != 0) {
            out += static_cast<char>(std::tolower(byte));
        }
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

/// Calls `take(intent name, sample)` for every sample of the model, until it returns true.
void each_sample(const Skill& skill, const std::function<bool(const std::string&, const std::string&)>& take) {
    json::error_code absent;
    const json::value model(skill.model);
    const auto* intents = model.find_pointer("/languageModel/intents", absent);
    if (intents == nullptr || !intents->is_array()) return;
    for (const auto& intent : intents->get_array()) {
        const auto* object = intent.if_object();
        const auto* name = object != nullptr ? object->if_contains("name") : nullptr;
        const auto* samples = object != nullptr ? object->if_contains("samples") : nullptr;
        if (name == nullptr || !name->is_string() || samples == nullptr || !samples->is_array()) continue;
        for (const auto& sample : samples->get_array()) {
            if (sample.is_string() && take(std::string(name->get_string()), std::string(sample.get_string()))) return;
        }
    }
}

bool launches(std::string_view said) {
    constexpr std::array<std::string_view, 4> openings{"open", "launch", "start", "begin"};
    if (said.empty()) return true;
    return std::any_of(openings.begin(), openings.end(), [&](std::string_view opening) {
        return said == opening || (said.starts_with(opening) && said[opening.size()] == ' ');
    });
}

}  // namespace

Understood understand(const Skill& skill, std::string_view utterance) {
    const auto said = plain(utterance);
    if (launches(said)) return {Understood::Kind::launch, {}};
    Understood out{Understood::Kind::intent, {}};
    each_sample(skill, [&](const std::string& intent, const std::string& sample) {
        if (plain(sample) == said) out.intent = intent;
        return !out.intent.empty();
    });
    if (!out.intent.empty()) return out;
    if (said == "help") out.intent = "AMAZON.HelpIntent";
    if (said == "stop") out.intent = "AMAZON.StopIntent";
    if (said == "cancel") out.intent = "AMAZON.CancelIntent";
    if (out.intent.empty()) out.intent = "AMAZON.FallbackIntent";
    return out;
}

std::vector<std::string> suggestions(const Skill& skill) {
    std::vector<std::string> out{"open " + plain(skill.name())};
    const auto add = [&](const std::string& phrase) {
        const bool known =
            std::any_of(out.begin(), out.end(), [&](const auto& o) { return plain(o) == plain(phrase); });
        if (!known && out.size() < most_suggestions) out.push_back(phrase);
    };
    for (const auto& phrase : skill.example_phrases()) add(phrase);
    each_sample(skill, [&](const std::string&, const std::string& sample) {
        add(sample);
        return out.size() >= most_suggestions;
    });
    return out;
}

}  // namespace symbolon::voice
