#pragma once

#include "net/form.hpp"
#include "net/http.hpp"
#include "voice/assistant.hpp"
#include "voice/platforms/grants.hpp"

#include <optional>
#include <string>

namespace symbolon::voice {

/// A skill's client at the platform's own authorization server: for AcceptGrant, messages and app-to-app linking
/// (voice-account-linking.md §1.6, `skillMessagingCredentials`).
struct MessagingCredentials {
    std::string client_id;
    std::string client_secret;
};

/// The client id of a skill's credentials. It follows from the skill's id, so nobody has to look it up.
std::string messaging_client_id(const std::string& skill_id);

/// The setting that holds the secret.
std::string messaging_secret_name(const std::string& skill_id);

/// The tokens that this server gives: a pair as `Atza|…`, `Atzr|…` (§1.3).
struct PlatformTokens {
    std::string access_token;
    std::string refresh_token;
    std::int64_t expires_in = 3600;
};

/// What redeems a code or a refresh token, beside the credentials.
struct Redemption {
    std::string kind;  ///< code | refresh
    std::string token;
    std::string redirect_uri = {};   ///< of a code that a browser carried
    std::string code_verifier = {};  ///< of a code with a challenge
};

/// Login with Amazon, as far as skills meet it: codes, POST /auth/o2/token, and who a bearer token is (§1.3, §3.4).
/// SmartThings' callback grants work alike and are kept here, too (§4.2).
class Lwa {
public:
    explicit Lwa(const Assistant::Parts& parts) : parts_(parts) {}

    /// Of the skill; made when they are asked for the first time.
    Task<MessagingCredentials> credentials(std::string skill_id);

    /// A code that works once within five minutes.
    Task<std::string> make_code(std::string purpose, std::string skill_id, std::string account,
                                std::string redirect_uri);
    /// The same for what a grant says: its purpose, skill, account, redirect URI and challenge.
    Task<std::string> make_code(PlatformGrant grant);
    /// Exchanges a code or a refresh token for a pair. Fails: Error{oauth_invalid_grant, oauth_invalid_client}.
    Task<PlatformTokens> redeem(Redemption redemption, MessagingCredentials proof);
    /// POST /auth/o2/token, as RFC 6749 has it: Basic or body.
    Task<net::Response> token_endpoint(net::Request request);

    /// Whose access token this is; nothing for one that is unknown or expired.
    Task<std::optional<PlatformGrant>> who(std::string access_token);
    /// Forgets what was given out for a person at a skill.
    Task<void> forget(std::string skill_id, std::string account);

private:
    Assistant::Parts parts_;
};

}  // namespace symbolon::voice
