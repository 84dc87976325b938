#pragma once

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "base/shape/list.hpp"
#include "base/shape/number.hpp"
#include "base/shape/problems.hpp"
#include "base/shape/scalar.hpp"
#include "base/shape/text.hpp"

#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// Described structs to JSON objects and back. A member of a BOOST_DESCRIBE_STRUCT is named as on the wire and is of
/// one of these types: bool, int, int64, std::string, Text, Number, a Choice enum, Timestamp, boost::json::value (a
/// document as it comes), another described struct, std::vector and List of those, std::map from std::string or Text to
/// those, and std::optional of all of them. A plain member is required, an optional one is not; JSON null is absence.
/// A member that stands for a C++ keyword or differs from its wire name is not supported: the wire name is the name.

namespace symbolon {

/// A struct that the codec can read and write.
template <class T>
concept Described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

namespace codec {

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
template <class K, class T>
inline constexpr bool is_map<std::map<K, T>> = true;

/// Public members, those of described bases first.
template <Described T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

/// Types whose constraint is reported at the list or map that holds them, not at the element.
template <class T>
inline constexpr bool is_scalar = TextShape<T> || NumberShape<T> || Choice<T> || std::is_same_v<T, std::string>;

template <class T>
constexpr bool is_sensitive() {
    if constexpr (TextShape<T>)
        return T::sensitive;
    else if constexpr (ListShape<T>)
        return is_sensitive<typename T::value_type>();
    else
        return false;
}

/// All constraints of a scalar type, as `Member must satisfy constraint: […]` lists them.
template <class T>
std::string constraints_of() {
    if constexpr (TextShape<T>)
        return list_constraints(T::rule);
    else if constexpr (NumberShape<T>)
        return list_constraints(T::min, T::max);
    else if constexpr (Choice<T>)
        return choice_constraint(list_names<T>());
    else
        return {};
}

/// Reads a scalar; false when it breaks its constraint. Then, if `problems` is given, they say so at `path`.
template <class T>
bool read_scalar(const boost::json::value& in, T& out, const Path& path, Problems* problems) {
    if constexpr (std::is_same_v<T, std::string>) {
        out = read_string(in);
    } else if constexpr (TextShape<T>) {
        out = T(read_string(in));
        return check(out.str(), T::rule, path, problems);
    } else if constexpr (NumberShape<T>) {
        out = T(read_integer(in, no_minimum, no_maximum));
        return check(out.get(), T::min, T::max, path, problems);
    } else {
        const std::string_view name = view_string(in);
        if (const auto found = parse_choice<T>(name)) {
            out = *found;
        } else {
            if (problems) problems->add(path.str(), name, choice_constraint(list_names<T>()));
            return false;
        }
    }
    return true;
}

template <Described T>
void read_members(const boost::json::object& in, T& out, const Path* path, Problems& problems);

template <class T>
void read(const boost::json::value& in, T& out, const Path& path, Problems& problems);

template <class T>
void read_items(const boost::json::value& in, std::vector<T>& out, const Path& path, Problems& problems) {
    const boost::json::array& items = read_array(in);
    out.reserve(items.size());
    bool valid = true;
    for (const auto& item : items) {
        if (item.is_null()) continue;
        T value{};
        if constexpr (is_scalar<T>) {
            valid = read_scalar(item, value, path, nullptr) && valid;
        } else {
            const Path element{&path, {}, out.size() + 1};
            read(item, value, element, problems);
        }
        out.push_back(std::move(value));
    }
    if (!valid)
        add_element_problem(in, "Member must satisfy constraint: [", constraints_of<T>(), is_sensitive<T>(), path,
                            problems);
}

template <class K, class T>
void read_entries(const boost::json::value& in, std::map<K, T>& out, const Path& path, Problems& problems) {
    bool valid_keys = true;
    bool valid_values = true;
    for (const auto& [key, item] : read_object(in)) {
        if (item.is_null()) continue;
        K name{std::string(key)};
        if constexpr (TextShape<K>) valid_keys = check(name.str(), K::rule, path, nullptr) && valid_keys;
        T value{};
        if constexpr (is_scalar<T>) {
            valid_values = read_scalar(item, value, path, nullptr) && valid_values;
        } else {
            const Path entry{&path, key, 0};
            read(item, value, entry, problems);
        }
        out.insert_or_assign(std::move(name), std::move(value));
    }
    if (!valid_keys)
        add_element_problem(in, "Map keys must satisfy constraint: [", constraints_of<K>(), is_sensitive<T>(), path,
                            problems);
    if (!valid_values)
        add_element_problem(in, "Map value must satisfy constraint: [", constraints_of<T>(), is_sensitive<T>(), path,
                            problems);
}

template <class T>
void read(const boost::json::value& in, T& out, const Path& path, Problems& problems) {
    if constexpr (is_scalar<T>) {
        read_scalar(in, out, path, &problems);
    } else if constexpr (std::is_same_v<T, bool>) {
        out = read_bool(in);
    } else if constexpr (std::is_same_v<T, int> || std::is_same_v<T, std::int64_t>) {
        out = static_cast<T>(read_integer(in, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        out = read_timestamp(in);
    } else if constexpr (std::is_same_v<T, boost::json::value>) {
        out = in;
    } else if constexpr (is_vector<T>) {
        read_items(in, out, path, problems);
    } else if constexpr (ListShape<T>) {
        std::vector<typename T::value_type> items;
        check_size(read_array(in).size(), T::min, T::max, in, is_sensitive<T>(), path, problems);
        read_items(in, items, path, problems);
        out = T(std::move(items));
    } else if constexpr (is_map<T>) {
        read_entries(in, out, path, problems);
    } else {
        static_assert(Described<T>, "the codec does not know this type");
        read_members(read_object(in), out, &path, problems);
    }
}

template <Described T>
void read_members(const boost::json::object& in, T& out, const Path* parent, Problems& problems) {
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        auto& target = out.*member.pointer;
        using Target = std::remove_reference_t<decltype(target)>;
        const Path path{parent, member.name, 0};
        const boost::json::value* found = in.if_contains(member.name);
        if (found && found->is_null()) found = nullptr;
        if constexpr (is_optional<Target>) {
            target.reset();
            if (found) read(*found, target.emplace(), path, problems);
        } else if (found) {
            read(*found, target, path, problems);
        } else {
            problems.add_missing(path.str(), is_sensitive<Target>());
        }
    });
}

template <class T>
boost::json::value write(const T& in);

template <Described T>
boost::json::object write_members(const T& in) {
    boost::json::object out;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        const auto& source = in.*member.pointer;
        if constexpr (is_optional<std::remove_cvref_t<decltype(source)>>) {
            if (source) out.emplace(member.name, write(*source));
        } else {
            out.emplace(member.name, write(source));
        }
    });
    return out;
}

