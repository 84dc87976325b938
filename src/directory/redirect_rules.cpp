#include "directory/client_rules.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace symbolon::directory {
namespace {

// Schemes that a browser runs, reads from disk or memory, or hands to a program of its own, and those that name a
// server without being a web page: none is an app's private-use scheme (RFC 8252 §7.1).
constexpr std::array<std::string_view, 34> forbidden_schemes{
    "about",  "blob",  "chrome", "chrome-extension", "content",     "data",       "feed",    "file",     "filesystem",
    "ftp",    "ftps",  "gopher", "intent",           "jar",         "javascript", "jscript", "ldap",     "livescript",
    "mailto", "mhtml", "mocha",  "moz-extension",    "ms-its",      "news",       "nntp",    "resource", "res",
    "sms",    "tel",   "telnet", "vbscript",         "view-source", "ws",         "wss"};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// The scheme in lower case; empty when the text is not absolute.
std::string scheme_of(std::string_view url) {
    const std::size_t colon = url.find(':');
    if (colon == std::string_view::npos || colon == 0 || !is_letter(url.front())) return {};
    std::string scheme(url.substr(0, colon));
    for (char& c : scheme) {
        if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return {};
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return scheme;
}

struct Authority {
    std::string_view host;
    bool valid = false;
};

/// `host` or `host:port`, nothing else: no user name, no encoded or international characters.
Authority split_authority(std::string_view authority) {
    const bool bracketed = authority.starts_with('[');
    const std::size_t host_end = bracketed ? authority.find(']') + 1 : std::min(authority.find(':'), authority.size());
    if (bracketed && host_end == 0) return {};
    const std::string_view host = authority.substr(0, host_end);
    const std::string_view port = authority.substr(host_end);
    const auto fits_host = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_'; };
    const auto fits_address = [](char c) { return is_hex(c) || c == ':' || c == '.'; };
    const bool host_fits = bracketed ? host.size() > 2 && std::all_of(host.begin() + 1, host.end() - 1, fits_address)
                                     : !host.empty() && std::all_of(host.begin(), host.end(), fits_host);
    const bool port_fits = port.empty() || (port.size() >= 2 && port.size() <= 6 && port.front() == ':' &&
                                            std::all_of(port.begin() + 1, port.end(), is_digit));
    return {.host = host, .valid = host_fits && port_fits};
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace

bool is_allowed_redirect(std::string_view url) {
    const auto is_unsafe = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte >= 0x7F || c == '\\' || c == '#' || c == '"' || c == '<' || c == '>';
    };
    if (std::any_of(url.begin(), url.end(), is_unsafe)) return false;
    const std::string scheme = scheme_of(url);
    if (scheme.empty()) return false;
    const std::string_view rest = url.substr(scheme.size() + 1);
    if (scheme != "https" && scheme != "http") {
        const bool forbidden =
            std::find(forbidden_schemes.begin(), forbidden_schemes.end(), scheme) != forbidden_schemes.end();
        return !forbidden && !rest.empty();
    }
    if (!rest.starts_with("//")) return false;
    const std::string_view after = rest.substr(2);
    const Authority authority = split_authority(after.substr(0, after.find_first_of("/?")));
    return authority.valid && (scheme == "https" || is_loopback(authority.host));
}

}  // namespace symbolon::directory
