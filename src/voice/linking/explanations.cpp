#include "voice/linking/explanations.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace symbolon::voice {

namespace {

struct Line {
    std::string_view cause;
    Explanation explanation;
};

constexpr std::array<Line, 39> lines{{
    // The browser's way (voice-account-linking.md §2.2 to §2.4).
    {"state_unknown",
     {"The state that came back is not one that was sent out, or it was used already.",
      "The server must return state exactly as it got it. A page that was reloaded ends here too."}},
    {"state_of_another_browser", {"The linking was begun in another browser.", "Begin and end it in the same one."}},
    {"state_expired", {"The linking took longer than 15 minutes.", "Begin again."}},
    {"missing_code",
     {"The server sent the browser back without a code.", "It must add code and state to the redirect URL."}},
    {"prefetch",
     {"The authorization URI did not lead to a page when the platform's servers opened it first.",
      "It must answer without cookies, as often as it is asked, and without a bot filter in front of it."}},
    {"no_cookies",
     {"The way to the sign-in page does not work in a browser that keeps no cookies between the hops.",
      "Carry what belongs to the transaction in the URL, or in a record that the URL names."}},
    // The token endpoint's way (§2.5, §2.6, §7.2 rule 5).
    {"missing_access_token", {"The answer holds no access_token.", "The token endpoint must return it as JSON."}},
    {"missing_refresh_token",
     {"The answer holds no refresh_token.",
      "The platform expects both tokens in the code grant. Many servers give one only for the scope offline_access."}},
    {"dns", {"The host of the access token URI has no address.", "Check the URI: the assistant itself must reach it."}},
    {"connect",
     {"Nothing answers at the access token URI.",
      "Check host and port, and that the server runs. The phone may reach what the platform's servers do not."}},
    {"tls",
     {"The TLS connection to the access token URI failed.",
      "Check the certificate's chain (intermediates are often missing) and name, and that TLS 1.2 is offered."}},
    {"timeout",
     {"The token endpoint took longer than 4.5 seconds.", "Make it answer faster: the platform gives up then."}},
    {"lost_answer",
     {"The token endpoint's answer was lost on its way (FI-01).",
      "A code or a refresh token that is shown again by the same client must work for a while."}},
    {"redirect", {"The token endpoint answered with a redirect.", "Configure the URL that answers itself."}},
    {"status",
     {"The token endpoint answered with an error that is not OAuth's.",
      "See the answer below. A page of a proxy or a bot filter looks like this, too."}},
    {"content_type", {"The token endpoint's answer is not application/json.", "Set the Content-Type of the answer."}},
    {"json",
     {"The token endpoint's answer is not a JSON object.",
      "Return one object, not compressed, without a byte order mark or anything else before it."}},
    {"bad_expires_in", {"expires_in is not a whole number.", "Return seconds as a JSON number, not as text."}},
    {"expires_too_short", {"expires_in is below 360 seconds.", "Let access tokens live at least six minutes."}},
    {"oauth_error:invalid_client",
     {"The server does not accept the client id and secret.",
      "Check both, and the authentication scheme: a server that knows only one of Basic and body says this. Secrets of "
      "letters and digits alone cannot be encoded in two ways."}},
    {"oauth_error:invalid_grant",
     {"The server does not accept the code.",
      "It may have expired, been used, belong to another redirect URL or client, or lack its PKCE verifier."}},
    {"oauth_error:unauthorized_client", {"The client may not use this grant.", "Allow the authorization code grant."}},
    {"oauth_error:unsupported_grant_type",
     {"The token endpoint does not know this grant.", "Check that the access token URI is the token endpoint."}},
    {"oauth_error:unsupported_response_type",
     {"The authorization endpoint does not know this response type.",
      "Allow code (or token, for the implicit grant)."}},
    {"oauth_error:access_denied", {"The person, or the server, said no.", "Begin again to give it another try."}},
    {"oauth_error:invalid_scope",
     {"The server does not know one of the scopes.", "Compare the scopes with those that the client is allowed."}},
    {"oauth_error:invalid_request",
     {"The server misses something in the request, or finds something twice.",
      "See its own log. Servers that demand PKCE refuse platforms that send none."}},
    {"oauth_error:server_error", {"The server failed.", "See its own log."}},
    {"oauth_error:temporarily_unavailable", {"The server is busy or closed.", "Try again later."}},
    {"oauth_error:linking_error",
     {"The server cannot link this person without the browser.",
      "That is a regular answer: the platform goes on with the sign-in page, with login_hint."}},
    {"oauth_error:redirect_mismatch",
     {"The redirect URL is not registered at the server.", "Register the URLs of all regions."}},
    // What follows the tokens (§3.4, §4.1, §4.2, §2.9).
    {"accept_grant",
     {"The tokens came, but the skill did not accept the platform's grant (AcceptGrant).",
      "Answer Alexa.Authorization AcceptGrant with AcceptGrant.Response, or take the permission to send events away."}},
    {"sync",
     {"The tokens came, but the fulfilment did not answer SYNC.",
      "Answer 200 with payload.agentUserId and payload.devices for the access token that comes with it."}},
    {"discovery",
     {"The tokens came, but the connector did not answer the discovery.",
      "Answer discoveryRequest with a discoveryResponse for the token that comes with it."}},
    {"grant_callback",
     {"The tokens came, but the connector did not take the callback grant.",
      "Answer grantCallbackAccess with 200, and refuse only another clientId."}},
    {"reciprocal",
     {"The tokens came, but the reciprocal access token URI refused the platform's code.",
      "Answer any 2xx to grant_type=reciprocal_authorization_code with the user's access token as Bearer."}},
    {"fulfillment_token",
     {"The fulfilment does not accept the access token that the server has just given.",
      "Check issuer, audience and scopes where the token is verified."}},
    {"redirect_not_allowed",
     {"The redirect URI of the code is not among the redirect URLs of the skill.",
      "Add your app's redirect URL to the account-linking configuration."}},
    {"code_held", {"The code waits to be exchanged late (FI-05).", "Say something to the skill once it is due."}},
}};

constexpr std::array<Line, 4> refresh_lines{{
    {"oauth_error:invalid_grant",
     {"The server no longer accepts the refresh token. The link is dead, and the person has to link again.",
      "Usual reasons: it expired (raise its life to a year or more), it was replaced and the platform never got the "
      "new "
      "one (grant a grace period), a second refresh came at the same time (answer both), the session at the server "
      "ended (scope offline_access)."}},
    {"missing_refresh_token",
     {"There is no refresh token to renew the access token with.",
      "Return one with the code grant. The implicit grant ends with its token."}},
    {"oauth_error:invalid_client",
     {"The server no longer accepts the client id and secret. The link is dead.",
      "Was the secret replaced? Let the old one work until the platform has the new one."}},
    {"timeout",
     {"The server took longer than 4.5 seconds to renew the token. The platform tries again.",
      "The refresh token that was shown must still work: the platform may not have got the answer."}},
}};

/// Where an assertion was shown (§4.1).
constexpr std::array<Line, 2> assertion_lines{
    {{"oauth_error:invalid_grant",
      {"The server does not accept the assertion.",
       "Its issuer, the assistant's address with /google, must be an identity provider of the server, with the client "
       "id of the manifest, and allowed for the client."}},
     {"oauth_error:unauthorized_client",
      {"The client may not show assertions.", "Allow the JWT bearer grant (RFC 7523) for the client."}}}};

const Explanation* find(std::span<const Line> list, std::string_view cause) {
    const auto found = std::ranges::find(list, cause, &Line::cause);
    return found == list.end() ? nullptr : &found->explanation;
}

}  // namespace

Explanation explain(std::string_view cause) {
    if (const auto* found = find(lines, cause)) return *found;
    return {"The server refused.", "Look up the code in its documentation."};
}

Explanation explain_assertion(std::string_view cause) {
    if (const auto* found = find(assertion_lines, cause)) return *found;
    return explain(cause);
}

Explanation explain_refresh(std::string_view cause) {
    if (const auto* found = find(refresh_lines, cause)) return *found;
    return explain(cause);
}

std::vector<std::string_view> explained_causes() {
    std::vector<std::string_view> out;
    for (const auto& line : lines) out.push_back(line.cause);
    return out;
}

}  // namespace symbolon::voice
