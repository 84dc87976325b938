#pragma once

#include "net/form.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::doctor {

/// The parts of an http or https URL.
struct Url {
    std::string scheme;  ///< lower case
    std::string host;    ///< lower case, without brackets
    std::uint16_t port = 0;
    std::string authority;  ///< as written, lower case
    std::string path;       ///< at least "/"
    std::string query;      ///< without '?'
    std::string fragment;   ///< without '#'

    std::string origin() const { return scheme + "://" + authority; }
    /// Origin and path: what redirect URIs are compared by.
    std::string place() const { return origin() + path; }
    std::string text() const { return place() + (query.empty() ? "" : "?" + query); }
};

/// Nothing for anything else, and for a URL with a user in it.
std::optional<Url> parse_url(std::string_view text);
/// A reference in a page or a Location field, seen from `base` (RFC 3986 §5.2); nothing for other schemes.
std::optional<Url> resolve_url(const Url& base, std::string_view reference);

/// The parameters of a query or fragment. What cannot be decoded is left out: it comes from a server under examination.
net::Form parameters_of(std::string_view encoded);

/// A name or an address of this machine.
bool is_loopback_host(std::string_view host);

}  // namespace symbolon::doctor
