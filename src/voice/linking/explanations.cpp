#include "voice/linking/journey.hpp"

#include <array>

namespace symbolon::voice {

namespace {

struct Line {
    std::string_view cause;
    Explanation explanation;
};

constexpr std::array<Line, 22> lines{{
    {"state_unknown",
     {"The state that came back is not one that was sent out, or it was used already.",
      "The server must return state exactly as it got it. A page that was reloaded ends here too."}},
    {"state_of_another_browser", {"The linking was begun in another browser.", "Begin and end it in the same one."}},
    {"state_expired", {"The linking took longer than 15 minutes.", "Begin again."}},
    {"missing_code",
     {"The server sent the browser back without a code.", "It must add code and state to the redirect URL."}},
    {"missing_access_token", {"The answer holds no access_token.", "The token endpoint must return it as JSON."}},
    {"missing_refresh_token",
     {"The answer holds no refresh_token.", "The platform expects both tokens in the code grant."}},
    {"dns", {"The host of the access token URI has no address.", "Check the URI: the assistant itself must reach it."}},
    {"connect", {"Nothing answers at the access token URI.", "Check host and port, and that the server runs."}},
    {"tls", {"The TLS connection to the access token URI failed.", "Check the certificate's chain and name."}},
    {"timeout",
     {"The token endpoint took longer than 4.5 seconds.", "Make it answer faster: the platform gives up then."}},
    {"redirect", {"The token endpoint answered with a redirect.", "Configure the URL that answers itself."}},
    {"status", {"The token endpoint answered with an error that is not OAuth's.", "See the answer below."}},
    {"content_type", {"The token endpoint's answer is not application/json.", "Set the Content-Type of the answer."}},
    {"json", {"The token endpoint's answer is not a JSON object.", "Return one object, without anything before it."}},
    {"bad_expires_in", {"expires_in is not a whole number.", "Return seconds as a JSON number."}},
    {"expires_too_short", {"expires_in is below 360 seconds.", "Let access tokens live at least six minutes."}},
    {"oauth_error:invalid_client",
     {"The server does not accept the client id and secret.", "Check both, and the authentication scheme."}},
    {"oauth_error:invalid_grant",
     {"The server does not accept the code.", "It may have expired, been used, or belong to another redirect URL."}},
    {"oauth_error:unauthorized_client", {"The client may not use this grant.", "Allow the authorization code grant."}},
    {"oauth_error:access_denied", {"The person, or the server, said no.", "Begin again to give it another try."}},
    {"oauth_error:invalid_scope",
     {"The server does not know one of the scopes.", "Compare the scopes with the client's."}},
    {"oauth_error:invalid_request", {"The server misses something in the request.", "See its own log."}},
}};

}  // namespace

Explanation explain(std::string_view cause) {
    for (const auto& line : lines) {
        if (line.cause == cause) return line.explanation;
    }
    return {"The server refused.", "Look up the code in its documentation."};
}

}  // namespace symbolon::voice
