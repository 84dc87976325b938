#pragma once

#include "net/address.hpp"
#include "net/http.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::net {

/// "[::1]:8400" → "[::1]", "ok.example:8400" → "ok.example". A port is digits only, so a strange host stays whole and
/// equals none.
std::string_view without_port(std::string_view authority);
/// The authority of a URL, "ok.example:8400" of "https://ok.example:8400/path"; of a text without scheme, what it
/// begins with.
std::string_view authority_of(std::string_view url);
/// Scheme and authority of a URL in lower case, as browsers write an origin (RFC 6454 §6.2).
std::string origin_of(std::string_view url);

/// True when the browser says that a page of another origin sent the request (Sec-Fetch-Site, Fetch Metadata §2.4). A
/// sibling host and another port are another origin, although they may share cookies with ours.
bool is_from_another_origin(const Request& request);
/// True when the Origin field (RFC 6454 §7) names something else than one of `own`. A request without it says nothing.
/// Not for pages whose Referrer-Policy is no-referrer: browsers send "null" for their own forms then.
bool names_another_origin(const Request& request, const std::vector<std::string>& own);

/// True for a browser that opens an address: it lists text/html. Clients that list nothing, or anything, want no page.
bool accepts_html(const Request& request);

/// The hosts that a server on a person's own machine answers to. A page of another site can let its name point to this
/// machine and then read our answers as its own (DNS rebinding); but its requests carry that name in their Host field.
class OwnHosts {
public:
    /// `listen`: the numeric address that the server listens on. When that is any of the machine's addresses, every
    /// numeric host is its own: a page cannot rebind what is no name. `base_url`: public URL of the server.
    OwnHosts(std::string_view listen, std::string_view base_url);

    /// `authority`: a Host field's value, in lower case. The port does not matter, a forwarded one differs.
    bool contains(std::string_view authority) const;

private:
    std::string public_host_;  ///< of base_url
    std::optional<Address> listen_;
    bool any_address_;
};

}  // namespace symbolon::net
