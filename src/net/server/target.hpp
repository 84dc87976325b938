#pragma once

#include "net/http.hpp"

#include <string_view>

namespace symbolon::net {

/// True for what may stand in a Host field: a name of letters, digits, '.', '-' and '_', an IPv4 address or a bracketed
/// IPv6 address, with or without a port. Narrower than RFC 3986 §3.2.2, which allows what no host is called.
bool is_authority(std::string_view text);

/// Fills path and query from the target. Accepted are origin-form, absolute-form whose authority is the Host field's
/// (RFC 9112 §3.2.2 lets the target win; where both are sent and differ, one of two parties is being fooled), and
/// asterisk-form for OPTIONS. False for anything else.
bool resolve_target(Request& request);

}  // namespace symbolon::net
