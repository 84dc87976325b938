#pragma once

#include "net/address.hpp"
#include "net/http.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::net {

/// The proxies whose word about the client is believed.
class TrustedProxies {
public:
    /// Fails: Error{invalid_parameter} for what is neither an address nor a block of addresses.
    explicit TrustedProxies(const std::vector<std::string>& blocks);

    bool trusts(const Address& address) const;
    /// Replaces client address, scheme and host of a request that came from a trusted proxy by what the proxies say in
    /// X-Forwarded-For, -Proto and -Host or in Forwarded (RFC 7239): the client is the right-most address that is not
    /// itself a trusted proxy. What is malformed is not believed. Neither is either family when both are sent and
    /// differ: a proxy that writes one of them would let the client write the other.
    void apply(Request& request) const;

private:
    /// What the proxies say; absent what they do not say.
    struct Origin {
        std::optional<std::string> client, scheme, host;
        friend bool operator==(const Origin&, const Origin&) = default;
    };

    Origin read_x_forwarded(const Headers& headers) const;
    Origin read_forwarded(const Headers& headers) const;

    std::vector<AddressBlock> blocks_;
};

}  // namespace symbolon::net
