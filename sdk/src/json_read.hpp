#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string_view>

/// Tolerant reading of the platform's JSON: a member that is missing, null or of another type than expected is absent,
/// since the platform adds and changes members without notice.
namespace symbolon::skill {

inline const boost::json::object* find_object(const boost::json::object& in, std::string_view name) {
    const auto* value = in.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

inline const boost::json::array* find_array(const boost::json::object& in, std::string_view name) {
    const auto* value = in.if_contains(name);
    return value == nullptr ? nullptr : value->if_array();
}

/// The member's text, which lives as long as the object; nothing when it is absent or empty.
inline std::optional<std::string_view> find_text(const boost::json::object& in, std::string_view name) {
    const auto* value = in.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    if (text == nullptr || text->empty()) return std::nullopt;
    return std::string_view(text->data(), text->size());
}

inline std::string_view text_or_empty(const boost::json::object& in, std::string_view name) {
    return find_text(in, name).value_or(std::string_view{});
}

}  // namespace symbolon::skill
