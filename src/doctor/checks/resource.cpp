#include "doctor/checks/checks.hpp"

#include "doctor/examination.hpp"

#include <array>

namespace symbolon::doctor::checks {

namespace {

HttpAnswer revoke(Examination& e, const std::string& token) {
    HttpRequest request;
    request.method = "POST";
    request.url = e.revocation_url();
    request.public_addresses_only = true;
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    net::Form form;
    form.add("token", token);
    form.add("token_type_hint", "refresh_token");
    const auto& client = e.subject().client;
    e.tokens().prove(request, form, proof_of(e.subject().scheme), client, client.secret.reveal());
    request.body = form.encode();
    return e.ask(std::move(request));
}

std::string subject_of(const HttpAnswer& answer) {
    const auto body = parse_object(answer.body);
    const auto* sub = body ? body->if_contains("sub") : nullptr;
    return sub != nullptr && sub->is_string() ? std::string(sub->get_string()) : std::string{};
}

/// userInfo of the link, which AL-USR-001 looks at.
HttpAnswer good_user_info(Examination& e) {
    auto answer = e.user_info(e.access_token());
    if (answer.status != 200 || !parse_object(answer.body))
        throw NotExamined{"userInfo does not answer; AL-USR-001 tells."};
    return answer;
}

}  // namespace

Outcome user_info_answers(Examination& e) {
    const auto answer = e.user_info(e.access_token());
    if (answer.status == 200 && !subject_of(answer).empty()) return passed("userInfo answers with sub.");
    return failed("userInfo does not answer 200 with a JSON object that has sub.", {describe(answer)});
}

Outcome scopes_bring_claims(Examination& e) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> expected{
        {{"phone", "phone_number"}, {"email", "email"}, {"profile", "name"}, {"address", "address"}}};
    const auto body = parse_object(good_user_info(e).body);
    std::vector<std::string> missing;
    bool any = false;
    for (const auto& scope : e.subject().scopes) {
        for (const auto& [name, claim] : expected) {
            if (scope != name) continue;
            any = true;
            if (body->if_contains(claim) == nullptr) missing.push_back(std::string(claim) + " (scope " + scope + ")");
        }
    }
    if (!any) throw NotExamined{"No scope is asked for that brings claims."};
    if (missing.empty()) return passed("The scopes bring their claims.");
    return failed("userInfo lacks " + missing.front() + ".", missing);
}

Outcome bad_token_is_refused(Examination& e) {
    const auto answer = e.user_info("not-a-token-" + e.random().digits(20));
    const auto challenge = answer.headers.find("WWW-Authenticate");
    if (answer.status == 401 && challenge) return passed("A bad token is refused with 401 and WWW-Authenticate.");
    return failed("A bad token is not refused with 401 and WWW-Authenticate.", {describe(answer)});
}

Outcome subject_is_stable(Examination& e) {
    const auto first = subject_of(good_user_info(e));
    const auto again = e.make_link({"Sign in again, with the same account."});
    if (again.access_token().empty()) throw NotExamined{"A second link failed: " + again.reply.evidence()};
    const auto second = subject_of(e.user_info(again.access_token()));
    if (first == second) return passed("Two links of one person give the same sub.");
    return failed("Two links of one person give different subs.", {first, second});
}

Outcome revocation_answers(Examination& e) {
    const auto token = e.make_lasting_link("Sign in again: the doctor revokes this link.").refresh_token();
    const auto unknown = revoke(e, "not-a-token-" + e.random().digits(20));
    const auto good = revoke(e, token);
    if (unknown.status == 200 && good.status == 200)
        return passed("Revocation answers 200, for unknown tokens as well.");
    return failed("Revocation does not answer 200.",
                  {"unknown token: " + describe(unknown), "good token: " + describe(good)});
}

Outcome revocation_works(Examination& e) {
    const auto link = e.make_lasting_link("Sign in again: the doctor revokes this link.");
    const auto answer = revoke(e, link.refresh_token());
    if (answer.status >= 300) throw NotExamined{"Revocation fails; AL-REV-001 tells."};
    const auto refresh = e.tokens().refresh(link.refresh_token());
    if (refresh.granted() || refresh.error() != "invalid_grant")
        return failed("After revocation a refresh is not refused with invalid_grant.", {refresh.evidence()});
    if (!e.has_user_info()) return passed("Revocation ends the refresh token.");
    const auto info = e.user_info(link.access_token());
    if (info.status != 200) return passed("Revocation ends the refresh token and the access token.");
    return failed("After revocation the access token still opens userInfo.", {describe(info)});
}

Outcome ended_access_revokes(Examination& e) {
    const auto link = e.make_lasting_link("Sign in again, for the last time.");
    e.send_person(Intent::end_access, "", "Change the account's password at the server, or remove the account.");
    const auto reply = e.tokens().refresh(link.refresh_token());
    if (!reply.granted()) return passed("A new password, or the account's end, ends the link.");
    return failed("The link lives on after the password was changed or the account removed.", {reply.evidence()});
}

}  // namespace symbolon::doctor::checks
