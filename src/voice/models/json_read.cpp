#include "voice/models/json_read.hpp"

namespace symbolon::voice {

namespace json = boost::json;

namespace {

const json::array* array_of(const json::object& in, std::string_view name) {
    const auto* found = in.if_contains(name);
    return found != nullptr ? found->if_array() : nullptr;
}

}  // namespace

std::string text_of(const json::object& in, std::string_view name) {
    const auto* found = in.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

std::string text_at(const json::object& in, std::string_view pointer) {
    const json::object* object = &in;
    while (object != nullptr && pointer.starts_with('/')) {
        pointer.remove_prefix(1);
        const auto slash = pointer.find('/');
        if (slash == std::string_view::npos) return text_of(*object, pointer);
        object = object_of(*object, pointer.substr(0, slash));
        pointer.remove_prefix(slash);
    }
    return {};
}

bool flag_of(const json::object& in, std::string_view name) {
    const auto* found = in.if_contains(name);
    return found != nullptr && found->is_bool() && found->get_bool();
}

const json::object* object_of(const json::object& in, std::string_view name) {
    const auto* found = in.if_contains(name);
    return found != nullptr ? found->if_object() : nullptr;
}

std::vector<const json::object*> objects_of(const json::object& in, std::string_view name) {
    std::vector<const json::object*> out;
    const auto* list = array_of(in, name);
    if (list == nullptr) return out;
    for (const auto& item : *list) {
        if (item.is_object()) out.push_back(&item.get_object());
    }
    return out;
}

std::vector<std::string> texts_of(const json::object& in, std::string_view name) {
    std::vector<std::string> out;
    const auto* list = array_of(in, name);
    if (list == nullptr) return out;
    for (const auto& item : *list) {
        if (item.is_string()) out.emplace_back(item.get_string());
    }
    return out;
}

}  // namespace symbolon::voice
