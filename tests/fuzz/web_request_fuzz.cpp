#include "base/encoding.hpp"
#include "fuzz.hpp"
#include "server.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

using namespace symbolon;

namespace {

constexpr int max_requests = 8;

/// Nobody's page has this element: one that is there came out of the request.
constexpr std::string_view foreign_element = "<q";

/// What a browser keeps from one answer to the next, and a person sees.
struct Browser {
    std::map<std::string, std::string> cookies;
    std::map<std::string, std::string, std::less<>> places;  ///< $csrf, $code, …

    std::string cookie_header() const {
        std::string out;
        for (const auto& [name, value] : cookies) out += (out.empty() ? "" : "; ") + name + "=" + value;
        return out;
    }

    std::string fill(std::string_view text) const {
        std::string out(text);
        for (const auto& [name, value] : places) {
            for (auto at = out.find(name); at != std::string::npos; at = out.find(name, at + value.size()))
                out.replace(at, name.size(), value);
        }
        return out;
    }

    void take_between(const char* place, std::string_view in, std::string_view before, char after) {
        const auto begin = in.find(before);
        if (begin == std::string_view::npos) return;
        const auto rest = in.substr(begin + before.size());
        places[place] = rest.substr(0, rest.find(after));
    }

    void take(const net::Response& response) {
        for (const auto field : response.headers.find_all("Set-Cookie")) {
            const auto pair = field.substr(0, field.find(';'));
            const auto equals = std::min(pair.find('='), pair.size());
            const std::string name(pair.substr(0, equals));
            cookies[name] = pair.substr(std::min(equals + 1, pair.size()));
            if (field.find("Max-Age=0") != std::string_view::npos) cookies.erase(name);
        }
        take_between("$csrf", response.body, "name=\"_csrf\" value=\"", '"');
        take_between("$token", response.body, "\"access_token\":\"", '"');
        take_between("$refresh", response.body, "\"refresh_token\":\"", '"');
        take_between("$id_token", response.body, "\"id_token\":\"", '"');
        take_between("$grant", response.headers.find("Location").value_or(""), "?code=", '&');
    }
};

bool is_within(std::string_view url, std::string_view allowed) {
    if (!url.starts_with(allowed)) return false;
    const auto rest = url.substr(allowed.size());
    return rest.empty() || std::string_view("/?#&").find(rest.front()) != std::string_view::npos;
}

void check_redirect(std::string_view location) {
    using Server = fuzz::Server;
    if (location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\")) return;
    const std::array<std::string_view, 3> allowed{Server::base_url, Server::callback, "https://client.example/bye"};
    fuzz::require(std::ranges::any_of(allowed, [&](auto url) { return is_within(location, url); }),
                  "nobody is sent to where no client is");
    fuzz::require(location.find_first_of("\r\n") == std::string_view::npos, "nor to a second header");
}

void check(const net::Response& response) {
    if (response.status >= 500) std::fprintf(stderr, "%d %s\n", response.status, response.body.c_str());
    fuzz::require(response.status < 500, "no request is too much for the server");
    for (const auto& [name, value] : response.headers)
        fuzz::require((name + value).find_first_of("\r\n") == std::string::npos, "a header is a line");
    if (const auto location = response.headers.find("Location")) check_redirect(*location);
    if (!response.headers.find("Content-Type").value_or("").starts_with("text/html")) return;
    fuzz::require(response.body.find(foreign_element) == std::string::npos, "what was sent is shown, not run");
    fuzz::require(response.headers.find("Content-Security-Policy").has_value(), "a page says what may run in it");
}

net::Request read_request(std::string_view line, const Browser& browser) {
    net::Request request;
    const auto method = fuzz::take_part(line, '\t');
    request.method = method == "POST" ? net::Method::post : method == "GET" ? net::Method::get : net::to_method(method);
    auto target = fuzz::take_part(line, '\t');
    request.path = "/" + std::string(fuzz::Server::domain) + std::string(fuzz::take_part(target, '?'));
    request.query = browser.fill(target);
    request.body = browser.fill(fuzz::take_part(line, '\t'));
    request.headers.add("Accept", "text/html");
    if (request.method == net::Method::post) request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    if (const auto cookies = browser.cookie_header(); !cookies.empty()) request.headers.add("Cookie", cookies);
    while (!line.empty()) {
        auto field = fuzz::take_part(line, '\t');
        const std::string name(fuzz::take_part(field, ':'));
        if (!name.empty()) request.headers.add(name, browser.fill(field));
    }
    return request;
}

}  // namespace

/// Requests of one browser to endpoints and pages, one a line: `METHOD PATH?QUERY BODY NAME:VALUE…`, the fields with
/// tabs between. `$csrf`, `$code`, `$grant`, … stand for what came before. The house is a new one for each input.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using Server = fuzz::Server;
    Server server;
    Browser browser;
    browser.places = {
        {"$basic", "Basic " + to_base64(bytes_of(std::string(Server::web) + ":" + std::string(Server::web_secret)))},
        {"$app", std::string(Server::app)},
        {"$web", std::string(Server::web)},
        {"$password", std::string(Server::password)},
        {"$callback", "https%3A%2F%2Fclient.example%2Fcb"}};
    auto rest = fuzz::text_of(data, size);
    for (int i = 0; i < max_requests && !rest.empty(); ++i) {
        browser.places["$code"] = server.last_code();
        const auto response = server.serve(read_request(fuzz::take_part(rest), browser));
        check(response);
        browser.take(response);
    }
    return 0;
}
