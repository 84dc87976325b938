#include "voice/faults/catalogue.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>

namespace symbolon::voice {

namespace {

constexpr KnobChoice always[]{{"always", "Always so; nothing else is offered."}};
constexpr KnobChoice no_fault{"off", "No fault."};

constexpr KnobChoice authorization_url[]{{"percent", "Scopes are joined with %20."},
                                         {"plus", "Scopes are joined with +."}};
constexpr KnobChoice prefetch[]{
    {"off", "Only the browser opens the authorization URI."},
    {"on", "The assistant gets the authorization URI first, without cookies, as the platform's servers may."}};
constexpr KnobChoice redirect_receiver[]{
    {"own", "The redirect URLs are this server's."},
    {"genuine", "The redirect URLs are the platform's real ones, for networks where their names lead here."}};
constexpr KnobChoice token_call[]{{"platform", "The token endpoint has 4.5 seconds."},
                                  {"patient", "The token endpoint has 25 seconds."}};
constexpr KnobChoice refresh[]{{"on_use", "Tokens are renewed on use, from 60 seconds before they expire."},
                               {"early", "Tokens are renewed on use, from 10 minutes before they expire."},
                               {"never", "Tokens are not renewed: the skill gets the old one."}};
constexpr KnobChoice smart_home[]{
    {"accept_grant", "AcceptGrant follows the link where the skill may send events; if it fails, the link fails."},
    {"skip", "No AcceptGrant is sent."}};
constexpr KnobChoice disable[]{{"platform", "Tokens are forgotten; Google also revokes them at the server."},
                               {"revoke", "Tokens are revoked at the server, then forgotten."},
                               {"forget", "Tokens are forgotten; the server hears nothing."}};
constexpr KnobChoice pkce[]{{"platform", "As the platform does: Google and Alexa+ send a challenge."},
                            {"on", "A challenge (S256) is sent."},
                            {"off", "No challenge is sent."}};

constexpr KnobChoice silence[]{
    {"patient", "A session waits ten minutes for the person: people type more slowly than they speak."},
    {"platform", "After 8 seconds the reprompt is heard, after 8 more the session ends (EXCEEDED_MAX_REPROMPTS)."}};

constexpr KnobChoice lost_answer[]{
    no_fault,
    {"refresh", "The first answer to each refresh is lost; the token is shown again a second later."},
    {"exchange", "The answer to the code exchange is lost; the same code is shown once more."}};
constexpr KnobChoice double_exchange[]{no_fault, {"on", "The code is exchanged twice, 200 ms apart."}};
constexpr KnobChoice double_refresh[]{no_fault, {"on", "Two refreshes with the same token are sent at once."}};
constexpr KnobChoice old_refresh[]{
    no_fault, {"on", "Before each refresh the token of three generations ago is shown, if there is one."}};
constexpr KnobChoice late_exchange[]{no_fault,
                                     {"60", "The code is exchanged 61 seconds after it came."},
                                     {"300", "The code is exchanged 301 seconds after it came."},
                                     {"600", "The code is exchanged 601 seconds after it came."}};
constexpr KnobChoice client_authentication[]{
    {"off", "As configured; for Basic, id and secret are form-urlencoded first (RFC 6749 §2.3.1)."},
    {"basic_encoded", "Basic, id and secret form-urlencoded."},
    {"basic_raw", "Basic, id and secret as they are."},
    {"body", "Id and secret in the body."},
    {"both", "Basic and the body."}};
constexpr KnobChoice odd_state[]{no_fault, {"on", "state has 2000 characters that need encoding."}};
constexpr KnobChoice other_region[]{no_fault,
                                    {"second", "The redirect URL of the platform's second region is used."},
                                    {"third", "The redirect URL of the platform's third region is used."}};
constexpr KnobChoice no_cookies[]{
    no_fault, {"on", "The way to the sign-in page is walked without keeping a cookie, before the browser goes it."}};
constexpr KnobChoice wrong_clock[]{no_fault,
                                   {"ahead", "The assistant's clock is 10 minutes ahead."},
                                   {"behind", "The assistant's clock is 10 minutes behind."}};
constexpr KnobChoice bad_request[]{no_fault,
                                   {"signature", "The signature is another body's."},
                                   {"body", "A space is added to the body after it was signed."},
                                   {"timestamp", "The request is an hour old."},
                                   {"san", "The certificate is for another name."},
                                   {"chain_url", "The certificate lies where no certificate of the platform may lie."},
                                   {"expired", "The certificate has expired."}};
constexpr KnobChoice bad_token[]{no_fault,
                                 {"missing", "The request carries no access token."},
                                 {"null", "The access token is null."},
                                 {"empty", "The access token is an empty text."},
                                 {"expired", "The access token is the one before the last refresh."},
                                 {"other_user", "The access token is another person's."}};
constexpr KnobChoice odd_request[]{no_fault,
                                   {"type", "The type of the request is one that no SDK knows."},
                                   {"members", "Objects have members that no SDK knows."},
                                   {"slots", "A slot has 20,000 characters."},
                                   {"text", "Slots hold letters from outside ASCII and a zero."}};
constexpr KnobChoice slow_answer[]{no_fault,
                                   {"4400", "The token endpoint's answer counts as having taken 4.4 seconds."},
                                   {"4600", "The token endpoint's answer counts as having taken 4.6 seconds."}};
constexpr KnobChoice odd_answer[]{no_fault,
                                  {"html", "The token endpoint's answer becomes a page."},
                                  {"redirect", "The token endpoint's answer becomes a redirect."},
                                  {"gzip", "The token endpoint's answer comes compressed."},
                                  {"bom", "A byte order mark stands before the token endpoint's JSON."},
                                  {"expires_text", "expires_in becomes a text."},
                                  {"expires_zero", "expires_in becomes 0."},
                                  {"expires_missing", "expires_in is left out."}};

constexpr std::array<Knob, 28> all{{
    {"BR-01", "Authorization URL", "how the server reads scopes", authorization_url},
    {"BR-02", "A look before the browser", "idempotent authorization endpoint, bot filters", prefetch},
    {"BR-03", "Redirect receiver", "the real redirect URLs", redirect_receiver},
    {"BR-04", "State", "a state that is unknown, old or another browser's links nothing", always},
    {"BR-05", "Token call", "whether a slow server would work otherwise", token_call},
    {"BR-06", "Tokens at rest", "tokens are sealed, and shown by length and hash", always},
    {"BR-07", "Refresh", "refresh tokens, expiry", refresh},
    {"BR-08", "Skill call", "requests are signed and have 8 seconds", always},
    {"BR-09", "Smart home", "AcceptGrant", smart_home},
    {"BR-10", "Disabling", "revocation", disable},
    {"BR-11", "Texts", "the platform's sentence stands beside the true cause", always},
    {"BR-12", "Silence", "what the skill makes of a session that nobody goes on with", silence},
    {"PKCE", "PKCE", "challenge and verifier", pkce},
    {"FI-01", "Lost token answer", "rotation when an answer is lost", lost_answer},
    {"FI-02", "Exchange sent twice", "idempotent exchange", double_exchange},
    {"FI-03", "Parallel refreshes", "rotation race", double_refresh},
    {"FI-04", "Old refresh token", "whether reuse ends the family", old_refresh},
    {"FI-05", "Late exchange", "lifetime of codes", late_exchange},
    {"FI-06", "Client authentication", "both schemes, special characters", client_authentication},
    {"FI-07", "Odd state", "state echo", odd_state},
    {"FI-08", "Other region", "whether every redirect URL is registered", other_region},
    {"FI-09", "No cookies", "web views that keep none", no_cookies},
    {"FI-10", "Wrong clock", "timestamps and expiry", wrong_clock},
    {"FI-11", "Forged skill request", "the skill's verifier", bad_request},
    {"FI-12", "Odd access token", "the skill's logic", bad_token},
    {"FI-13", "Odd skill request", "what the SDK tolerates", odd_request},
    {"FI-14", "Slow token endpoint", "margin to the time limit", slow_answer},
    {"FI-15", "Odd token answer", "the platform's token parser", odd_answer},
}};

}  // namespace

std::span<const Knob> knobs() {
    return all;
}

const Knob* find_knob(std::string_view id) {
    const auto* found = std::ranges::find(all, id, &Knob::id);
    return found == all.end() ? nullptr : found;
}

void Behaviour::choose(std::string_view knob, std::string_view choice) {
    const auto* found = find_knob(knob);
    if (found == nullptr) {
        throw Error(Errc::invalid_parameter, "There is no rule or fault " + std::string(knob.substr(0, 40)) + ".");
    }
    const auto chosen = std::ranges::find(found->choices, choice, &KnobChoice::name);
    if (chosen == found->choices.end()) {
        throw Error(Errc::invalid_parameter,
                    std::string(knob) + " has no choice " + std::string(choice.substr(0, 40)) + ".");
    }
    if (chosen == found->choices.begin()) {
        changes_.erase(std::string(knob));
    } else {
        changes_.insert_or_assign(std::string(knob), std::string(choice));
    }
}

std::string_view Behaviour::at(std::string_view knob) const {
    const auto changed = changes_.find(knob);
    if (changed != changes_.end()) return changed->second;
    const auto* found = find_knob(knob);
    return found == nullptr ? std::string_view{} : found->choices.front().name;
}

}  // namespace symbolon::voice
