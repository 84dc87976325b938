#pragma once

#include "base/secret.hpp"
#include "base/task.hpp"
#include "signin/sign_in.hpp"

#include <string>

namespace symbolon::signin {

/// What an authenticator app is fed with.
struct SoftwareTokenSetup {
    std::string secret_code;  ///< Base32
    std::string session;      ///< to go on with; "" for who proved an access token
};

/// Setting up an authenticator app (TOTP), by a user who proved an access token, or with the session of MFA_SETUP in
/// the middle of a sign-in. A former app works until the new one has given a right code. All fail with
/// software_token_not_found where the pool does not have them; those with a session with not_authorized, in the words
/// of cognito-api.md §3.1. Spec: §3.9, "TOTP enrolment".
class SoftwareTokenSetups {
public:
    explicit SoftwareTokenSetups(Services& services) : services_(services) {}

    /// Makes a secret; a former one that was not proven ends.
    Task<SoftwareTokenSetup> associate(PoolPtr pool, UserId user);
    Task<SoftwareTokenSetup> associate_in_session(std::string session, Caller caller);

    /// Takes the app's first code, which is used up. Whether it is asked for is the user's preference, and the pool's.
    /// Fails: software_token_mismatch (wrong, used, or too many guesses), software_token_not_found (no secret waits).
    Task<void> verify(PoolPtr pool, UserId user, OneTimeCode code, std::string friendly_name);
    /// The same, and the app is asked for from now on. Returns the session that completes MFA_SETUP.
    Task<std::string> verify_in_session(std::string session, OneTimeCode code, std::string friendly_name,
                                        Caller caller);

private:
    Services& services_;
};

}  // namespace symbolon::signin
