#include "voice/skill.hpp"

#include <boost/json/array.hpp>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

/// The value at a path of member names; null when a part is missing.
const json::value* find(const json::object& root, std::initializer_list<std::string_view> path) {
    const json::object* object = &root;
    const json::value* found = nullptr;
    for (const auto name : path) {
        if (object == nullptr) return nullptr;
        found = object->if_contains(name);
        object = found != nullptr ? found->if_object() : nullptr;
    }
    return found;
}

std::string text_at(const json::object& root, std::initializer_list<std::string_view> path) {
    const auto* found = find(root, path);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

const json::object* first_locale(const json::object& manifest, std::string* name) {
    const auto* locales = find(manifest, {"publishingInformation", "locales"});
    if (locales == nullptr || !locales->is_object() || locales->get_object().empty()) return nullptr;
    const auto& first = *locales->get_object().begin();
    if (name != nullptr) *name = first.key();
    return first.value().if_object();
}

}  // namespace

std::string Skill::name() const {
    const auto* locale = first_locale(manifest, nullptr);
    const auto found = locale != nullptr ? text_at(*locale, {"name"}) : std::string{};
    return found.empty() ? id : found;
}

std::string Skill::endpoint() const {
    return text_at(manifest, {"apis", "custom", "endpoint", "uri"});
}

std::string Skill::locale() const {
    std::string name = "en-US";
    first_locale(manifest, &name);
    return name;
}

std::vector<std::string> Skill::example_phrases() const {
    std::vector<std::string> out;
    const auto* locale = first_locale(manifest, nullptr);
    const auto* phrases = locale != nullptr ? find(*locale, {"examplePhrases"}) : nullptr;
    if (phrases == nullptr || !phrases->is_array()) return out;
    for (const auto& phrase : phrases->get_array()) {
        if (phrase.is_string()) out.emplace_back(phrase.get_string());
    }
    return out;
}

}  // namespace symbolon::voice
