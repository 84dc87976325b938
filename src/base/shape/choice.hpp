#pragma once

#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace symbolon {

/// One of a closed set of words: an enum with BOOST_DESCRIBE_ENUM whose enumerators are the words on the wire,
/// verbatim.
template <class E>
concept Choice = std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value;

/// The word on the wire.
template <Choice E>
std::string_view to_name(E value) {
    return boost::describe::enum_to_string(value, "");
}

/// The enumerator of that exact name; nothing for any other text.
template <Choice E>
std::optional<E> parse_choice(std::string_view name) {
    std::optional<E> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
        if (name == enumerator.name) found = enumerator.value;
    });
    return found;
}

/// All words, as error messages list them: `A, B, C`.
template <Choice E>
std::string list_names() {
    std::string names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
        if (!names.empty()) names += ", ";
        names += enumerator.name;
    });
    return names;
}

}  // namespace symbolon
