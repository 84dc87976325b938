#pragma once

#include "symbolon/skill/access_token.hpp"
#include "wire_name.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// The platform's JSON to described structs and back. It adds and changes members without notice, so there is one rule:
/// a member that we do not know, or whose value does not fit its type (another kind, a new word of an enumeration,
/// null), stays as it is in the struct's `unknown` and is written again. An empty member (a text, a list, an object) is
/// an absent one; std::optional tells an empty object from an absent one. So whatever is read is written again the
/// same. The JSON is taken apart in reading; the structs keep nothing of its storage, which may be anywhere. What is
/// written is made in the storage that is given.
namespace symbolon::skill::codec {

namespace json = boost::json;

template <class T>
concept Described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class T>
inline constexpr bool is_map<std::map<std::string, T, std::less<>>> = true;
template <class T>
inline constexpr bool is_json =
    std::is_same_v<T, json::value> || std::is_same_v<T, json::object> || std::is_same_v<T, json::array>;

template <class T>
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;

template <Described T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class Member>
inline constexpr auto camel_case = to_camel_case<std::string_view(Member::name).size()>(Member::name);
template <class Enumerator>
inline constexpr auto upper_case = to_upper_case<std::string_view(Enumerator::name).size()>(Enumerator::name);

/// A struct may name its members itself: `constexpr std::string_view wire_name(const Struct*, std::string_view
/// member)`, beside it, returns nothing for those that follow the rule.
template <class T, class Member>
constexpr std::string_view name_of() {
    if constexpr (requires { wire_name(static_cast<const T*>(nullptr), std::string_view{}); }) {
        constexpr std::string_view given = wire_name(static_cast<const T*>(nullptr), Member::name);
        if constexpr (!given.empty()) return given;
    }
    return camel_case<Member>;
}

template <class E>
    requires std::is_enum_v<E>
std::string_view to_word(E value) {
    std::string_view word;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
        if (enumerator.value == value) word = std::string_view(upper_case<decltype(enumerator)>);
    });
    return word;
}

template <class E>
    requires std::is_enum_v<E>
std::optional<E> find_word(std::string_view word) {
    std::optional<E> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
        if (word == std::string_view(upper_case<decltype(enumerator)>)) found = enumerator.value;
    });
    return found;
}

inline std::string_view view(const json::string& text) {
    return {text.data(), text.size()};
}

/// Whether an empty text, list or object is a value (an element of a list, a std::optional) or none.
enum class Empty { is_absent, is_a_value };

/// Beyond it a double no longer tells whole numbers apart.
inline constexpr std::int64_t max_exact = std::int64_t{1} << 53U;

inline bool is_exact_double(const json::value& in) {
    if (in.is_double()) return true;
    return in.is_int64() && in.get_int64() <= max_exact && in.get_int64() >= -max_exact;
}

/// Whether take() can take all of it, but for entries of maps.
template <class T>
bool fits(const json::value& in, Empty empty) {
    const bool any = empty == Empty::is_a_value;
    if constexpr (is_optional<T>) {
        using Value = typename T::value_type;
        return fits<Value>(in, std::is_same_v<Value, std::string> ? Empty::is_absent : Empty::is_a_value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return in.is_string() && (any || !in.get_string().empty());
    } else if constexpr (std::is_same_v<T, AccessToken>) {
        return in.is_string() && !in.get_string().empty();
    } else if constexpr (std::is_same_v<T, bool>) {
        return in.is_bool();
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return in.is_int64();
    } else if constexpr (std::is_same_v<T, double>) {
        return is_exact_double(in);
    } else if constexpr (std::is_same_v<T, json::value>) {
        return !in.is_null();
    } else if constexpr (std::is_enum_v<T>) {
        return in.is_string() && find_word<T>(view(in.get_string())).has_value();
    } else if constexpr (is_vector<T>) {
        return in.is_array() && (any || !in.get_array().empty()) &&
               std::ranges::all_of(in.get_array(), [](const json::value& item) {
                   return fits<typename T::value_type>(item, Empty::is_a_value);
               });
    } else if constexpr (std::is_same_v<T, json::array>) {
        return in.is_array() && (any || !in.get_array().empty());
    } else {
        return in.is_object() && (any || !in.get_object().empty());
    }
}

template <class T>
void take(json::value& in, T& out);

/// Defaults are for those who make a struct; of what is read, an absent member stays absent.
template <class T>
void clear(T& out) {
    if constexpr (Described<T>) {
        boost::mp11::mp_for_each<Members<T>>([&](auto member) { clear(out.*member.pointer); });
    } else {
        out = T{};
    }
}

/// False when something of it is left: the struct has no place for the member, or not for all of its value.
template <Described T>
bool take_member(std::string_view name, json::value& value, T& out) {
    bool taken = false;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        auto& target = out.*member.pointer;
        using Target = std::remove_reference_t<decltype(target)>;
        constexpr std::string_view wanted = name_of<T, decltype(member)>();
        if (name != wanted || !fits<Target>(value, Empty::is_absent)) return;
        take(value, target);
        taken = !is_map<Target> || value.get_object().empty();
    });
    return taken;
}

/// Takes whatever the struct has a place for; the rest becomes its `unknown`.
template <Described T>
void read_members(json::object& in, T& out) {
    clear(out);
    for (auto& [name, value] : in) {
        if (!take_member(name, value, out)) out.unknown.emplace(name, std::move(value));
    }
}

template <Described T>
T read_members(json::object in) {
    T out;
    read_members(in, out);
    return out;
}

