#pragma once

#include "base/task.hpp"
#include "signin/sign_in.hpp"

namespace symbolon::signin {

struct SignUpResult {
    UserId user_id;
    std::string username;
    bool confirmed = false;
    std::optional<CodeDelivery> delivery;
    std::string session = {};  ///< leads on to the first sign-in (sign_up_session.hpp); "" : none
};

/// Self sign-up and its confirmation (cognito-api.md §3.2). Where the client hides users, an unknown user gets the same
/// answers in the same time.
class SignUp {
public:
    explicit SignUp(Services& services) : services_(services) {}

    /// The password may be empty where the pool lets the user in by a code alone.
    /// Fails: not_authorized (closed to self sign-up), invalid_parameter, invalid_password, password_compromised,
    /// username_exists, limit_exceeded.
    Task<SignUpResult> sign_up(PoolPtr pool, ClientPtr client, std::string username, Password password,
                               directory::Attributes attributes, Caller caller);
    /// Fails: code_mismatch, code_expired, limit_exceeded, not_authorized (already confirmed), alias_exists,
    /// user_not_found. Returns the confirmed user.
    Task<UserId> confirm(PoolPtr pool, ClientPtr client, std::string login, OneTimeCode code, bool force_alias,
                         Caller caller);
    /// For the user that confirm() just returned: the session that begins the first sign-in without a further first
    /// factor, in exchange for that of the sign-up; "" when that is of no use. Spec: §3.2.
    Task<std::string> begin_sign_in(PoolPtr pool, ClientPtr client, UserId user, std::string session);
    /// Fails: invalid_parameter (already confirmed), limit_exceeded, user_not_found.
    Task<CodeDelivery> resend(PoolPtr pool, ClientPtr client, std::string login, Caller caller);

private:
    Services& services_;
};

}  // namespace symbolon::signin
