#include "doctor/checks/checks.hpp"

#include "base/encoding.hpp"
#include "doctor/examination.hpp"

namespace symbolon::doctor::checks {

namespace {

/// An assertion that Google has not signed.
std::string made_up_assertion(Examination& e) {
    const auto now = to_seconds(e.now());
    const std::string header = R"({"alg":"RS256","kid":"doctor","typ":"JWT"})";
    const std::string claims =
        R"({"iss":"https://accounts.google.com","aud":"doctor","sub":"1","email":"doctor@example.com",)"
        R"("email_verified":true,"iat":)" +
        std::to_string(now) + R"(,"exp":)" + std::to_string(now + 600) + "}";
    return to_base64url(bytes_of(header)) + "." + to_base64url(bytes_of(claims)) + "." +
           to_base64url(e.random().bytes(256));
}

TokenReply assert_intent(Examination& e, const char* intent) {
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    TokenCall call;
    call.proof = Proof::body;
    call.form.add("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    call.form.add("intent", intent);
    call.form.add("assertion", made_up_assertion(e));
    auto reply = e.tokens().call(call);
    if (reply.error() == "unsupported_grant_type" || reply.error() == "unauthorized_client")
        throw NotExamined{"Streamlined linking is not offered to this client: " + reply.error() + "."};
    if (reply.error() == "invalid_client") throw NotExamined{"The client is refused; AL-TOK-002 tells."};
    return reply;
}

}  // namespace

Outcome assertion_check_is_refused(Examination& e) {
    const auto reply = assert_intent(e, "check");
    if (reply.answer.status >= 400 && reply.answer.status < 500)
        return passed("A made-up assertion is refused, HTTP " + std::to_string(reply.answer.status) + ".");
    return failed("A made-up assertion is not refused as a client's mistake.", {reply.evidence()});
}

Outcome assertion_refusal_has_form(Examination& e) {
    for (const auto* intent : {"get", "create"}) {
        const auto reply = assert_intent(e, intent);
        const bool linking_error = reply.answer.status == 401 && reply.error() == "linking_error";
        // What is not Google's at all may also be refused as any bad grant is.
        const bool bad_grant = reply.answer.status == 400 && reply.error() == "invalid_grant";
        if (!reply.is_json() || (!linking_error && !bad_grant))
            return failed(std::string("intent=") + intent + " is not refused with 401 linking_error.",
                          {reply.evidence()});
    }
    return passed("get and create are refused in the form that Google expects.");
}

}  // namespace symbolon::doctor::checks
