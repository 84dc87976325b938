#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/log.hpp"
#include "symbolon/skill/skill.hpp"

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

/// There is no token, or the identity server no longer accepts it: the user has to link (again).
struct NotLinked {};

/// The identity server could not be asked; the link may be perfectly good. `reason` is for the log.
struct Unavailable {
    std::string reason;
};

struct AccountLinkingOptions {
    std::string userinfo_url;               ///< the OpenID Connect UserInfo endpoint
    std::chrono::milliseconds limit{2000};  ///< of the platform's eight seconds
    std::string ca_file = {};               ///< PEM roots beside the system's
    std::string link_speech = "To use this skill, please link your account. I have sent a card to your app.";
    std::string apology = "Sorry, I cannot reach your account right now. Please try again in a moment.";
    Fetch fetch = http_fetch();
    Log log = stderr_log();
};

/// The skill's half of account linking: who is asking, and what to say when nobody knows. Threads: any.
class AccountLinking {
public:
    using UserHandler = std::function<Response(Input&, const UserInfo&)>;

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

    /// Speech, a LinkAccount card, end of the session.
    Response link_card() const;

private:
    AccountLinkingOptions options_;
};

}  // namespace symbolon::skill
