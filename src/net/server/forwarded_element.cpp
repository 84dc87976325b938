#include "net/server/forwarded_element.hpp"

#include "net/http.hpp"

#include <algorithm>

namespace symbolon::net {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Splits at `separator` outside of quoted strings.
std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (quoted && text[at] == '\\') {
            ++at;
        } else if (text[at] == '"') {
            quoted = !quoted;
        } else if (text[at] == separator && !quoted) {
            parts.push_back(trim(text.substr(start, at - start)));
            start = at + 1;
        }
    }
    parts.push_back(trim(text.substr(std::min(start, text.size()))));
    std::erase_if(parts, [](std::string_view part) { return part.empty(); });
    return parts;
}

/// token or quoted-string (RFC 9110 §5.6).
std::optional<std::string> unquote(std::string_view text) {
    if (!text.starts_with('"'))
        return text.find('"') == std::string_view::npos ? std::optional(std::string(text)) : std::nullopt;
    if (text.size() < 2 || !text.ends_with('"')) return std::nullopt;
    text = text.substr(1, text.size() - 2);
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"' || (text[at] == '\\' && ++at == text.size())) return std::nullopt;
        out += text[at];
    }
    return out;
}

}  // namespace

std::vector<std::string_view> split_list(std::string_view value) {
    return split(value, ',');
}

std::optional<ForwardedElement> parse_forwarded_element(std::string_view text) {
    ForwardedElement element;
    for (const auto pair : split(text, ';')) {
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const auto name = pair.substr(0, equals);
        auto value = unquote(pair.substr(equals + 1));
        if (!value) return std::nullopt;
        auto* const place = equal_without_case(name, "for")     ? &element.node
                            : equal_without_case(name, "proto") ? &element.proto
                            : equal_without_case(name, "host")  ? &element.host
                                                                : nullptr;
        if (!place) continue;  // by=, and extensions
        if (!place->empty()) return std::nullopt;
        *place = std::move(*value);
    }
    return element;
}

std::optional<Address> parse_node(std::string_view text) {
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return std::nullopt;
        const auto rest = text.substr(close + 1);
        if (!rest.empty() && rest.front() != ':') return std::nullopt;
        return Address::parse(text.substr(1, close - 1));
    }
    if (std::count(text.begin(), text.end(), ':') == 1) text = text.substr(0, text.find(':'));
    return Address::parse(text);
}

}  // namespace symbolon::net
