#pragma once

#include "base/secret.hpp"
#include "base/task.hpp"
#include "directory/auth_events.hpp"
#include "signin/mfa_preference.hpp"
#include "signin/sign_in.hpp"

#include <string>

namespace symbolon::signin {

/// What people change about their own accounts, beside attributes, passwords and passkeys, which have use cases of
/// their own. Whoever asks has proven who they are. A user who is gone meanwhile changes nothing.
class OwnAccount {
public:
    explicit OwnAccount(Services& services) : services_(services) {}

    /// Ends one of the user's sessions, and what came of it; one that is over is none.
    Task<void> end_session(PoolPtr pool, UserId user, std::string session_id);

    /// Turns second factors on and off. Fails: as change_preference().
    Task<void> set_factors(PoolPtr pool, UserId user, MfaChange change);

    /// Takes the first code of an authenticator app that was set up, which is asked for from then on, and first. Fails:
    /// as SoftwareTokenSetups::verify().
    Task<void> adopt_software_token(PoolPtr pool, UserId user, OneTimeCode code, std::string device_name);

    /// What the user says of a sign-in that they were told of. False when it is not remembered any more: with its user,
    /// or as the oldest of a hundred.
    Task<bool> rate_sign_in(PoolPtr pool, UserId user, std::string event_id, directory::FeedbackValueType value);

private:
    Services& services_;
};

}  // namespace symbolon::signin
