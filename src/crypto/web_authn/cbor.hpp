#pragma once

#include "base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// The part of CBOR (RFC 8949) that authenticators write: integers, byte and text strings, arrays, maps, true, false
/// and null, all of definite length and in the shortest form. Private to the folder.
namespace symbolon::crypto::web_authn::cbor {

struct Value;

using Array = std::vector<Value>;
using Entries = std::vector<std::pair<Value, Value>>;
struct Map {
    Entries entries;  ///< as they came; no key is there twice
};
struct Null {};

/// A data item. Strings are views into what was parsed.
struct Value {
    std::variant<Null, bool, std::int64_t, ByteView, std::string_view, Array, Map> item;

    /// Null when it is of another type.
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&item); }
    const ByteView* bytes() const { return std::get_if<ByteView>(&item); }
    const std::string_view* text() const { return std::get_if<std::string_view>(&item); }
    const Array* array() const { return std::get_if<Array>(&item); }
    const Map* map() const { return std::get_if<Map>(&item); }

    /// A member of a map; null when there is none, or this is no map.
    const Value* find(std::string_view key) const;
    const Value* find(std::int64_t key) const;
    /// Typed members; null when there is none of that type.
    const std::int64_t* find_integer(std::int64_t key) const;
    const ByteView* find_bytes(std::int64_t key) const;
    const std::int64_t* find_integer(std::string_view key) const;
    const ByteView* find_bytes(std::string_view key) const;
};

inline constexpr std::size_t max_depth = 8;
inline constexpr std::size_t max_items = 512;  ///< in all, so that hostile input costs no more than that

struct Parsed {
    Value value;
    std::size_t size = 0;  ///< of its encoding
};

/// The data item that the bytes begin with; nothing when there is none of the accepted kind, it is nested too deeply,
/// has too many items, a map key that is neither integer nor text, or one twice.
std::optional<Parsed> parse_first(ByteView bytes);
/// The same, with nothing behind it.
std::optional<Value> parse(ByteView bytes);

}  // namespace symbolon::crypto::web_authn::cbor
