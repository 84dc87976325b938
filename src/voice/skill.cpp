#include "voice/skill.hpp"

#include "voice/models/json_read.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <initializer_list>

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

const json::object* locales_of(const json::object& manifest) {
    const auto* locales = find(manifest, {"publishingInformation", "locales"});
    const auto* object = locales != nullptr ? locales->if_object() : nullptr;
    return object != nullptr && !object->empty() ? object : nullptr;
}

/// What the manifest says in a locale, or in its first; null when it has none.
const json::object* localized(const json::object& manifest, std::string_view locale) {
    const auto* locales = locales_of(manifest);
    if (locales == nullptr) return nullptr;
    const auto* exact = locale.empty() ? nullptr : locales->if_contains(locale);
    return exact != nullptr ? exact->if_object() : locales->begin()->value().if_object();
}

/// True when the list at `path` holds an object whose `member` is `text`.
bool lists(const json::object& root, std::initializer_list<std::string_view> path, std::string_view member,
           std::string_view text) {
    const auto* list = find(root, path);
    if (list == nullptr || !list->is_array()) return false;
    return std::ranges::any_of(list->get_array(), [&](const json::value& item) {
        return item.is_object() && text_of(item.get_object(), member) == text;
    });
}

}  // namespace

std::string Skill::name(std::string_view locale) const {
    const auto* local = localized(manifest, locale);
    const auto found = local != nullptr ? text_of(*local, "name") : std::string{};
    return found.empty() ? id : found;
}

std::string Skill::endpoint() const {
    return text_at(manifest, "/apis/custom/endpoint/uri");
}

std::string Skill::smart_home_endpoint() const {
    return text_at(manifest, "/apis/smartHome/endpoint/uri");
}

std::string Skill::events_endpoint() const {
    const auto own = text_at(manifest, "/events/endpoint/uri");
    return own.empty() ? endpoint() : own;
}

bool Skill::subscribes(std::string_view event_name) const {
    return lists(manifest, {"events", "subscriptions"}, "eventName", event_name);
}

bool Skill::has_permission(std::string_view name) const {
    return lists(manifest, {"permissions"}, "name", name);
}

bool Skill::has_interface(std::string_view type) const {
    return lists(manifest, {"apis", "custom", "interfaces"}, "type", type);
}

std::string Skill::locale() const {
    const auto* all = locales_of(manifest);
    return all != nullptr ? std::string(all->begin()->key()) : "en-US";
}

std::vector<std::string> Skill::locales() const {
    std::vector<std::string> out;
    const auto* all = locales_of(manifest);
    if (all == nullptr) return out;
    for (const auto& locale : *all) out.emplace_back(locale.key());
    return out;
}

std::vector<std::string> Skill::example_phrases(std::string_view locale) const {
    std::vector<std::string> out;
    const auto* local = localized(manifest, locale);
    const auto* phrases = local != nullptr ? find(*local, {"examplePhrases"}) : nullptr;
    if (phrases == nullptr || !phrases->is_array()) return out;
    for (const auto& phrase : phrases->get_array()) {
        if (phrase.is_string()) out.emplace_back(phrase.get_string());
    }
    return out;
}

}  // namespace symbolon::voice
