#pragma once

#include "base/task.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <string>
#include <vector>

namespace symbolon::signin {

struct NewUser {
    std::string username;
    directory::Attributes attributes;
    std::optional<Password> temporary_password;
    bool force_alias = false;
    bool suppress_message = false;
    bool resend = false;
    std::vector<std::string> media;    ///< SMS | EMAIL; empty: SMS
    std::optional<UserId> id;          ///< nothing: made by chance
    triggers::Metadata metadata = {};  ///< for hooks only, as the next
    triggers::Metadata validation_data = {};
};

/// What administrators do to users (cognito-api.md §4.6). All fail with user_not_found.
class Administration {
public:
    explicit Administration(Services& services) : services_(services) {}

    /// A user with a temporary password: the given one, or one that is made here. Where the pool lets its users in by a
    /// code alone, and none is given, a user without a password, CONFIRMED at once, to whom nothing is sent: there is
    /// nothing to tell but what they know. Fails: username_exists, alias_exists, invalid_parameter, invalid_password,
    /// unsupported_user_state.
    Task<directory::User> create_user(PoolPtr pool, NewUser user);
    /// Permanent: CONFIRMED; else FORCE_CHANGE_PASSWORD with a fresh expiry. Fails: invalid_password,
    /// password_used_before.
    Task<void> set_password(PoolPtr pool, std::string login, Password password, bool permanent);
    /// The password no longer opens, a code to set another one is sent. Fails: not_authorized, invalid_parameter (no
    /// verified contact). Spec: §3.11.
    Task<void> reset_password(PoolPtr pool, std::string login, Caller caller);
    /// Fails: not_authorized "User cannot be confirmed. Current status is …".
    Task<void> confirm(PoolPtr pool, std::string login, triggers::Metadata metadata);
    /// Lets nobody in any more as this user, and ends every sign-in there is.
    Task<void> disable(PoolPtr pool, std::string login);
    Task<void> enable(PoolPtr pool, std::string login);
    /// Ends every sign-in there is.
    Task<void> sign_out(PoolPtr pool, std::string login);
    Task<void> erase(PoolPtr pool, std::string login);

private:
    Services& services_;
};

}  // namespace symbolon::signin
