#pragma once

#include <sys/socket.h>

namespace symbolon::net {

/// True for an IPv4 or IPv6 address of the public Internet. Looked at where the connection is made, so that a name
/// which resolves to something else the second time gains nothing.
bool is_public(const sockaddr& address);

/// socket(2) that child processes do not inherit; -1 when it fails.
int open_close_on_exec(int family, int type, int protocol);

}  // namespace symbolon::net
