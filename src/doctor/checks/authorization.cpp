#include "doctor/checks/checks.hpp"

#include "base/encoding.hpp"
#include "doctor/examination.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace symbolon::doctor::checks {

namespace {

/// What came back with a redirect to the client.
net::Form came_back(const std::string& arrived) {
    const auto url = parse_url(arrived);
    if (!url) return {};
    return parameters_of(url->query.empty() ? url->fragment : url->query);
}

/// A refusal must not send the browser away, and not go on as if nothing were wrong.
std::string why_not_refused(Examination& e, const Visit& visit) {
    if (!visit.arrived.empty()) return "the browser is sent to " + visit.arrived;
    if (e.reaches_sign_in(visit)) return "the sign-in page is shown";
    return {};
}

/// Characters of a code that carry chance: bits of the alphabet at every place where samples differ.
double entropy_of(const std::vector<std::string>& codes) {
    std::size_t length = codes.front().size();
    for (const auto& code : codes) length = std::min(length, code.size());
    double bits = 0;
    for (std::size_t at = 0; at < length; ++at) {
        const bool varies = std::any_of(codes.begin(), codes.end(),
                                        [&](const std::string& code) { return code[at] != codes.front()[at]; });
        if (!varies && codes.size() > 2) continue;
        bool upper = false, beyond_hex = false, digits_only = true;
        for (const auto& code : codes) {
            for (const char c : code) {
                upper = upper || (c >= 'A' && c <= 'Z');
                beyond_hex = beyond_hex || (c >= 'g' && c <= 'z');
                digits_only = digits_only && c >= '0' && c <= '9';
            }
        }
        bits += digits_only ? std::log2(10) : !beyond_hex ? 4 : upper ? std::log2(62) : std::log2(36);
    }
    return bits;
}

}  // namespace

Outcome valid_request_reaches_page(Examination& e) {
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    const auto& visit = e.landing();
    if (visit.is_walled()) throw NotExamined{"AL-NET-003 tells why."};
    if (visit.hops.empty() && visit.failure == net::Failure::tls)
        throw NotExamined{"AL-TLS-003 to 006 tell why: " + visit.problem};
    if (visit.is_page() && visit.answer.status == 200)
        return passed("The request leads to a page at " + visit.url.place() + ".", visit.evidence());
    auto seen = visit.evidence();
    if (visit.problem.empty()) seen.push_back(describe(visit.answer));
    if (!visit.arrived.empty()) return failed("The request is refused: " + visit.arrived, std::move(seen));
    return failed("The request leads to no page: " +
                      (visit.problem.empty() ? "HTTP " + std::to_string(visit.answer.status) : visit.problem),
                  std::move(seen));
}

Outcome unknown_client_is_refused(Examination& e) {
    e.sign_in_page();
    auto request = e.valid_request();
    request.client_id = "no-such-client-" + e.random().text(6, "0123456789");
    const auto visit = e.visit(request);
    const auto problem = why_not_refused(e, visit);
    if (problem.empty()) return passed("An unknown client is refused without a redirect.", visit.evidence());
    return failed("With an unknown client_id " + problem + ".", visit.evidence());
}

Outcome foreign_redirect_uris_are_refused(Examination& e) {
    e.sign_in_page();
    const auto good = parse_url(e.redirect_uri());
    if (!good) throw NotExamined{"The redirect URI cannot be read."};
    const std::vector<std::string> foreign{
        good->origin() + good->path + "/elsewhere",
        good->scheme + "://attacker.example" + good->path,
        good->scheme + "://" + good->host + ".attacker.example" + good->path,
        good->text() + (good->query.empty() ? "?" : "&") + "more=1",
        good->scheme + "://" + good->host + "@attacker.example" + good->path,
    };
    std::vector<std::string> seen;
    for (const auto& uri : foreign) {
        auto request = e.valid_request();
        request.redirect_uri = uri;
        const auto visit = e.visit(request);
        const auto problem = why_not_refused(e, visit);
        seen.push_back(uri + ": " +
                       (problem.empty() ? "refused, HTTP " + std::to_string(visit.answer.status) : problem));
        if (!problem.empty()) return failed("With the unregistered redirect_uri " + uri + " " + problem + ".", seen);
    }
    return passed("Unregistered redirect URIs are refused without a redirect.", std::move(seen));
}

