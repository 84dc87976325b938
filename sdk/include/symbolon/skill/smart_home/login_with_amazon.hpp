#pragma once

#include "symbolon/skill/access_token.hpp"
#include "symbolon/skill/http.hpp"
#include "symbolon/skill/time.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

namespace symbolon::skill::smart_home {

/// What lets a skill send events in a user's name.
struct GrantedTokens {
    AccessToken access;
    AccessToken refresh;
    Time expires_at;  ///< of the access token
};

/// Login with Amazon gave no tokens.
class GrantError : public std::runtime_error {
public:
    /// Whether trying again later can help: no when the grant is refused, yes when there was no proper answer.
    enum class Kind { refused, unavailable };

    GrantError(Kind kind, const std::string& detail) : std::runtime_error(detail), kind_(kind) {}
    Kind kind() const { return kind_; }

private:
    Kind kind_;
};

struct LoginWithAmazonOptions {
    std::string client_id = {};      ///< this and the next: the skill's messaging credentials, from the console
    std::string client_secret = {};  ///< never in the log
    std::string token_url = "https://api.amazon.com/auth/o2/token";
    std::chrono::milliseconds limit{3000};
    std::string ca_file = {};  ///< PEM roots beside the system's
    Fetch fetch = http_fetch();
    Now now = system_now();
};

/// The token endpoint of Login with Amazon. Threads: any. Fails: GrantError. Spec: RFC 6749 §4.1.3, §6.
class LoginWithAmazon {
public:
    explicit LoginWithAmazon(LoginWithAmazonOptions options);

    /// Changes the code of an AcceptGrant directive, which is good once and for minutes.
    GrantedTokens exchange(const AccessToken& code) const;
    /// The answer may hold a new refresh token; the old one is kept when it does not.
    GrantedTokens refresh(const AccessToken& refresh_token) const;

private:
    GrantedTokens ask(std::string form, const AccessToken* old_refresh_token) const;

    LoginWithAmazonOptions options_;
};

}  // namespace symbolon::skill::smart_home
