#pragma once

#include "net/address.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::net {

/// One hop of a Forwarded field (RFC 7239 §4), values without their quotes; empty what it does not say.
struct ForwardedElement {
    std::string node, proto, host;  ///< for=, proto=, host=
};

/// The items of a comma-separated field, trimmed; commas in quoted strings do not separate. Empty items are left out.
std::vector<std::string_view> split_list(std::string_view value);
/// Nothing when the element is malformed or says something twice.
std::optional<ForwardedElement> parse_forwarded_element(std::string_view text);
/// The address of a node: "192.0.2.1", "192.0.2.1:4711", "[2001:db8::1]", "[2001:db8::1]:4711", "2001:db8::1". Nothing
/// for "unknown" and for hidden names.
std::optional<Address> parse_node(std::string_view text);

}  // namespace symbolon::net