Outcome platform_redirect_uris_are_accepted(Examination& e) {
    e.sign_in_page();
    const auto uris = redirect_uris(e.subject());
    if (uris.empty())
        throw NotExamined{"The platforms' redirect URIs are not known: see --vendor-id, --google-project."};
    std::vector<std::string> seen, refused;
    for (const auto& uri : uris) {
        auto request = e.valid_request();
        request.redirect_uri = uri;
        const auto visit = e.visit(request);
        const bool good = e.reaches_sign_in(visit);
        seen.push_back(uri + ": " + (good ? "accepted" : "refused, HTTP " + std::to_string(visit.answer.status)));
        if (!good) refused.push_back(uri);
    }
    if (refused.empty()) return passed("Every redirect URI of the platforms is accepted.", std::move(seen));
    return failed("Not registered at the server: " + refused.front() +
                      (refused.size() > 1 ? " and " + std::to_string(refused.size() - 1) + " more" : ""),
                  std::move(seen));
}

Outcome state_comes_back(Examination& e) {
    std::string odd;
    while (odd.size() < 200) odd += "a+/=%&" + e.random().text(4, "0123456789");
    std::string huge = odd;
    while (huge.size() < 2000) huge += odd;
    for (const auto& state : {std::string("7"), odd.substr(0, 200), huge.substr(0, 2000)}) {
        LinkWish wish{"Sign in again: the doctor looks whether the state comes back."};
        wish.state = state;
        const auto link = e.make_link(wish);
        const auto came = came_back(link.arrival.url).get("state");
        if (came != state)
            return failed("A state of " + std::to_string(state.size()) + " characters came back altered.",
                          {"sent:     " + state, "received: " + came});
    }
    return passed("States of 1, 200 and 2000 characters come back as they were sent.");
}

Outcome extra_parameters_are_ignored(Examination& e) {
    e.sign_in_page();
    auto request = e.valid_request();
    request.more = {{"user_locale", "en-US"}, {"source", "app"}};
    const auto visit = e.visit(request);
    if (e.reaches_sign_in(visit)) return passed("Unknown parameters are ignored.");
    return failed("With the parameters user_locale and source the request is refused.", visit.evidence());
}

Outcome implicit_is_as_configured(Examination& e) {
    e.sign_in_page();
    auto request = e.valid_request();
    request.response_type = "token";
    const auto visit = e.visit(request);
    if (e.subject().implicit) {
        if (e.reaches_sign_in(visit)) return passed("The implicit grant is offered, as configured.");
        return failed("The implicit grant is configured, but response_type=token is refused.", visit.evidence());
    }
    if (e.reaches_sign_in(visit))
        return passed("The implicit grant is offered although not configured: see AL-CFG-006.");
    const bool told = !came_back(visit.arrived).get("error").empty();
    const bool shown = visit.arrived.empty() && visit.problem.empty() && visit.answer.status < 500;
    if (told || shown) return passed("response_type=token is refused.", visit.evidence());
    return failed("response_type=token is neither accepted nor refused as RFC 6749 has it.", visit.evidence());
}

Outcome scope_may_be_absent(Examination& e) {
    e.sign_in_page();
    auto request = e.valid_request();
    request.scope.reset();
    const auto visit = e.visit(request);
    if (e.reaches_sign_in(visit)) return passed("A request without scope is accepted.");
    const auto error = came_back(visit.arrived).get("error");
    if (error == "invalid_scope" || visit.answer.body.find("invalid_scope") != std::string::npos)
        return passed("A request without scope is refused with invalid_scope.");
    return failed("A request without scope is refused without a clear invalid_scope.", visit.evidence());
}

Outcome denial_comes_back(Examination& e) {
    e.sign_in_page();
    auto request = e.valid_request();
    request.redirect_uri = e.subject().redirect_uri;
    if (request.redirect_uri.empty()) throw NotExamined{"No redirect URI leads to the doctor: see --redirect-uri."};
    const auto arrival = e.send_person(Intent::deny, authorization_address(e.subject().authorization_url, request),
                                       "Open the page, and this time cancel instead of allowing.");
    if (arrival.url.empty()) {
        auto notes = arrival.notes;
        if (arrival.pages.empty()) throw NotExamined{"Nobody cancelled."};
        return failed("A person who cancels is not sent back.", std::move(notes));
    }
    const auto came = came_back(arrival.url);
    if (!came.get("code").empty()) throw NotExamined{"The server asks nothing that could be denied."};
    if (came.get("error") == "access_denied" && came.get("state") == request.state)
        return passed("A denial comes back as access_denied, with the state.");
    return failed("A denial does not come back as error=access_denied with the state.", {arrival.url});
}

