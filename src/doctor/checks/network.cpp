#include "doctor/checks/checks.hpp"

#include "base/encoding.hpp"
#include "doctor/examination.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace symbolon::doctor::checks {

namespace {

using Place = std::pair<std::string, std::uint16_t>;

std::set<Place> places(Examination& e) {
    std::set<Place> out;
    for (const auto* text : {&e.subject().authorization_url, &e.subject().token_url}) {
        if (const auto url = parse_url(*text)) out.emplace(url->host, url->port);
    }
    return out;
}

std::vector<IpAddress> resolve(Examination& e, const std::string& host) {
    auto addresses = e.network().resolve(host);
    if (!addresses) throw NotExamined{"Connections are directed elsewhere (--connect-to), so names are not looked up."};
    return std::move(*addresses);
}

/// Marks of pages that stand before a server to keep programs out.
bool is_challenge(const HttpAnswer& answer) {
    constexpr std::array<std::string_view, 6> marks{"cf-chl",       "challenge-platform", "g-recaptcha",
                                                    "hcaptcha.com", "Just a moment...",   "_Incapsula_"};
    if (answer.headers.find("cf-mitigated")) return true;
    return std::any_of(marks.begin(), marks.end(),
                       [&](std::string_view mark) { return answer.body.find(mark) != std::string::npos; });
}

}  // namespace

Outcome name_is_public(Examination& e) {
    std::vector<std::string> seen;
    for (const auto& [host, port] : places(e)) {
        const auto addresses = resolve(e, host);
        if (addresses.empty()) return failed(host + " has no address.");
        for (const auto& address : addresses) {
            seen.push_back(host + " → " + address.to_string());
            if (!address.is_public())
                return failed(host + " leads to " + address.to_string() + ", which is not reached from outside.",
                              std::move(seen));
        }
    }
    return passed("The names lead to public addresses.", std::move(seen));
}

Outcome both_families_connect(Examination& e) {
    std::vector<std::string> seen;
    for (const auto& [host, port] : places(e)) {
        bool v4 = false;
        for (const auto& address : resolve(e, host)) {
            const auto problem = e.network().connect(address, port);
            seen.push_back(address.to_string() + ": " + (problem.empty() ? "connected" : problem));
            if (!problem.empty()) return failed(address.to_string() + " does not take connections.", std::move(seen));
            v4 = v4 || address.is_v4();
        }
        if (!v4) return failed(host + " has no IPv4 address.", std::move(seen));
    }
    return passed("Every address takes connections.", std::move(seen));
}

Outcome no_wall_in_front(Examination& e) {
    e.sign_in_page();
    const auto url = parse_url(authorization_address(e.subject().authorization_url, e.valid_request()));
    std::vector<std::string> seen;
    for (const auto agent : {server_agent, phone_agent}) {
        Browser browser(e.http(), std::string(agent), e.own_hosts());
        const auto visit = browser.get(*url, [&](const Url& to) { return to.origin() != url->origin(); });
        const auto status = visit.answer.status;
        seen.push_back(std::string(agent) + " → HTTP " + std::to_string(status));
        if (status == 401 || status == 403 || status == 429 || status == 503 || is_challenge(visit.answer))
            return failed("A wall stands in front of the server for " + std::string(agent) + ".", std::move(seen));
    }
    return passed("Servers and phones are let in alike.", std::move(seen));
}

Outcome answers_from_outside(Examination& e) {
    if (e.subject().relay_url.empty()) throw NotExamined{"No relay looks from outside: see --relay."};
    const auto inside = e.sign_in_page().answer.status;
    HttpRequest request;
    request.url = e.subject().relay_url;
    request.url += (request.url.find('?') == std::string::npos ? "?url=" : "&url=") +
                   percent_encode(authorization_address(e.subject().authorization_url, e.valid_request()));
    const auto answer = e.ask(std::move(request));
    const auto body = parse_object(answer.body);
    const auto* status = body ? body->if_contains("status") : nullptr;
    if (status == nullptr || !status->is_int64()) throw NotExamined{"The relay answered " + describe(answer)};
    if (status->get_int64() != inside)
        return failed("From outside the authorization URL answers " + std::to_string(status->get_int64()) +
                      ", from here " + std::to_string(inside) + ".");
    return passed("From outside it answers as from here.");
}

}  // namespace symbolon::doctor::checks
