#pragma once

#include "base/task.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <string>

namespace symbolon::signin {

/// Forgotten and changed passwords (cognito-api.md §3.11).
class Recovery {
public:
    explicit Recovery(Services& services) : services_(services) {}

    /// Fails: user_not_found, invalid_parameter (no verified contact), not_authorized, limit_exceeded. Where the client
    /// hides users the answer is the same for an unknown one.
    Task<CodeDelivery> forgot(PoolPtr pool, ClientPtr client, std::string login, Caller caller);
    /// Fails: code_mismatch, code_expired, invalid_password, password_used_before, password_compromised (the code may
    /// be given again), limit_exceeded, user_not_found.
    Task<void> confirm(PoolPtr pool, ClientPtr client, std::string login, OneTimeCode code, Password password,
                       Caller caller);
    /// For a user who proved an access token: with the old password, which only a user who has none may leave out.
    /// `client` is the app's that the user changes it with. Fails: not_authorized, invalid_parameter, invalid_password,
    /// password_used_before, password_compromised, limit_exceeded.
    Task<void> change(PoolPtr pool, UserId user, std::optional<Password> previous, Password proposed, ClientId client,
                      Caller caller);

private:
    Services& services_;
};

}  // namespace symbolon::signin