Outcome code_is_in_query(Examination& e) {
    const auto& link = e.link();
    if (link.code_in_fragment) return failed("The code came in the fragment.", {link.arrival.url});
    const auto encoded = percent_encode(link.code);
    for (const auto& address : link.arrival.passed) {
        if (address.find(link.code) != std::string::npos || address.find(encoded) != std::string::npos)
            return failed("The code stands in the address of a page on the way, from where it leaks.", {address});
    }
    return passed("The code came in the query of the redirect URI alone.");
}

Outcome codes_are_hard_to_guess(Examination& e) {
    std::vector<std::string> codes{e.link().code};
    for (int count = 0; count < 2; ++count)
        codes.push_back(e.make_link({"Sign in again: the doctor compares codes."}).code);
    for (const auto& code : codes) {
        if (code.size() > 512)
            return failed("A code has " + std::to_string(code.size()) + " characters, more than 512.");
    }
    if (codes[0] == codes[1] || codes[1] == codes[2]) return failed("Two codes are the same.");
    const auto bits = entropy_of(codes);
    const auto seen = "about " + std::to_string(static_cast<int>(bits)) + " bits in " +
                      std::to_string(codes.front().size()) + " characters";
    // A random UUID, which the big vendors use, has 122 bits and is estimated at 120.
    if (bits < 119) return failed("Codes can be guessed: " + seen + ".", {seen});
    return passed("Codes are hard to guess: " + seen + ".");
}

Outcome code_lives_as_it_should(Examination& e) {
    if (!e.subject().patient) throw NotExamined{"This takes more than ten minutes: see --patient."};
    const auto code_of_sign_in = [&](const char* why) {
        auto request = e.valid_request();
        request.redirect_uri = e.subject().redirect_uri;
        const auto url = authorization_address(e.subject().authorization_url, request);
        auto code = came_back(e.send_person(Intent::sign_in, url, why).url).get("code");
        e.redaction().remember(code, "code");
        if (code.empty()) throw NotExamined{"The sign-in brought no code."};
        return code;
    };
    e.access_token();
    const auto first = code_of_sign_in("Sign in again: the doctor uses this code after a minute.");
    const auto second = code_of_sign_in("Sign in again: the doctor uses this code after ten minutes.");
    e.wait(std::chrono::seconds(55));  // codes that live for just a minute are right
    const auto after_a_minute = e.tokens().exchange(first, e.subject().redirect_uri);
    if (!after_a_minute.granted()) return failed("A code is refused after a minute.", {after_a_minute.evidence()});
    e.wait(std::chrono::seconds(555));
    const auto after_ten = e.tokens().exchange(second, e.subject().redirect_uri);
    if (after_ten.granted()) return failed("A code still works after ten minutes.", {after_ten.evidence()});
    return passed("A code works after a minute and no more after ten.");
}

Outcome pkce_is_enforced(Examination& e) {
    e.access_token();  // … of a link that was asked for without PKCE
    LinkWish good{"Sign in again: with PKCE."};
    good.pkce = true;
    const auto with = e.make_link(good);
    if (!with.reply.granted())
        return failed("A code asked for with S256 cannot be exchanged.", {with.reply.evidence()});
    LinkWish wrong{"Sign in again: with PKCE and a wrong verifier."};
    wrong.pkce = true;
    wrong.wrong_verifier = e.random().token();
    const auto without = e.make_link(wrong);
    if (without.reply.granted()) return failed("A wrong code_verifier is accepted.", {without.reply.evidence()});
    return passed("PKCE with S256 is accepted, enforced when sent, and not demanded otherwise.");
}

Outcome prefetch_does_no_harm(Examination& e) {
    e.sign_in_page();
    const auto request = e.valid_request();
    const auto first = e.visit(request);
    const auto second = e.visit(request);
    if (e.reaches_sign_in(first) && e.reaches_sign_in(second))
        return passed("The same request twice, without cookies, leads to a page twice.");
    return failed(
        "The same request a second time leads to no page: the platform's server opens it before the phone does.",
        second.evidence());
}

Outcome iss_is_consistent(Examination& e) {
    const auto iss = came_back(e.link().arrival.url).get("iss");
    if (iss.empty()) return passed("No iss parameter is sent.");
    const auto& issuer = e.metadata().issuer;
    if (issuer.empty()) throw NotExamined{"The issuer is not known, so that iss cannot be compared."};
    if (iss == issuer) return passed("The iss parameter is the issuer.");
    return failed("The iss parameter is not the issuer.", {"iss: " + iss, "issuer: " + issuer});
}

}  // namespace symbolon::doctor::checks
