#include "doctor/checks/checks.hpp"

#include "base/encoding.hpp"
#include "doctor/examination.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <future>
#include <set>

namespace symbolon::doctor::checks {

namespace {

constexpr std::int64_t half_a_year = 180LL * 24 * 3600;  ///< seconds
constexpr int rounds = 24;

/// The first refresh, if it gave tokens.
const TokenReply& refreshed(Examination& e) {
    const auto& reply = e.first_refresh();
    if (!reply.granted() || !reply.body) throw NotExamined{"The refresh failed; AL-REF-001 tells."};
    return reply;
}

/// The token to use next: a new one, or the same where none came.
std::string successor(const TokenReply& reply, const std::string& before) {
    const auto next = reply.text("refresh_token");
    return next.empty() ? before : next;
}

std::set<std::string> words(const std::string& text) {
    std::set<std::string> out;
    std::string word;
    for (const char c : text + " ") {
        if (c != ' ') {
            word += c;
        } else if (!word.empty()) {
            out.insert(std::exchange(word, {}));
        }
    }
    return out;
}

std::set<std::string> claims_of(const HttpAnswer& answer) {
    std::set<std::string> out;
    const auto body = answer.status == 200 ? parse_object(answer.body) : std::nullopt;
    if (!body) return out;
    for (const auto& member : *body) out.emplace(member.key());
    return out;
}

/// Seconds that a refresh token lives, as far as the answer or the token says.
std::optional<std::int64_t> lifetime(Examination& e) {
    if (e.subject().refresh_lifetime) return e.subject().refresh_lifetime;
    const auto& reply = e.link().reply;
    for (const auto* name : {"refresh_token_expires_in", "refresh_expires_in", "x_refresh_token_expires_in"}) {
        if (const auto seconds = reply.number(name)) return seconds;
    }
    const auto token = e.refresh_token();
    const auto begin = token.find('.');
    const auto end = begin == std::string::npos ? begin : token.find('.', begin + 1);
    if (end == std::string::npos) return std::nullopt;
    const auto decoded = parse_base64url(std::string_view(token).substr(begin + 1, end - begin - 1));
    const auto claims = decoded ? parse_object(to_string(*decoded)) : std::nullopt;
    const auto* exp = claims ? claims->if_contains("exp") : nullptr;
    if (exp == nullptr || !exp->is_int64()) return std::nullopt;
    return exp->get_int64() - to_seconds(e.now());
}

}  // namespace

bool lacks_offline_access(Examination& e) {
    const auto& scopes = e.subject().scopes;
    const bool asked = std::find(scopes.begin(), scopes.end(), "offline_access") != scopes.end();
    return !asked && e.metadata().lists("scopes_supported", "offline_access").value_or(false) &&
           e.link().reply.granted() && e.link().refresh_token().empty();
}

Outcome refresh_works(Examination& e) {
    const auto& reply = e.first_refresh();
    if (reply.granted() && reply.body) return passed("A refresh with the configured scheme works.", {reply.evidence()});
    return failed("A refresh is refused: " + (reply.error().empty() ? reply.evidence() : reply.error()),
                  {reply.evidence()});
}

Outcome refresh_brings_new_token(Examination& e) {
    const auto& reply = refreshed(e);
    if (reply.text("access_token").empty()) return failed("A refresh brings no access_token.", {reply.evidence()});
    if (reply.text("access_token") == e.link().access_token())
        return failed("A refresh brings the same access token again.");
    if (!reply.number("expires_in")) return failed("A refresh brings no expires_in.", {reply.evidence()});
    return passed("A refresh brings a new access token and its expires_in.");
}

Outcome former_access_token_lives(Examination& e) {
    e.access_token();
    const auto fresh = e.user_info(refreshed(e).text("access_token"));
    if (fresh.status != 200) throw NotExamined{"userInfo does not answer; AL-USR-001 tells."};
    const auto answer = e.user_info(e.link().access_token());
    if (answer.status == 200) return passed("The access token from before the refresh still works.");
    return failed("The access token from before the refresh is refused.", {describe(answer)});
}

Outcome bad_refresh_token_is_refused(Examination& e) {
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    const auto reply = e.tokens().refresh("not-a-token-" + e.random().digits(20));
    if (reply.error() == "invalid_client") throw NotExamined{"The client is refused; AL-TOK-001 or 002 tells."};
    if (reply.answer.status == 400 && reply.error() == "invalid_grant" && reply.is_json())
        return passed("A bad refresh token is refused with 400 invalid_grant.");
    return failed("A bad refresh token is not refused with 400 invalid_grant as JSON.", {reply.evidence()});
}

Outcome lost_answer_is_survived(Examination& e) {
    refreshed(e);
    const auto first = e.make_lasting_link("Sign in again: the doctor uses a refresh token twice.").refresh_token();
    const auto lost = e.tokens().refresh(first);
    const auto next = successor(lost, first);
    if (!lost.granted()) throw NotExamined{"A refresh failed: " + lost.evidence()};
    if (next == first) return passed("Refresh tokens are not replaced, so that no answer can be lost.");
    const auto again = e.tokens().refresh(first);
    if (again.granted()) return passed("After a lost answer the former refresh token works again.");
    const auto family = e.tokens().refresh(next);
    if (family.granted())
        return mildly_failed("After a lost answer the former refresh token is refused.", {again.evidence()});
    return failed("The former refresh token is refused, and its use ends the new one as well.",
                  {again.evidence(), family.evidence()});
}

Outcome parallel_refreshes_work(Examination& e) {
    refreshed(e);
    const auto token =
        e.make_lasting_link("Sign in again: the doctor refreshes twice at the same time.").refresh_token();
    auto other = std::async(std::launch::async, [&] { return e.tokens().refresh(token); });
    const auto one = e.tokens().refresh(token);
    const auto two = other.get();
    if (one.granted() && two.granted()) {
        const auto after = e.tokens().refresh(successor(two, token));
        if (after.granted()) return passed("Two refreshes at the same time both work.");
        return failed("After two refreshes at the same time the link is dead.", {after.evidence()});
    }
    const auto& good = one.granted() ? one : two;
    const auto after = e.tokens().refresh(successor(good, token));
    if (good.granted() && after.granted())
        return mildly_failed("Of two refreshes at the same time one is refused.", {one.evidence(), two.evidence()});
    return failed("Two refreshes at the same time kill the link.", {one.evidence(), two.evidence(), after.evidence()});
}

Outcome retry_works_later(Examination& e) {
    refreshed(e);
    const auto token = e.make_lasting_link("Sign in again: the doctor hangs up during a refresh.").refresh_token();
    if (successor(refreshed(e), e.link().refresh_token()) == e.link().refresh_token())
        return passed("Refresh tokens are not replaced, so that a retry is like the first try.");
    if (!e.subject().patient) throw NotExamined{"This takes half a minute: see --patient."};
    TokenCall call;
    call.proof = proof_of(e.subject().scheme);
    call.form.add("grant_type", "refresh_token");
    call.form.add("refresh_token", token);
    e.tokens().hang_up(call);
    e.wait(std::chrono::seconds(36));  // 1 s, 5 s and 30 s: as platforms back off
    const auto again = e.tokens().refresh(token);
    if (again.granted()) return passed("A retry half a minute after a broken connection works.");
    return failed("A retry half a minute after a broken connection is refused.", {again.evidence()});
}

Outcome sign_out_keeps_link(Examination& e) {
    refreshed(e);
    const auto link = e.make_lasting_link("Sign in again: then the doctor has you sign out.");
    auto url = e.subject().end_session_url;
    if (url.empty()) url = e.metadata().text("end_session_endpoint");
    e.send_person(Intent::sign_out, url, "Sign out at the server, in the same browser.");
    const auto reply = e.tokens().refresh(link.refresh_token());
    if (reply.granted()) return passed("Refresh tokens survive a sign-out in the browser.");
    return failed("A sign-out in the browser ends the link.", {reply.evidence()});
}

Outcome refresh_lifetime_is_long(Examination& e) {
    const auto seconds = lifetime(e);
    if (!seconds)
        throw NotExamined{"The server does not say how long refresh tokens live: see --refresh-lifetime-days."};
    const auto seen = "Refresh tokens live " + std::to_string(*seconds / 86400) + " days.";
    if (*seconds == 0 || *seconds >= half_a_year) return passed(*seconds == 0 ? "Refresh tokens do not end." : seen);
    return failed(seen);
}

Outcome offline_access_is_asked(Examination& e) {
    if (!e.link().reply.granted()) throw NotExamined{"The exchange failed; AL-TOK-001 or 002 tells."};
    if (lacks_offline_access(e))
        return failed(
            "There is no refresh token: the server gives one with the scope offline_access, which is not asked for.");
    return passed("The scope offline_access is asked for, or not needed.");
}

Outcome refresh_keeps_scopes(Examination& e) {
    const auto& reply = refreshed(e);
    const auto before = words(e.link().reply.text("scope")), after = words(reply.text("scope"));
    if (!before.empty() && !after.empty() && before != after)
        return failed("A refresh without scope changes the scopes.",
                      {"before: " + e.link().reply.text("scope"), "after: " + reply.text("scope")});
    if (!e.has_user_info()) {
        if (before.empty() || after.empty()) throw NotExamined{"Neither the answers nor userInfo tell the scopes."};
        return passed("A refresh without scope keeps the scopes.");
    }
    const auto claims_before = claims_of(e.user_info(e.link().access_token()));
    const auto claims_after = claims_of(e.user_info(reply.text("access_token")));
    for (const auto& claim : claims_before) {
        if (!claims_after.empty() && !claims_after.contains(claim))
            return failed("After a refresh userInfo lacks " + claim + ".");
    }
    return passed("A refresh without scope keeps the scopes.");
}

Outcome refreshes_go_on(Examination& e) {
    refreshed(e);
    auto token = e.newest_refresh_token();
    for (int round = 1; round <= rounds; ++round) {
        const auto reply = e.tokens().refresh(token);
        if (!reply.granted()) {
            return failed("Refresh number " + std::to_string(round + 1) + " is refused.", {reply.evidence()});
        }
        token = successor(reply, token);
        e.keep(reply);
    }
    return passed(std::to_string(rounds) + " refreshes in a row work.");
}

}  // namespace symbolon::doctor::checks
