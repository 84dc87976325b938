#include "crypto/sigv4_canonical.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <utility>

namespace symbolon::crypto::sigv4 {

namespace {

char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool equals_lower(std::string_view text, std::string_view lower) {
    return std::ranges::equal(text, lower, [](char a, char b) { return to_lower(a) == b; });
}

/// Trimmed, runs of spaces and tabs collapsed to one space.
void append_collapsed(std::string_view value, std::string& out) {
    bool gap = false;
    const std::size_t start = out.size();
    for (const char c : value) {
        if (c == ' ' || c == '\t') {
            gap = true;
            continue;
        }
        if (gap && out.size() > start) out += ' ';
        gap = false;
        out += c;
    }
}

/// Resolves `.` and `..` (RFC 3986 §5.2.4) and drops empty segments.
std::string normalize(std::string_view path) {
    std::vector<std::string_view> segments;
    const bool directory = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
        if (segment.empty() || segment == ".") continue;
        if (segment != "..")
            segments.push_back(segment);
        else if (!segments.empty())
            segments.pop_back();
    }
    std::string out;
    for (const std::string_view segment : segments) {
        out += '/';
        out += segment;
    }
    if (directory || out.empty()) out += '/';
    return out;
}

/// A decimal number of exactly the given digits.
std::optional<int> parse_digits(std::string_view text) {
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

std::optional<Instant> make_time(std::optional<int> year, std::optional<int> month, std::optional<int> day,
                                 std::string_view hour_text, std::string_view minute_text,
                                 std::string_view second_text) {
    const auto hour = parse_digits(hour_text);
    const auto minute = parse_digits(minute_text);
    const auto second = parse_digits(second_text);
    if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

}  // namespace

std::optional<std::string> find_header(const SignedRequest& request, std::string_view lower_name) {
    std::optional<std::string> out;
    for (const auto& [name, value] : request.headers) {
        if (!equals_lower(name, lower_name)) continue;
        std::string collapsed;
        append_collapsed(value, collapsed);
        if (out)
            *out += ',' + collapsed;
        else
            out = std::move(collapsed);
    }
    return out;
}

std::optional<std::string> canonical_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!query.empty()) {
        const std::size_t ampersand = query.find('&');
        const std::string_view pair = query.substr(0, ampersand);
        query.remove_prefix(ampersand == std::string_view::npos ? query.size() : ampersand + 1);
        if (pair.empty()) continue;
        const std::size_t equals = pair.find('=');
        const auto name = percent_decode(pair.substr(0, equals));
        const auto value =
            percent_decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
        if (!name || !value) return std::nullopt;
        pairs.emplace_back(percent_encode(*name), percent_encode(*value));
    }
    std::ranges::sort(pairs);
    std::string out;
    for (const auto& [name, value] : pairs) {
        if (!out.empty()) out += '&';
        out += name;
        out += '=';
        out += value;
    }
    return out;
}

std::string canonical_path(std::string_view path) {
    std::string out;
    std::string normal = normalize(path);
    for (std::string_view rest = normal; !rest.empty();) {
        const std::size_t slash = rest.find('/');
        out += percent_encode(rest.substr(0, slash));
        if (slash == std::string_view::npos) break;
        out += '/';
        rest.remove_prefix(slash + 1);
    }
    return out;
}

std::optional<std::string> hash_request(const SignedRequest& request, const std::vector<std::string>& signed_headers,
                                        std::string_view payload_hash) {
    const auto query = canonical_query(request.query);
    if (!query) return std::nullopt;
    std::string canonical = request.method + '\n' + canonical_path(request.path) + '\n' + *query + '\n';
    std::string names;
    for (const std::string& name : signed_headers) {
        const auto value = find_header(request, name);
        if (!value) return std::nullopt;
        canonical += name + ':' + *value + '\n';
        if (!names.empty()) names += ';';
        names += name;
    }
    canonical += '\n' + names + '\n';
    canonical += payload_hash;
    return to_hex(sha256(canonical));
}

std::string to_basic_time(Instant t) {
    const std::time_t seconds = to_seconds(t);
    return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(seconds));
}

std::optional<Instant> parse_basic_time(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    return make_time(parse_digits(text.substr(0, 4)), parse_digits(text.substr(4, 2)), parse_digits(text.substr(6, 2)),
                     text.substr(9, 2), text.substr(11, 2), text.substr(13, 2));
}

std::optional<Instant> parse_http_date(std::string_view text) {
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() != 29 || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' || text[16] != ' ' ||
        text[19] != ':' || text[22] != ':' || text.substr(25) != " GMT") {
        return std::nullopt;
    }
    const auto* const month = std::ranges::find(months, text.substr(8, 3));
    if (month == months.end()) return std::nullopt;
    return make_time(parse_digits(text.substr(12, 4)), static_cast<int>(month - months.begin()) + 1,
                     parse_digits(text.substr(5, 2)), text.substr(17, 2), text.substr(20, 2), text.substr(23, 2));
}

}  // namespace symbolon::crypto::sigv4
