#pragma once

#include "base/task.hpp"
#include "signin/sign_in.hpp"

#include <string>
#include <vector>

namespace symbolon::signin {

/// A user's attributes, changed after the sign-up: by the user, who proved an access token, as far as the client may,
/// or by an administrator, who names the user. Both fail with invalid_parameter (schema, immutable, required) and
/// alias_exists. Spec: cognito-api.md §4.3 to §4.5.
class Profile {
public:
    explicit Profile(Services& services) : services_(services) {}

    /// A blank value deletes. Returns where codes went, for new numbers and addresses. Fails: not_authorized (not
    /// writable for the client), limit_exceeded (codes); then nothing is changed.
    Task<std::vector<CodeDelivery>> update(PoolPtr pool, ClientPtr client, UserId user, directory::Attributes given,
                                           Caller caller);
    /// Fails: not_authorized.
    Task<void> erase(PoolPtr pool, ClientPtr client, UserId user, std::vector<std::string> names);

    /// The same; an administrator may set email_verified and phone_number_verified, which spares the code.
    Task<void> update_as_administrator(PoolPtr pool, std::string login, directory::Attributes given, Caller caller);
    Task<void> erase_as_administrator(PoolPtr pool, std::string login, std::vector<std::string> names);

    /// Sends a code to the user's phone_number or email, or to the value that waits to become it. Fails:
    /// invalid_parameter, limit_exceeded.
    Task<CodeDelivery> send_code(PoolPtr pool, ClientPtr client, UserId user, std::string attribute, Caller caller);
    /// Redeems that code; a value that waited takes the place of the former one. Fails: code_mismatch, code_expired,
    /// limit_exceeded, alias_exists (another user has proven it; the code stays).
    Task<void> verify(PoolPtr pool, UserId user, std::string attribute, OneTimeCode code);

private:
    Services& services_;
};

}  // namespace symbolon::signin
