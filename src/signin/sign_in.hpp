#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "signin/services.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace symbolon::signin {

using PoolPtr = std::shared_ptr<const directory::Pool>;
using ClientPtr = std::shared_ptr<const directory::Client>;

/// Where a code went.
struct CodeDelivery {
    std::string attribute;    ///< phone_number | email
    std::string medium;       ///< SMS | EMAIL
    std::string destination;  ///< masked
};

/// What a sign-in waits for, as the API's ChallengeName has it. Spec: cognito-api.md §3.9.
enum class ChallengeKind {
    // the first factor
    select_challenge,
    password,
    password_srp,
    password_verifier,
    sms_otp,
    email_otp,
    web_authn,
    custom_challenge,
    // what pool and user add
    new_password_required,
    sms_mfa,
    email_mfa,  ///< EMAIL_OTP as a second factor
    software_token_mfa,
    select_mfa_type,
    mfa_setup,
    device_srp_auth,
    device_password_verifier,
};

/// What the server says of a proof by SRP. Spec: cognito-api.md §3.4.
struct SrpQuestion {
    std::string salt;  ///< hexadecimal, as `b`
    std::string b;
    std::string secret_block;  ///< base64: the sealed proof, in another alphabet
};

/// What the user has to do next. `session` is a sealed proof of what was done so far; it names pool, client, user,
/// step, browser and expiry, and works once.
struct Challenge {
    ChallengeKind kind = ChallengeKind::sms_mfa;
    std::string session;   ///< "" where the secret block of SRP stands for it
    std::string username;  ///< the real user name
    std::optional<CodeDelivery> delivery = {};
    directory::Attributes attributes = {};              ///< new_password_required: the present ones
    std::vector<std::string> required_attributes = {};  ///< new_password_required: the missing ones
    std::vector<ChallengeKind> choices = {};            ///< first factors, second factors, or what can be set up
    directory::Attributes parameters = {};              ///< custom_challenge: the public ones
    std::optional<SrpQuestion> srp = {};                ///< password_verifier, device_password_verifier
    std::string device_key = {};                        ///< device_srp_auth, device_password_verifier
    std::string friendly_name = {};                     ///< software_token_mfa
    std::string credential_options = {};                ///< web_authn: PublicKeyCredentialRequestOptions as JSON
    Instant expires{};
};

/// What ended a sign-in: the source of the pre token generation trigger (TokenGeneration_…). Spec: §6.2.
enum class Ending { authentication, new_password_challenge, authenticate_device };

/// Every required proof was given. Only signin makes one.
struct SignedIn {
    PoolId pool_id;
    ClientId client_id;
    UserId user_id;
    std::string username;
    Instant auth_time{};
    std::string login = {};  ///< what the person signs in with; for pages, not for tokens
    Ending ending = Ending::authentication;
    std::string device_key = {};        ///< of the device; "" where the pool tracks none
    std::string device_group_key = {};  ///< set for a new device: NewDeviceMetadata
    bool new_device = false;            ///< the device was not known before this sign-in
    triggers::Metadata metadata = {};   ///< what the token trigger gets to see of ClientMetadata (§6.4)
    std::vector<std::string> amr = {};  ///< how the person was authenticated (amr.hpp)
    /// The authentication level that an identity provider vouches for, 1 to 4; nothing: it follows from `amr`.
    std::optional<std::int64_t> vouched_level = {};
    std::vector<int> levels = {};  ///< as FirstFactor: tokens say which of them it was
};

using Outcome = std::variant<Challenge, SignedIn>;

/// A second or passwordless factor's answer: a code by text, by mail or of an app.
struct CodeAnswer {
    std::string session;
    std::optional<std::string> login = {};
    OneTimeCode code;
};

/// A sign-in that an access token of the client is of.
struct FormerSignIn {
    UserId user;
    bool by_password = false;  ///< with others or alone
};

/// A choice of the first factor (USER_AUTH): what is chosen, and what the client gives along. Spec: §3.6.
struct FirstFactor {
    std::optional<ChallengeKind> kind = {};  ///< nothing: the user shall be asked
    Password password = {};                  ///< may be empty
    std::string srp_a = {};                  ///< hexadecimal; may be empty
    std::string credential = {};             ///< of web_authn; may be empty
    std::string sign_up_session = {};        ///< of ConfirmSignUp, at the beginning (sign_up_session.hpp)
    /// At the beginning: the authentication levels (amr.hpp) of which one is wanted, the best liked first; empty: any.
    std::vector<int> levels = {};
    /// Beside levels: what the client shows of a sign-in before. A password that was proven then stands in for it where
    /// a second factor that is asked for now makes a level of it, and for nothing else.
    std::optional<FormerSignIn> former = {};
};

/// A proof by SRP, as given by the client.
struct SrpClaim {
    std::string session;  ///< may be empty, see Challenge::session
    std::string login;
    std::string secret_block;
    std::string timestamp;
    std::string signature;  ///< base64
};

/// Sign-in: every flow of the API, and the same for the hosted pages. The steps themselves are a pure function, step()
/// in step.hpp. All methods with a session fail with not_authorized when it is forged, expired, used, or of another
/// user, client, browser or step; all fail with hook_… where a hook of the pool does. `caller.device_key` is the device
/// that the client says it is on. Spec: cognito-api.md §3.
class SignIn {
public:
    explicit SignIn(Services& services) : services_(services) {}

