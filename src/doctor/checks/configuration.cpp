#include "doctor/checks/checks.hpp"

#include "doctor/examination.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace symbolon::doctor::checks {

namespace {

constexpr std::size_t most_listed = 15;

bool is_trial(std::string_view host) {
    constexpr std::array<std::string_view, 9> domains{".amazoncognito.com", ".auth0.com",    ".ngrok.io",
                                                      ".ngrok-free.app",    ".ngrok.app",    ".okta-dev.com",
                                                      ".oktapreview.com",   ".b2clogin.com", ".trycloudflare.com"};
    return std::any_of(domains.begin(), domains.end(), [&](std::string_view domain) { return host.ends_with(domain); });
}

}  // namespace

Outcome redirect_uris_are_registered(Examination& e) {
    const auto& registered = e.subject().registered_redirect_uris;
    const auto expected = redirect_uris(e.subject());
    if (registered.empty())
        throw NotExamined{"The registered redirect URIs are not known: see --registered-redirect-uri."};
    if (expected.empty())
        throw NotExamined{"The platforms' redirect URIs are not known: see --vendor-id, --google-project."};
    const auto lacks = [](const std::vector<std::string>& list, const std::string& uri) {
        return std::find(list.begin(), list.end(), uri) == list.end();
    };
    std::vector<std::string> missing, extra;
    for (const auto& uri : expected) {
        if (lacks(registered, uri)) missing.push_back("missing: " + uri);
    }
    for (const auto& uri : registered) {
        if (lacks(expected, uri) && uri != e.subject().redirect_uri) extra.push_back("not a platform's: " + uri);
    }
    if (!missing.empty()) return failed("Redirect URIs of the platforms are not registered.", std::move(missing));
    if (!extra.empty()) return mildly_failed("Redirect URIs are registered that no platform uses.", std::move(extra));
    return passed("The platforms' redirect URIs are registered, and no others.");
}

Outcome endpoints_are_not_swapped(Examination& e) {
    if (!e.endpoints_swapped()) return passed("Each URL answers as what it is configured for.");
    return failed(
        "The authorization URL answers as a token endpoint does, and the token URL as a page does: are they swapped?",
        e.landing().evidence());
}

Outcome lists_are_short(Examination& e) {
    if (e.subject().scopes.size() > most_listed)
        return failed(std::to_string(e.subject().scopes.size()) + " scopes are configured; 15 are possible.");
    if (e.subject().domains.size() > most_listed)
        return failed(std::to_string(e.subject().domains.size()) + " domains are listed; 15 are possible.");
    return passed("Neither scopes nor domains are more than 15.");
}

Outcome default_expiry_agrees(Examination& e) {
    if (!e.subject().default_expiration) throw NotExamined{"No default expiration is known: see --default-expiration."};
    const auto expires = e.link().reply.number("expires_in");
    if (!expires) throw NotExamined{"There is no expires_in; AL-TOK-010 tells."};
    const auto seen = "The configured default is " + std::to_string(*e.subject().default_expiration) +
                      " s, and expires_in " + std::to_string(*expires) + " s.";
    return *expires == *e.subject().default_expiration ? passed(seen) : failed(seen);
}

Outcome domain_is_ones_own(Examination& e) {
    for (const auto* text : {&e.subject().authorization_url, &e.subject().token_url}) {
        const auto url = parse_url(*text);
        if (url && is_trial(url->host)) return failed(url->host + " is a vendor's domain, not the service's own.");
    }
    return passed("The URLs are on a domain of the service's own.");
}

Outcome implicit_is_off(Examination& e) {
    if (e.subject().implicit) throw NotExamined{"The implicit grant is configured."};
    e.sign_in_page();
    auto request = e.valid_request();
    request.response_type = "token";
    if (!e.reaches_sign_in(e.visit(request))) return passed("The implicit grant is off.");
    return failed("The implicit grant is enabled at the server, although the platform uses codes.");
}

Outcome privacy_policy_is_reachable(Examination& e) {
    const auto url = parse_url(e.subject().privacy_policy_url);
    if (!url) throw NotExamined{"No privacy policy is known: see --privacy-policy."};
    Browser browser(e.http(), std::string(phone_agent), {url->host});
    const auto visit = browser.get(*url, [](const Url&) { return false; });
    if (visit.problem.empty() && visit.answer.status == 200) return passed("The privacy policy is reachable.");
    return failed("The privacy policy is not reachable: " +
                      (visit.problem.empty() ? "HTTP " + std::to_string(visit.answer.status) : visit.problem),
                  visit.evidence());
}

}  // namespace symbolon::doctor::checks
