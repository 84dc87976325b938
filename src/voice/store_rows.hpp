#pragma once

#include "base/bytes.hpp"
#include "crypto/seal.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

/// What the parts of the store have in common. Private to it.
namespace symbolon::voice {

inline constexpr std::string_view seal_purpose = "assistant";

/// A stored JSON object; an empty one for "".
boost::json::object parse_object(const std::string& text);
/// What a sealed value is bound to: the table and the key of its row.
std::string context_of(std::string_view table, std::string_view key);
/// Fails: Error{internal} when the value was sealed under another master key.
std::string open_row(const crypto::Sealer& sealer, const std::string& context, const Bytes& sealed);

}  // namespace symbolon::voice
