#pragma once

#include "net/http.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/linking/journey.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace symbolon::voice {

/// Whom Google vouches for (voice-account-linking.md §4.1).
struct GooglePerson {
    std::string sub;
    std::string email;
    bool email_verified = true;
    std::string name;
    std::string hosted_domain;  ///< hd; "" for a person of their own
};

/// How streamlined linking ended: with a link, or with the advice to go on in the browser.
struct StreamlinedOutcome {
    LinkOutcome outcome;
    bool answered_regularly = false;  ///< `check` was answered as it must be
    bool account_found = false;       ///< … and this is what it said
    bool goes_on_in_browser = false;
    std::string login_hint;
};

/// Streamlined linking as Google does it: an assertion about the person is shown to the token endpoint, first with
/// intent=check, then with get or create; where that does not link, the web flow follows with a login_hint. The
/// assistant is the issuer: its discovery document is below <base-url>/google.
class Streamlined {
public:
    Streamlined(const Assistant::Parts& parts, const Identity& identity, Journey& journey, std::string base_url);

    /// `may_create`: the person agreed that an account is made. Fails: resource_not_found (no skill, no account
    /// linking), invalid_parameter (the skill's manifest names no client id of Google's).
    Task<StreamlinedOutcome> link(std::string skill_id, std::string account, GooglePerson person, bool may_create);

    /// /google/.well-known/openid-configuration and /google/certs.
    net::Response discovery() const;
    net::Response keys() const;

private:
    struct Asked {
        int status = 0;
        boost::json::object body;
        TokenResult tokens = TokenFailure{};
    };
    std::string assertion(const GooglePerson& person, const std::string& client_id) const;
    Task<Asked> ask(StoredLinking linking, Behaviour behaviour, std::string intent, std::string assertion);

    Assistant::Parts parts_;
    const Identity& identity_;
    Journey& journey_;
    std::string base_url_;
};

}  // namespace symbolon::voice
