#include "oauth/redirect_uris.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace symbolon::oauth {
namespace {

/// A loopback URI in its two halves, around the port.
struct Loopback {
    std::string_view origin;
    std::string_view rest;  ///< "" or what begins with '/' or '?'

    friend bool operator==(const Loopback&, const Loopback&) = default;
};

std::optional<Loopback> parse_loopback(std::string_view uri) {
    static constexpr std::array<std::string_view, 2> origins{"http://127.0.0.1", "http://[::1]"};
    for (const auto origin : origins) {
        if (!uri.starts_with(origin)) continue;
        auto rest = uri.substr(origin.size());
        if (rest.starts_with(':')) {
            const auto digits = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
            if (digits < 2 || digits > 6) return std::nullopt;
            rest.remove_prefix(digits);
        }
        // Anything else here ("http://127.0.0.1@evil", "http://127.0.0.1.evil") is another host.
        if (rest.empty() || rest.front() == '/' || rest.front() == '?') return Loopback{origin, rest};
    }
    return std::nullopt;
}

}  // namespace

bool matches_redirect_uri(std::string_view registered, std::string_view sent) {
    if (registered == sent) return true;
    const auto native = parse_loopback(registered);
    return native && native == parse_loopback(sent);
}

std::string append_to_query(std::string_view uri, std::string_view parameters) {
    std::string out;
    out.reserve(uri.size() + 1 + parameters.size());
    out += uri;
    if (uri.find('?') == std::string_view::npos) {
        out += '?';
    } else if (uri.back() != '?' && uri.back() != '&') {
        out += '&';
    }
    out += parameters;
    return out;
}

}  // namespace symbolon::oauth