    /// Fails: not_authorized (wrong password, locked, disabled, unknown user where the client hides users),
    /// user_not_found, user_not_confirmed, password_reset_required, too_many_requests.
    Task<Outcome> with_password(PoolPtr pool, ClientPtr client, std::string login, Password password, Caller caller);

    /// The same in two steps, for an administrator's server that has not got the password yet: asks `password`, also of
    /// nobody where users are hidden. Fails: not_authorized (locked, disabled), user_not_found. Spec: §3.9,
    /// ADMIN_NO_SRP_AUTH.
    Task<Outcome> begin_password(PoolPtr pool, ClientPtr client, std::string login, Caller caller);
    /// Answers what begin_password() asked. Fails as with_password; not_authorized (session).
    Task<Outcome> with_asked_password(PoolPtr pool, ClientPtr client, std::string session, std::string login,
                                      Password password, Caller caller);

    /// USER_SRP_AUTH: asks password_verifier. Where users are hidden, also of nobody. Fails: invalid_parameter (SRP_A),
    /// not_authorized (locked), user_not_found.
    Task<Outcome> begin_srp(PoolPtr pool, ClientPtr client, std::string login, std::string srp_a, Caller caller);
    /// Answers password_verifier, once: a wrong proof uses the challenge up. Fails as with_password; invalid_parameter
    /// (timestamp), resource_not_found (an unknown device, which uses nothing up).
    Task<Outcome> with_verifier(PoolPtr pool, ClientPtr client, SrpClaim claim, Caller caller);

    /// USER_AUTH. Fails as the factor that is chosen.
    Task<Outcome> begin_choice(PoolPtr pool, ClientPtr client, std::string login, FirstFactor factor, Caller caller);
    /// Answers select_challenge, and each challenge for a first factor while it stands: password, password_srp, or
    /// another choice. Fails: invalid_parameter (not on offer).
    Task<Outcome> choose(PoolPtr pool, ClientPtr client, std::string session, std::string login, FirstFactor factor,
                         Caller caller);
    /// Answers sms_otp or email_otp. Fails: code_mismatch, code_expired, too_many_attempts.
    Task<Outcome> with_first_code(PoolPtr pool, ClientPtr client, ChallengeKind kind, CodeAnswer answer, Caller caller);

    /// CUSTOM_AUTH; with `srp_a` the list of results begins with SRP_A. Fails: invalid_parameter (no define hook).
    Task<Outcome> begin_custom(PoolPtr pool, ClientPtr client, std::string login, std::string srp_a, Caller caller);
    /// Answers custom_challenge. Fails: not_authorized (the pool's own code said so).
    Task<Outcome> with_custom_answer(PoolPtr pool, ClientPtr client, std::string session, std::string login,
                                     std::string answer, Caller caller);

    /// Fails: code_mismatch, code_expired, too_many_attempts.
    Task<Outcome> with_sms_code(PoolPtr pool, ClientPtr client, std::string session, std::optional<std::string> login,
                                OneTimeCode code, Caller caller);
    /// Answers email_mfa, or email_otp: they have one name in the API. Fails as with_sms_code.
    Task<Outcome> with_email_code(PoolPtr pool, ClientPtr client, CodeAnswer answer, Caller caller);
    /// Answers software_token_mfa. Fails: code_mismatch, code_expired (a code that was used), too_many_attempts,
    /// software_token_not_found.
    Task<Outcome> with_software_token(PoolPtr pool, ClientPtr client, CodeAnswer answer, Caller caller);
    /// Answers select_mfa_type. Fails: invalid_parameter (not one of the choices), limit_exceeded.
    Task<Outcome> with_factor(PoolPtr pool, ClientPtr client, std::string session, std::optional<std::string> login,
                              ChallengeKind factor, Caller caller);
    /// Answers mfa_setup: with the session that verifying an authenticator app gave (mfa_setup.hpp), or with an e-mail
    /// address, which is then asked for a code. Fails: invalid_parameter (address).
    Task<Outcome> with_mfa_setup(PoolPtr pool, ClientPtr client, std::string session, std::optional<std::string> login,
                                 std::string email, Caller caller);
    /// Sends the code of an sms_mfa or email_mfa challenge again (a new code; the former ends). Fails: not_authorized,
    /// limit_exceeded.
    Task<Challenge> resend(PoolPtr pool, ClientPtr client, std::string session, Caller caller);

    /// Answers new_password_required; `attributes` are the missing required ones. Fails: not_authorized,
    /// invalid_password.
    Task<Outcome> with_new_password(PoolPtr pool, ClientPtr client, std::string session,
                                    std::optional<std::string> login, Password password,
                                    directory::Attributes attributes, Caller caller);

    /// Answers device_srp_auth of the device `caller.device_key`: asks device_password_verifier. Fails:
    /// invalid_parameter (SRP_A), resource_not_found (not that device).
    Task<Outcome> begin_device(PoolPtr pool, ClientPtr client, std::string session, std::string login,
                               std::string srp_a, Caller caller);
    /// Answers device_password_verifier, once.
    Task<Outcome> with_device_verifier(PoolPtr pool, ClientPtr client, SrpClaim claim, Caller caller);

private:
    Services& services_;
};

}  // namespace symbolon::signin