/// Reads the alternative whose `type` it is. The first alternative of the variant is for all other types: it gets the
/// members as they are.
template <class Variant>
void read_alternative(std::string_view type, json::object& in, Variant& out) {
    using Other = boost::mp11::mp_first<Variant>;
    using Known = boost::mp11::mp_rest<boost::mp11::mp_transform<std::type_identity, Variant>>;
    bool found = false;
    boost::mp11::mp_for_each<Known>([&](auto kind) {
        using Alternative = typename decltype(kind)::type;
        if (found || type != Alternative::type) return;
        read_members(in, out.template emplace<Alternative>());
        found = true;
    });
    if (!found) out.template emplace<Other>().unknown = std::move(in);
}

/// The same, of an object that says its own type.
template <class Variant>
void read_tagged(json::object& in, Variant& out) {
    const auto* tag = in.if_contains("type");
    const std::string type = tag != nullptr && tag->is_string() ? std::string(view(tag->get_string())) : std::string{};
    read_alternative(type, in, out);
    if (out.index() != 0) std::visit([](auto& alternative) { alternative.unknown.erase("type"); }, out);
}

/// Entries that do not fit are left.
template <class Map>
void take_entries(json::object& in, Map& out) {
    using Value = typename Map::mapped_type;
    out.clear();
    json::object rest(in.storage());
    for (auto& [key, value] : in) {
        if (fits<Value>(value, Empty::is_a_value))
            take(value, out[std::string(key)]);
        else
            rest.emplace(key, std::move(value));
    }
    in = std::move(rest);
}

/// What fits() has found to fit.
template <class T>
void take(json::value& in, T& out) {
    if constexpr (std::is_same_v<T, std::optional<AccessToken>>) {  // which is never empty
        out.emplace(std::string(view(in.get_string())));
    } else if constexpr (is_optional<T>) {
        take(in, out.emplace());
    } else if constexpr (std::is_same_v<T, std::string>) {
        out = view(in.get_string());
    } else if constexpr (std::is_same_v<T, double>) {
        out = in.is_double() ? in.get_double() : static_cast<double>(in.get_int64());
    } else if constexpr (std::is_same_v<T, bool>) {
        out = in.get_bool();
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        out = in.get_int64();
    } else if constexpr (std::is_enum_v<T>) {
        out = *find_word<T>(view(in.get_string()));
    } else if constexpr (std::is_same_v<T, json::value>) {
        out = std::move(in);
    } else if constexpr (std::is_same_v<T, json::object>) {
        out = std::move(in.get_object());
    } else if constexpr (std::is_same_v<T, json::array>) {
        out = std::move(in.get_array());
    } else if constexpr (is_vector<T>) {
        out.clear();
        out.reserve(in.get_array().size());
        for (auto& item : in.get_array()) take(item, out.emplace_back());
    } else if constexpr (is_map<T>) {
        take_entries(in.get_object(), out);
    } else if constexpr (is_variant<T>) {
        read_tagged(in.get_object(), out);
    } else {
        read_members(in.get_object(), out);
    }
}

template <class T>
json::value write(const T& in, const json::storage_ptr& storage = {});

/// The empty members are left out, and what was not known is put back.
template <Described T>
json::object write_members(const T& in, const json::storage_ptr& storage = {}) {
    json::object out(in.unknown, storage);
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        const auto& source = in.*member.pointer;
        using Source = std::remove_cvref_t<decltype(source)>;
        constexpr std::string_view name = name_of<T, decltype(member)>();
        if constexpr (is_optional<Source>) {
            if (source) out[name] = write(*source, storage);
        } else if constexpr (is_map<Source>) {
            if (source.empty()) return;
            auto& slot = out[name];
            if (!slot.is_object()) slot.emplace_object();
            for (const auto& [key, value] : source) slot.get_object()[key] = write(value, storage);
        } else if constexpr (std::is_same_v<Source, json::value>) {
            if (!source.is_null()) out[name] = source;
        } else if constexpr (Described<Source>) {
            auto object = write_members(source, storage);
            if (!object.empty()) out[name] = std::move(object);
        } else {
            if (!source.empty()) out[name] = write(source, storage);
        }
    });
    return out;
}

/// With its `type`, but for the alternative that keeps it among its members.
template <class Variant>
json::object write_tagged(const Variant& in, const json::storage_ptr& storage = {}) {
    return std::visit(
        [&](const auto& alternative) {
            using Alternative = std::remove_cvref_t<decltype(alternative)>;
            if constexpr (std::is_same_v<Alternative, boost::mp11::mp_first<Variant>>) {
                return json::object(alternative.unknown, storage);
            } else {
                auto out = write_members(alternative, storage);
                out["type"] = Alternative::type;
                return out;
            }
        },
        in);
}

/// Whole numbers are written as such: `60`, not `6E1`.
inline json::value write_number(double number) {
    if (number == std::floor(number) && std::abs(number) <= static_cast<double>(max_exact)) {
        return static_cast<std::int64_t>(number);
    }
    return number;
}

template <class T>
json::value write(const T& in, const json::storage_ptr& storage) {
    if constexpr (std::is_same_v<T, AccessToken>) {
        return json::value(in.reveal(), storage);
    } else if constexpr (std::is_same_v<T, double>) {
        return write_number(in);
    } else if constexpr (std::is_enum_v<T>) {
        return json::value(to_word(in), storage);
    } else if constexpr (is_vector<T>) {
        json::array out(storage);
        out.reserve(in.size());
        for (const auto& item : in) out.push_back(write(item, storage));
        return out;
    } else if constexpr (is_variant<T>) {
        return write_tagged(in, storage);
    } else if constexpr (Described<T>) {
        return write_members(in, storage);
    } else {
        return json::value(in, storage);
    }
}

}  // namespace symbolon::skill::codec
