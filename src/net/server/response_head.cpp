#include "net/server/response_head.hpp"

#include "base/error.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>

namespace symbolon::net {
namespace {

constexpr std::array<std::string_view, 5> own_fields{"Connection", "Content-Length", "Date", "Transfer-Encoding",
                                                     "X-Content-Type-Options"};

bool is_own_field(std::string_view name) {
    return std::any_of(own_fields.begin(), own_fields.end(),
                       [&](std::string_view own) { return equal_without_case(own, name); });
}

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
}

bool is_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x20 ? c != 0x7f : c == '\t'; });
}

void append_number(std::string& out, std::size_t number) {
    const fmt::format_int digits(number);
    out.append(digits.data(), digits.size());
}

}  // namespace

std::string_view DateLine::get() {
    const auto now = std::time(nullptr);
    if (now != second_) {
        second_ = now;
        text_ = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now));
    }
    return text_;
}

bool may_have_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

void append_head(std::string& out, const Response& response, const ResponseFacts& facts) {
    if (response.status < 200 || response.status > 599)
        throw Error{Errc::internal, {}, "response with a status beyond 200–599"};
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(response.status));
    out += ' ';
    const auto reason =
        boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(static_cast<unsigned>(response.status)));
    out.append(reason.data(), reason.size());
    out += "\r\nDate: ";
    out += facts.date;
    if (may_have_body(response.status)) {
        out += "\r\nContent-Length: ";
        append_number(out, response.body.size());
    }
    out += "\r\nX-Content-Type-Options: nosniff\r\n";
    for (const auto& [name, value] : response.headers) {
        if (is_own_field(name)) continue;
        if (!is_name(name) || !is_value(value)) {
            throw Error{Errc::internal, {}, "response with a field that would break its framing"};
        }
        out += name;
        out += ": ";
        out += value;
        out += "\r\n";
    }
    if (!facts.keep_alive) {
        out += "Connection: close\r\n";
    } else if (facts.version == 10) {
        out += "Connection: keep-alive\r\n";
    }
    out += "\r\n";
}

}  // namespace symbolon::net
