#pragma once

#include <string>
#include <system_error>

namespace symbolon::net {

/// An address that cannot be listened on.
class ListenError : public std::system_error {
public:
    /// `address`: "127.0.0.1:8400".
    ListenError(std::error_code code, const std::string& address)
        : std::system_error(code, "cannot listen on " + address) {}
};

}  // namespace symbolon::net
