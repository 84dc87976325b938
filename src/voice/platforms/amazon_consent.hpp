#pragma once

#include "net/http.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/platforms/lwa.hpp"
#include "voice/skill.hpp"
#include "voice/talk/accounts.hpp"

#include <optional>
#include <string>

namespace symbolon::voice {

/// Login with Amazon where a person meets it. It is asked for two things: to link an account from the maker's app
/// (scope alexa::skills:account_linking; voice-account-linking.md §2.8), and to sign the person in at a maker whose
/// accounts are Amazon's (scope profile; §2.10). The client is the skill's, with its messaging credentials.
class AmazonConsent {
public:
    AmazonConsent(const Assistant::Parts& parts, const Identity& identity, Lwa& lwa, std::string base_url)
        : parts_(parts), identity_(identity), lwa_(lwa), base_url_(std::move(base_url)) {}

    /// GET /ap/oa and /spa/skill-account-linking-consent: asks who sits at the browser, then sends a code to the
    /// redirect URL. A client or a redirect URL that is not known is told on a page, never redirected to.
    Task<net::Response> ask(net::Request request);
    /// GET /user/profile with a token of scope profile: user_id, name, email where there is one. 400 invalid_token.
    Task<net::Response> profile(net::Request request);

private:
    struct Asked {
        std::optional<Skill> skill;
        Account account;  ///< who sits at the browser
        bool redirect_is_known = false;
    };
    Task<Asked> find_client(std::string client_id, std::string redirect_uri, bool signs_in, std::string account);

    Assistant::Parts parts_;
    const Identity& identity_;
    Lwa& lwa_;
    std::string base_url_;
};

}  // namespace symbolon::voice
