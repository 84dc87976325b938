#include "doctor/checks/checks.hpp"

#include "doctor/examination.hpp"

#include <algorithm>

namespace symbolon::doctor::checks {

namespace {

TokenCall with_bad_code(Examination& e, Proof proof) {
    TokenCall call;
    call.proof = proof;
    call.form.add("grant_type", "authorization_code");
    call.form.add("code", "not-a-code-" + e.random().digits(12));
    call.form.add("redirect_uri", e.redirect_uri());
    return call;
}

/// A way of proving the client. Graver where it is the configured one.
Outcome exchange_works(Examination& e, Proof proof, bool configured, const std::string& name) {
    const auto judge = [&](const Link& link) {
        if (link.reply.granted()) return passed("A code is exchanged with " + name + ".");
        auto out = failed("A code exchange with " + name + " is refused: " +
                              (link.reply.error().empty() ? link.reply.evidence() : link.reply.error()),
                          {link.reply.evidence()});
        if (!configured) out.grade = Grade::mild;
        return out;
    };
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    // Who is refused with a bad code already needs nobody to sign in.
    if (const auto probe = e.tokens().call(with_bad_code(e, proof)); probe.error() == "invalid_client") {
        auto out = failed("The client is refused with " + name + ".", {probe.evidence()});
        if (!configured) out.grade = Grade::mild;
        return out;
    }
    if (configured) return judge(e.link());
    LinkWish wish{"Sign in again: the code is exchanged with " + name + "."};
    wish.proof = proof;
    return judge(e.make_link(wish));
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_' || c == '~';
    });
}

}  // namespace

Outcome basic_works(Examination& e) {
    return exchange_works(e, Proof::basic, e.subject().scheme == Scheme::basic, "HTTP Basic");
}

Outcome body_credentials_work(Examination& e) {
    return exchange_works(e, Proof::body, e.subject().scheme == Scheme::body, "credentials in the body");
}

Outcome basic_and_client_id_work(Examination& e) {
    e.access_token();
    LinkWish wish{"Sign in again: the code is exchanged as Alexa does it."};
    wish.proof = Proof::basic_and_id;
    const auto link = e.make_link(wish);
    if (link.reply.granted()) return passed("HTTP Basic with client_id in the body, as Alexa sends it, works.");
    // A server that takes no Basic at all is AL-TOK-001's.
    const auto plain = e.tokens().call(with_bad_code(e, Proof::basic));
    if (plain.error() == "invalid_client") throw NotExamined{"HTTP Basic is refused; AL-TOK-001 tells."};
    return failed("HTTP Basic with client_id in the body is refused.", {link.reply.evidence()});
}

Outcome secret_is_read_alike(Examination& e) {
    const auto secret = e.subject().client.secret.reveal();
    if (is_plain(e.subject().client.id) && is_plain(secret))
        return passed("Id and secret have no characters that could be read in two ways.");
    const auto raw = e.tokens().call(with_bad_code(e, Proof::basic_raw));
    const auto encoded = e.tokens().call(with_bad_code(e, Proof::basic));
    const auto refused = [](const TokenReply& reply) {
        return reply.error() == "invalid_client" || reply.answer.status == 401;
    };
    if (!refused(raw) && !refused(encoded)) return passed("The secret is taken raw and form-encoded.");
    if (refused(raw) && refused(encoded)) throw NotExamined{"HTTP Basic is refused; AL-TOK-001 tells."};
    return failed(
        std::string("The secret has characters that are encoded in Basic credentials, and the server takes it ") +
            (refused(raw) ? "form-encoded alone." : "raw alone."),
        {"raw: " + raw.evidence(), "form-encoded: " + encoded.evidence()});
}

Outcome wrong_secret_is_refused(Examination& e) {
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    auto call = with_bad_code(e, proof_of(e.subject().scheme));
    call.secret = "wrong" + e.random().digits(20);
    const auto reply = e.tokens().call(call);
    const bool google_form = reply.answer.status == 400 && reply.error() == "invalid_grant";
    if ((reply.answer.status == 401 || reply.answer.status == 400) && reply.error() == "invalid_client" &&
        reply.is_json())
        return passed("A wrong secret is refused with invalid_client.");
    if (google_form && e.subject().platforms == std::vector{Platform::google})
        return passed("A wrong secret is refused with invalid_grant, as Google has it.");
    return failed("A wrong secret is not refused with 401 invalid_client as JSON.", {reply.evidence()});
}

Outcome charset_is_accepted(Examination& e) {
    e.access_token();
    LinkWish wish{"Sign in again: the code is exchanged with a charset in the Content-Type."};
    wish.charset = true;
    const auto link = e.make_link(wish);
    if (link.reply.granted()) return passed("A Content-Type with charset=UTF-8 is accepted.");
    return failed("A token request whose Content-Type says charset=UTF-8 is refused.", {link.reply.evidence()});
}

Outcome client_credentials_work(Examination& e) {
    if (!e.subject().service_tier) throw NotExamined{"No service tier is used: see --service-tier."};
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    TokenCall call;
    call.proof = proof_of(e.subject().scheme);
    call.form.add("grant_type", "client_credentials");
    const auto reply = e.tokens().call(call);
    if (reply.error() == "invalid_client") throw NotExamined{"The client is refused; AL-TOK-001 or 002 tells."};
    if (reply.granted() && !reply.text("access_token").empty()) return passed("client_credentials gives a token.");
    return failed("client_credentials gives no token.", {reply.evidence()});
}

}  // namespace symbolon::doctor::checks
