#pragma once

#include "base/task.hpp"
#include "signin/sign_in.hpp"

namespace symbolon::signin {

struct NewUser {
    std::string username;
    directory::Attributes attributes;
    std::optional<Password> temporary_password;
    bool force_alias = false;
    bool suppress_message = false;
    bool resend = false;
    std::vector<std::string> media;  ///< SMS | EMAIL; empty: SMS
};

/// What administrators do to users (cognito-api.md §4.6).
class Administration {
public:
    explicit Administration(Services& services) : services_(services) {}

    /// Fails: username_exists, alias_exists, invalid_parameter, invalid_password, unsupported_user_state,
    /// user_not_found.
    Task<directory::User> create_user(PoolPtr pool, NewUser user);
    /// Permanent: CONFIRMED; else FORCE_CHANGE_PASSWORD with a fresh expiry. Fails: user_not_found, invalid_password.
    Task<void> set_password(PoolPtr pool, std::string login, Password password, bool permanent);
    /// Fails: user_not_found, not_authorized "User cannot be confirmed. Current status is …".
    Task<void> confirm(PoolPtr pool, std::string login);
    /// Fails: user_not_found.
    Task<void> erase(PoolPtr pool, std::string login);

private:
    Services& services_;
};

}  // namespace symbolon::signin
