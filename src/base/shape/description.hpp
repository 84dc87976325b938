#pragma once

#include "base/shape/codec.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon {

/// What decode() takes for a type, as data: for what is made from the requests' structs without knowing them (a file in
/// their shapes, tests of all of them). There is one of each type, for as long as the process.
struct Description {
    enum class Kind { text, number, flag, choice, time, document, list, map, structure };
    struct Member {
        std::string_view name;
        bool required = false;
        const Description* type = nullptr;
    };

    Kind kind = Kind::text;
    std::int64_t min = no_minimum;         ///< of a length, a value or a size
    std::int64_t max = no_maximum;         ///< no_maximum: none
    std::string_view pattern = {};         ///< of a text, as messages show it
    bool sensitive = false;                ///< messages do not repeat the value
    std::string choices = {};              ///< of a choice: `A, B`
    const Description* element = nullptr;  ///< of a list; of a map's values
    std::vector<Member> members = {};      ///< of a structure, in their order

    /// Null when the structure has no member of that name.
    const Member* find(std::string_view name) const {
        const auto found =
            std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.name == name; });
        return found == members.end() ? nullptr : &*found;
    }
};

template <class T>
const Description& description_of();

namespace codec {

template <class T>
struct Bare {
    using type = T;
};
template <class T>
struct Bare<std::optional<T>> {
    using type = T;
};

inline std::int64_t to_maximum(std::size_t declared) {
    return declared == 0 ? no_maximum : static_cast<std::int64_t>(declared);
}

template <Described T>
std::vector<Description::Member> describe_members_of() {
    std::vector<Description::Member> out;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Target = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        out.push_back({member.name, !is_optional<Target>, &description_of<typename Bare<Target>::type>()});
    });
    return out;
}

template <class T>
Description make_description() {
    using Kind = Description::Kind;
    Description out{.sensitive = is_sensitive<T>()};
    if constexpr (TextShape<T>) {
        out.min = static_cast<std::int64_t>(T::min);
        out.max = to_maximum(T::max);
        out.pattern = T::pattern_text;
    } else if constexpr (NumberShape<T>) {
        out.kind = Kind::number;
        out.min = T::min;
        out.max = T::max;
    } else if constexpr (Choice<T>) {
        out.kind = Kind::choice;
        out.choices = list_names<T>();
    } else if constexpr (std::is_same_v<T, std::string>) {
        out.min = 0;
    } else if constexpr (std::is_same_v<T, bool>) {
        out.kind = Kind::flag;
    } else if constexpr (std::is_same_v<T, int> || std::is_same_v<T, std::int64_t>) {
        out.kind = Kind::number;
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        out.kind = Kind::time;
    } else if constexpr (std::is_same_v<T, boost::json::value>) {
        out.kind = Kind::document;
    } else if constexpr (ListShape<T>) {
        out.kind = Kind::list;
        out.min = static_cast<std::int64_t>(T::min);
        out.max = to_maximum(T::max);
        out.element = &description_of<typename T::value_type>();
    } else if constexpr (is_vector<T>) {
        out.kind = Kind::list;
        out.element = &description_of<typename T::value_type>();
    } else if constexpr (is_map<T>) {
        out.kind = Kind::map;
        out.element = &description_of<typename T::mapped_type>();
    } else {
        out.kind = Kind::structure;
        out.members = describe_members_of<T>();
    }
    return out;
}

}  // namespace codec

template <class T>
const Description& description_of() {
    static const Description made = codec::make_description<T>();
    return made;
}

}  // namespace symbolon
