#include "doctor/checks/checks.hpp"

#include "base/encoding.hpp"
#include "doctor/examination.hpp"

#include <algorithm>
#include <set>
#include <utility>

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
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    const auto& phone = e.landing();
    const auto server = e.visit(e.valid_request(), server_agent);
    std::vector<std::string> seen;
    for (const auto& [agent, visit] : {std::pair(phone_agent, &phone), std::pair(server_agent, &server)}) {
        if (!visit->problem.empty()) throw NotExamined{"AL-AUZ-001 tells: " + visit->problem};
        seen.push_back(std::string(agent) + " → HTTP " + std::to_string(visit->answer.status));
        // What the server itself refuses, it refuses to both.
        const bool singled_out =
            visit->answer.status != phone.answer.status && (visit->answer.status == 401 || visit->answer.status == 403);
        if (visit->is_walled() || singled_out)
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
