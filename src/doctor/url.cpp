#include "doctor/url.hpp"

#include "base/error.hpp"
#include "base/ip_address.hpp"
#include "net/http.hpp"

#include <charconv>
#include <vector>

namespace symbolon::doctor {

namespace {

std::optional<std::uint16_t> parse_port(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (problem != std::errc{} || end != digits.data() + digits.size() || port == 0) return std::nullopt;
    return port;
}

/// Splits what follows the scheme's "//" into host and port.
bool read_authority(Url& url, std::string_view authority) {
    if (authority.empty() || authority.find('@') != std::string_view::npos) return false;
    url.authority = net::to_lower(authority);
    url.port = url.scheme == "https" ? 443 : 80;
    std::string_view host = url.authority;
    const auto colon = host.rfind(':');
    if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
        const auto port = parse_port(host.substr(colon + 1));
        if (!port) return false;
        url.port = *port;
        host = host.substr(0, colon);
    }
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    url.host = host;
    return !host.empty();
}

/// RFC 3986 §5.2.4.
std::string remove_dots(std::string_view path) {
    std::vector<std::string_view> kept;
    bool ends_in_folder = false;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const auto segment = path.substr(0, path.find('/'));
        path.remove_prefix(segment.size());
        ends_in_folder = segment == "." || segment == "..";
        if (segment == "..") {
            if (!kept.empty()) kept.pop_back();
        } else if (segment != ".") {
            kept.push_back(segment);
        }
    }
    std::string out;
    for (const auto segment : kept) out += '/' + std::string(segment);
    if (ends_in_folder || out.empty()) out += '/';
    return out;
}

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
    Url out;
    const auto colon = text.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    out.scheme = net::to_lower(text.substr(0, colon));
    if (out.scheme != "http" && out.scheme != "https") return std::nullopt;
    text.remove_prefix(colon + 3);
    if (const auto hash = text.find('#'); hash != std::string_view::npos) {
        out.fragment = text.substr(hash + 1);
        text = text.substr(0, hash);
    }
    if (const auto mark = text.find('?'); mark != std::string_view::npos) {
        out.query = text.substr(mark + 1);
        text = text.substr(0, mark);
    }
    const auto slash = text.find('/');
    if (!read_authority(out, text.substr(0, slash))) return std::nullopt;
    out.path = slash == std::string_view::npos ? "/" : std::string(text.substr(slash));
    return out;
}

std::optional<Url> resolve_url(const Url& base, std::string_view reference) {
    if (const auto absolute = parse_url(reference)) return absolute;
    const auto end_of_scheme = reference.find_first_of(":/?#");
    if (end_of_scheme != std::string_view::npos && reference[end_of_scheme] == ':') return std::nullopt;
    if (reference.starts_with("//")) return parse_url(base.scheme + ":" + std::string(reference));
    if (reference.empty()) return base;
    std::string text = base.origin();
    if (reference.starts_with('/')) {
        text += reference;
    } else if (reference.starts_with('?')) {
        text += base.path + std::string(reference);
    } else if (reference.starts_with('#')) {
        text = base.text() + std::string(reference);
    } else {
        text += base.path.substr(0, base.path.rfind('/') + 1) + std::string(reference);
    }
    auto out = parse_url(text);
    if (out) out->path = remove_dots(out->path);
    return out;
}

net::Form parameters_of(std::string_view encoded) {
    net::Form out;
    while (!encoded.empty()) {
        const auto pair = encoded.substr(0, encoded.find('&'));
        encoded.remove_prefix(pair.size() == encoded.size() ? pair.size() : pair.size() + 1);
        try {
            for (const auto& [name, value] : net::Form::parse(pair)) out.add(name, value);
        } catch (const Error&) {  // left out, as promised
        }
    }
    return out;
}

bool is_loopback_host(std::string_view host) {
    if (host == "localhost" || host.ends_with(".localhost") || host == "::1") return true;
    return host.starts_with("127.") && IpAddress::parse(host).has_value();
}

}  // namespace symbolon::doctor
