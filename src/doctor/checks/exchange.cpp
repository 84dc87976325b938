#include "doctor/checks/checks.hpp"

#include "doctor/examination.hpp"

#include <algorithm>

namespace symbolon::doctor::checks {

namespace {

TokenReply post(Examination& e, const char* grant, const std::vector<std::pair<std::string, std::string>>& fields) {
    TokenCall call;
    call.proof = proof_of(e.subject().scheme);
    call.form.add("grant_type", grant);
    for (const auto& [name, value] : fields) call.form.add(name, value);
    return e.tokens().call(call);
}

bool refuses_with(const TokenReply& reply, const char* error) {
    return reply.answer.status == 400 && reply.error() == error && reply.is_json();
}

}  // namespace

Outcome bad_code_is_refused(Examination& e) {
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    const auto reply = post(e, "authorization_code",
                            {{"code", "not-a-code-" + e.random().digits(12)}, {"redirect_uri", e.redirect_uri()}});
    if (refuses_with(reply, "invalid_grant")) return passed("A bad code is refused with 400 invalid_grant.");
    if (reply.error() == "invalid_client") throw NotExamined{"The client is refused; AL-TOK-001 or 002 tells."};
    return failed("A bad code is not refused with 400 invalid_grant as JSON.", {reply.evidence()});
}

Outcome answer_is_quick(Examination& e) {
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    try {
        while (e.tokens().times().size() < 10)
            post(e, "authorization_code",
                 {{"code", "not-a-code-" + e.random().digits(12)}, {"redirect_uri", e.redirect_uri()}});
    } catch (const NotExamined&) {  // no answer, which is this check's to tell
    }
    std::vector<std::string> lost;
    for (const auto& error : e.tokens().unanswered()) {
        if (error.failure == net::Failure::tls) throw NotExamined{"AL-TLS-003 to 006 tell why: " + error.detail};
        lost.push_back(error.detail);
    }
    if (!lost.empty()) return failed("The token endpoint did not answer, or not always.", std::move(lost));
    auto times = e.tokens().times();
    std::sort(times.begin(), times.end());
    const auto usual = times[(times.size() * 95 + 99) / 100 - 1];
    const auto seen = "Of " + std::to_string(times.size()) + " answers the slowest took " +
                      std::to_string(times.back().count()) + " ms, 95 % at most " + std::to_string(usual.count()) +
                      " ms.";
    if (times.back() >= e.subject().limits.token_answer) return failed(seen);
    if (usual >= e.subject().limits.token_answer_usual) return mildly_failed(seen);
    return passed(seen);
}

Outcome redirect_uri_is_compared(Examination& e) {
    e.access_token();
    LinkWish wish{"Sign in again: the code is exchanged with another redirect_uri."};
    wish.wrong_redirect_uri = e.subject().redirect_uri + "/elsewhere";
    const auto link = e.make_link(wish);
    if (!link.reply.granted()) return passed("Another redirect_uri in the exchange is refused.");
    return failed("A code is exchanged although the redirect_uri is another one.", {link.reply.evidence()});
}

Outcome code_works_once(Examination& e) {
    e.access_token();
    const auto link = e.make_link({"Sign in again: the code is used twice."});
    if (!link.reply.granted()) throw NotExamined{"A further exchange failed: " + link.reply.evidence()};
    const auto again = e.tokens().exchange(link.code, e.subject().redirect_uri);
    const bool same = again.granted() && again.text("access_token") == link.access_token();
    if (again.granted() && !same) return failed("A code can be exchanged twice.", {again.evidence()});
    std::vector<std::string> seen{same ? "The second exchange gave the same tokens."
                                       : "The second exchange was refused."};
    try {
        const auto info = e.user_info(link.access_token());
        seen.push_back("userInfo with the first exchange's token: HTTP " + std::to_string(info.status));
        if (info.status == 401)
            return failed("A repeated exchange ends the tokens of the first, so that a platform's retry unlinks.",
                          seen);
    } catch (const NotExamined&) {  // without userInfo the refusal alone is looked at
    }
    return passed("A code works once, and a repeated exchange does not end the link.", std::move(seen));
}

Outcome code_belongs_to_client(Examination& e) {
    if (!e.subject().other_client) throw NotExamined{"No second client is known: see --other-client-id."};
    e.access_token();
    LinkWish wish{"Sign in again: another client tries to exchange the code."};
    wish.as_client = &*e.subject().other_client;
    const auto link = e.make_link(wish);
    if (link.reply.error() == "invalid_client") throw NotExamined{"The second client's secret is refused."};
    if (!link.reply.granted()) return passed("A code is refused to another client.");
    return failed("A code is given to another client than the one that it was issued to.", {link.reply.evidence()});
}

Outcome get_is_refused(Examination& e) {
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    HttpRequest request;
    request.url = e.subject().token_url + "?grant_type=authorization_code&code=not-a-code";
    const auto answer = e.ask(std::move(request));
    if (answer.status >= 400 && answer.status < 500)
        return passed("GET on the token endpoint is refused, HTTP " + std::to_string(answer.status) + ".");
    return failed("GET on the token endpoint is not refused.", {describe(answer)});
}

Outcome unknown_grant_is_refused(Examination& e) {
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    const auto reply = post(e, "urn:example:no-such-grant", {});
    if (reply.error() == "invalid_client") throw NotExamined{"The client is refused; AL-TOK-001 or 002 tells."};
    if (refuses_with(reply, "unsupported_grant_type")) return passed("An unknown grant is refused.");
    return failed("An unknown grant is not refused with 400 unsupported_grant_type.", {reply.evidence()});
}

}  // namespace symbolon::doctor::checks