template <class T>
boost::json::value write(const T& in) {
    if constexpr (TextShape<T>) {
        return boost::json::value(in.str());
    } else if constexpr (NumberShape<T>) {
        return boost::json::value(in.get());
    } else if constexpr (Choice<T>) {
        return boost::json::value(to_name(in));
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        return write_timestamp(in);
    } else if constexpr (is_vector<T> || ListShape<T>) {
        boost::json::array out;
        out.reserve(in.size());
        for (const auto& item : in) out.push_back(write<typename T::value_type>(item));
        return out;
    } else if constexpr (is_map<T>) {
        boost::json::object out;
        for (const auto& [key, item] : in) {
            if constexpr (TextShape<typename T::key_type>)
                out.emplace(key.str(), write(item));
            else
                out.emplace(key, write(item));
        }
        return out;
    } else if constexpr (Described<T>) {
        return write_members(in);
    } else {
        return boost::json::value(in);
    }
}

}  // namespace codec

/// Reads a struct from a JSON object; adds every violated constraint to `problems`, in the order of the members. What
/// broke a constraint is in the result all the same: look at `problems` before using it.
/// Fails: invalid_json (a member has another JSON type). Spec: cognito-api 1.3, 1.4.
template <Described T>
T decode(const boost::json::object& in, Problems& problems) {
    T out{};
    codec::read_members(in, out, nullptr, problems);
    return out;
}

/// The same; fails when there is a problem. Fails: invalid_json, invalid_parameter (all problems in one message).
template <Described T>
T decode(const boost::json::object& in) {
    Problems problems;
    T out = decode<T>(in, problems);
    problems.throw_if_any();
    return out;
}

/// Writes a struct as a JSON object. Empty optionals are left out, never null.
template <Described T>
boost::json::object encode(const T& in) {
    return codec::write_members(in);
}

}  // namespace symbolon
