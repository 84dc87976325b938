#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/log.hpp"
#include "symbolon/skill/skill.hpp"
#include "symbolon/skill/token_verifier.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace symbolon::skill {

/// What the identity server says about the user who linked.
struct UserInfo {
    json::object claims;

    /// The claim's text; nothing when it is missing, empty or not a text.
    std::optional<std::string> find(std::string_view claim) const;
};

/// There is no token, or it is no longer (or not yet) good for this skill: the user has to link (again). `reason` is
/// for the log.
struct NotLinked {
    std::string reason;
};

struct AccountLinkingOptions {
    std::string userinfo_url = {};          ///< the OpenID Connect UserInfo endpoint, for linked()
    std::optional<TokenVerifier> tokens{};  ///< verifies tokens without asking, for verified()
    std::chrono::milliseconds limit{2000};  ///< of the platform's eight seconds; less when the deadline is nearer
    std::string ca_file = {};               ///< PEM roots beside the system's
    std::string link_speech = "To use this skill, please link your account. I have sent a card to your app.";
    std::string apology = "Sorry, I cannot reach your account right now. Please try again in a moment.";
    Fetch fetch = http_fetch();
    Now now = system_now();
    Log log = stderr_log();
};

/// The skill's half of account linking: who is asking, and what to say when nobody knows. Threads: any.
class AccountLinking {
public:
    using UserHandler = std::function<Response(Input&, const UserInfo&)>;
    using TokenHandler = std::function<Response(Input&, const TokenClaims&)>;

    explicit AccountLinking(AccountLinkingOptions options);

    /// The LinkAccount card when the request carries no token; nothing when it does.
    std::optional<Response> require_linked(const Input& in) const;

    /// Asks the UserInfo endpoint with the request's token. 401 means NotLinked; every other failure (slow, broken,
    /// another status) means Unavailable, since a card would make the user break a good link.
    /// Spec: OpenID Connect Core §5.3, RFC 6750 §3.1.
    std::variant<UserInfo, NotLinked, Unavailable> user_info(const Input& in) const;

    /// A handler for linked users: without a valid token the user gets the card, when the server cannot be asked an
    /// apology; either ends the session.
    Handler linked(UserHandler handler) const;

    /// What the request's token says, verified without asking the identity server. Fails: std::logic_error (there is no
    /// AccountLinkingOptions::tokens).
    std::variant<TokenClaims, NotLinked, Unavailable> claims(const Input& in) const;

    /// A handler for users whose token proves itself and has the scopes; everybody else as with linked(). Quicker, but
    /// a token that was revoked passes until it expires. Fails: std::invalid_argument (no
    /// AccountLinkingOptions::tokens).
    Handler verified(TokenHandler handler) const;

    /// Speech, a LinkAccount card, end of the session.
    Response link_card() const;

private:
    Response answer(Input& in, const NotLinked& outcome) const;
    Response answer(Input& in, const Unavailable& outcome) const;

    AccountLinkingOptions options_;
};

}  // namespace symbolon::skill
