#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "signin/services.hpp"

#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace symbolon::signin {

using PoolPtr = std::shared_ptr<const directory::Pool>;
using ClientPtr = std::shared_ptr<const directory::Client>;

/// Where a code went.
struct CodeDelivery {
    std::string attribute;    ///< phone_number | email
    std::string medium;       ///< SMS | EMAIL
    std::string destination;  ///< masked
};

enum class ChallengeKind { sms_mfa, new_password_required, mfa_setup };

/// What the user has to do next. `session` is a sealed proof of what was done so far; it names pool, client, user,
/// step, browser and expiry, and works once.
struct Challenge {
    ChallengeKind kind = ChallengeKind::sms_mfa;
    std::string session;
    std::string username;  ///< the real user name
    std::optional<CodeDelivery> delivery;
    directory::Attributes attributes;              ///< new_password_required: the present ones
    std::vector<std::string> required_attributes;  ///< new_password_required: the missing ones
    Instant expires{};
};

/// Every required proof was given. Only signin makes one.
struct SignedIn {
    PoolId pool_id;
    ClientId client_id;
    UserId user_id;
    std::string username;
    Instant auth_time{};
    std::string login = {};  ///< what the person signs in with; for pages, not for tokens
};

using Outcome = std::variant<Challenge, SignedIn>;

/// Sign-in with a password and what the pool and the user add to it. The JSON API and the hosted pages both drive it.
/// The steps themselves are a pure function, step() in step.hpp.
class SignIn {
public:
    explicit SignIn(Services& services) : services_(services) {}

    /// Fails: not_authorized (wrong password, locked, disabled, unknown user where the client hides users),
    /// user_not_found, user_not_confirmed, password_reset_required, too_many_requests.
    Task<Outcome> with_password(PoolPtr pool, ClientPtr client, std::string login, Password password, Caller caller);
    /// Fails: not_authorized (session forged, expired, used, of another user, client or browser), code_mismatch,
    /// code_expired, too_many_attempts.
    Task<Outcome> with_sms_code(PoolPtr pool, ClientPtr client, std::string session, std::optional<std::string> login,
                                OneTimeCode code, Caller caller);
    /// Answers new_password_required; `attributes` are the missing required ones. Fails: not_authorized,
    /// invalid_password.
    Task<Outcome> with_new_password(PoolPtr pool, ClientPtr client, std::string session,
                                    std::optional<std::string> login, Password password,
                                    directory::Attributes attributes, Caller caller);
    /// Sends the code of an sms_mfa challenge again (a new code; the former ends). Fails: not_authorized,
    /// limit_exceeded.
    Task<Challenge> resend(PoolPtr pool, ClientPtr client, std::string session, Caller caller);

private:
    Services& services_;
};

}  // namespace symbolon::signin
