#include "voice/tap/tap.hpp"

#include "base/error.hpp"
#include "net/form.hpp"
#include "net/origin.hpp"
#include "net/respond.hpp"
#include "voice/redaction.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace {

constexpr std::chrono::seconds server_limit{25};
constexpr std::size_t max_body = 8 * 1024 * 1024;
constexpr std::size_t shown_body = 4000;

/// Fields of one connection (RFC 9110 §7.6.1), and those that this proxy makes itself. Accept-Encoding goes, too, so
/// that the answers can be read.
constexpr std::array<std::string_view, 12> not_forwarded{"connection",
                                                         "keep-alive",
                                                         "proxy-connection",
                                                         "proxy-authenticate",
                                                         "proxy-authorization",
                                                         "te",
                                                         "trailer",
                                                         "transfer-encoding",
                                                         "upgrade",
                                                         "host",
                                                         "content-length",
                                                         "accept-encoding"};
/// Of answers. A browser must not be told to insist on HTTPS at the tap.
constexpr std::array<std::string_view, 9> not_passed_back{"connection", "keep-alive",     "proxy-authenticate",
                                                          "te",         "trailer",        "transfer-encoding",
                                                          "upgrade",    "content-length", "strict-transport-security"};

bool is_among(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::any_of(names, [&](std::string_view other) { return net::equal_without_case(other, name); });
}

/// `from` at the beginning becomes `to`, where it is a whole origin.
std::string moved(std::string_view url, const std::string& from, const std::string& to) {
    if (from.empty() || !url.starts_with(from)) return std::string(url);
    const auto rest = url.substr(from.size());
    const bool whole = rest.empty() || rest.front() == '/' || rest.front() == '?' || rest.front() == '#';
    return whole ? to + std::string(rest) : std::string(url);
}

/// A cookie of the server's domain becomes one of the tap's host.
std::string without_domain(std::string_view cookie) {
    std::string out;
    while (true) {
        const auto end = cookie.find(';');
        const auto part = cookie.substr(0, end);
        const auto name = net::to_lower(part.substr(std::min(part.find_first_not_of(' '), part.size())));
        if (!name.starts_with("domain=")) out += (out.empty() ? "" : ";") + std::string(part);
        if (end == std::string_view::npos) return out;
        cookie.remove_prefix(end + 1);
    }
}

template <class Headers>
std::string shown_fields(const Headers& headers) {
    std::string out;
    for (const auto& [name, value] : headers) out += name + ": " + redacted_field(name, value) + "\n";
    return out;
}

std::string content_type(const net::Headers& headers) {
    return std::string(headers.find("Content-Type").value_or(""));
}

std::string shown(const net::Request& request, const std::string& origin) {
    return request.method_name + " " + redacted_url(origin + request.target) + "\n" + shown_fields(request.headers) +
           "\n" + redacted_body(content_type(request.headers), request.body, shown_body);
}

std::string shown(const net::ClientResponse& response) {
    return "HTTP " + std::to_string(response.status) + "\n" + shown_fields(response.headers) + "\n" +
           redacted_body(content_type(response.headers), response.body, shown_body);
}

net::Form parameters_of(std::string_view url) {
    const auto mark = url.find_first_of("?#");
    if (mark == std::string_view::npos) return {};
    try {
        return net::Form::parse(url.substr(mark + 1));
    } catch (const Error&) {
        return {};
    }
}

}  // namespace

Tap::Tap(net::Client& client, const Clock& clock, TapLog& log, const std::string& server)
    : client_(client), clock_(clock), log_(log), origin_(net::origin_of(server)) {
    const bool web = origin_.starts_with("http://") || origin_.starts_with("https://");
    if (!web || net::authority_of(origin_).empty() || origin_.find('@') != std::string::npos) {
        throw Error(Errc::invalid_parameter, "--tap wants the http or https URL of a server.");
    }
}

net::ClientRequest Tap::forward(const net::Request& request) const {
    net::ClientRequest out;
    out.method = request.method_name;
    out.url = origin_ + request.target;
    out.limit = server_limit;
    out.max_body = max_body;
    for (const auto& [name, value] : request.headers) {
        if (is_among(not_forwarded, name)) continue;
        const bool names_us = net::equal_without_case(name, "Origin") || net::equal_without_case(name, "Referer");
        out.headers.add(name, names_us ? moved(value, own_url_, origin_) : value);
    }
    out.body = request.body;
    return out;
}

net::Response Tap::pass_back(const net::ClientResponse& response) const {
    net::Response out;
    out.status = response.status;
    for (const auto& [name, value] : response.headers) {
        if (is_among(not_passed_back, name)) continue;
        if (net::equal_without_case(name, "Location")) {
            out.headers.add(name, moved(value, origin_, own_url_));
        } else if (net::equal_without_case(name, "Set-Cookie")) {
            out.headers.add(name, without_domain(value));
        } else {
            out.headers.add(name, value);
        }
    }
    out.body = response.body;
    return out;
}

void Tap::note(const net::Request& request, const net::ClientResponse& response, TapExchange exchange) {
    exchange.status = response.status;
    exchange.milliseconds = response.took.count();
    exchange.answered = shown(response);
    exchange.explanation = explain_exchange(request, response);
    const auto& kind = exchange.explanation.kind;
    const auto state = kind == "authorization request"
                           ? parameters_of(request.target).get("state")
                           : parameters_of(response.headers.find("Location").value_or("")).get("state");
    if (kind == "authorization request" && !state.empty()) log_.remember_state(state);
    if (kind == "redirect back to the platform" && !state.empty() && !log_.knows_state(state)) {
        exchange.explanation.problems.emplace_back(
            "state is not one that the platform sent: it must come back as it was.");
    }
    log_.add(std::move(exchange));
}

Task<net::Response> Tap::serve(net::Request request) {
    // A target like "//elsewhere" or "http://elsewhere/" would make another URL than one of the server's.
    const bool ours = request.target.starts_with('/') && !request.target.starts_with("//");
    if (!ours) co_return net::text(400, "The tap takes paths of its server only.\n");
    if (request.method_name == "CONNECT" || request.method_name == "TRACE") {
        co_return net::text(405, "The tap does not pass that on.\n");
    }
    TapExchange exchange;
    exchange.at = clock_.now();
    exchange.asked = shown(request, origin_);
    std::optional<net::ClientError> failure;
    try {
        const auto response = co_await client_.send(forward(request));
        note(request, response, std::move(exchange));
        co_return pass_back(response);
    } catch (const net::ClientError& e) {
        failure = e;
    }
    exchange.answered = "No answer: " + failure->detail;
    exchange.explanation.kind = "no answer";
    exchange.explanation.problems.push_back("The server did not answer: " + failure->detail);
    log_.add(std::move(exchange));
    co_return net::text(502, "The server behind the tap did not answer. The tap's page says why.\n");
}

}  // namespace symbolon::voice
