#pragma once

#include "base/clock.hpp"
#include "directory/users.hpp"
#include "signin/risk/risk.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <variant>
#include <vector>

/// Sign-in as a pure function: from where a sign-in stands, what was just checked and what is true of pool and user
/// now, to where it stands then and what comes next. No I/O, no chance, no clock; every transition can be walked by a
/// test. Spec: cognito-api.md §3.1 (status checks), §3.5, §3.6, §3.9 (NEW_PASSWORD_REQUIRED, MFA selection), §3.10.
///
///     password  password ──────────────────────────────────────────────┐
///     srp       password_verifier ─────────────────────────────────────┤
///     choice    select_challenge ── password, password_verifier,       │
///               (may be chosen anew)  sms_otp, email_otp, web_authn ───┤
///     custom    the pool decides ── custom_challenge, and back ────────┤   (until it says: issue tokens)
///                                └─ password_verifier, 2nd, and back   │
///                                                                      ▼
///               new_password_required if it is temporary ── the 2nd factor if one is due, or the known device for it
///               (sms, email, app; select_mfa_type; mfa_setup) ── the known device ── complete
///
/// Threat protection has its word when the first factor is proven: it may refuse, or ask for a second factor that was
/// not due. That is asked beside a password alone: who has none has nothing left to be asked for. The same goes for a
/// level that the client wants (Facts::levels): the first of them that the user can reach is gone for.
namespace symbolon::signin {

/// How a sign-in began; it never becomes another.
enum class Flow { password, srp, choice, custom };

/// What was proven in this sign-in.
struct Proofs {
    bool password = false;      ///< typed, or by SRP
    bool first_code = false;    ///< sms_otp, email_otp
    bool passkey = false;       ///< without asking who holds it
    bool passkey_user = false;  ///< with user verification
    bool custom = false;        ///< the pool's own code said: issue tokens
    bool sign_up = false;       ///< the code of a sign-up, a moment ago (sign_up_session.hpp)
    bool new_password = false;
    bool sms_code = false;
    bool email_code = false;
    bool software_token = false;
    bool device = false;

    friend bool operator==(const Proofs&, const Proofs&) = default;
};

struct State {
    Flow flow = Flow::password;
    /// The question that is open; none where the pool's own code has to decide, and at the end.
    std::optional<ChallengeKind> asked = ChallengeKind::password;
    Proofs proofs = {};
};

/// Where a sign-in begins.
State begin(Flow flow);

/// Whether something was proven that a sign-in begins with.
bool first_is_given(const Proofs& given);

struct PasswordChecked {
    bool right = false;
};
/// The password, by SRP.
struct VerifierChecked {
    bool right = false;
};
/// select_challenge, or another choice: one of Facts::first_factors; or password_verifier, when SRP_A came along.
struct FirstFactorChosen {
    ChallengeKind kind{};
};
struct FirstCodeChecked {
    ChallengeKind kind{};  ///< sms_otp | email_otp
    bool right = false;
};
struct PasskeyChecked {
    bool right = false;
    bool user_verified = false;
};
/// USER_AUTH with the session of a sign-up that was just confirmed.
struct SignUpConfirmed {};
/// USER_AUTH with a password that was proven before (FormerSignIn).
struct PasswordCredited {};
/// What the pool's own code decided (define auth challenge).
struct PoolDecided {
    enum class Decision { issue_tokens, fail, custom_challenge, password_verifier } decision{};
};
/// Right or wrong: the pool's own code decides what that means.
struct CustomAnswered {};
struct NewPasswordSet {};
struct CodeChecked {
    ChallengeKind kind{};  ///< sms_mfa | email_mfa | software_token_mfa
    bool right = false;
};
/// select_mfa_type: one of Facts::second_factors.
struct SecondFactorChosen {
    ChallengeKind kind{};
};
/// mfa_setup, with an authenticator app that gave a right code …
struct SoftwareTokenSetUp {};
/// … or with an address, which has still to prove itself.
struct EmailSetUp {};
/// device_srp_auth: the client began to prove the device.
struct DeviceNamed {};
struct DeviceChecked {
    bool right = false;
};
using Input = std::variant<PasswordChecked, VerifierChecked, FirstFactorChosen, FirstCodeChecked, PasskeyChecked,
                           SignUpConfirmed, PasswordCredited, PoolDecided, CustomAnswered, NewPasswordSet, CodeChecked,
                           SecondFactorChosen, SoftwareTokenSetUp, EmailSetUp, DeviceNamed, DeviceChecked>;

/// What is true of client and user at this moment; read anew for every step, so that a user who was disabled between
/// two steps does not get to the end. See facts.hpp.
struct Facts {
    directory::UserStatus status = directory::UserStatus::UNCONFIRMED;
    bool enabled = false;
    std::optional<Instant> password_expires = {};    ///< of a temporary password
    std::vector<ChallengeKind> first_factors = {};   ///< what this user may begin with where there is a choice
    bool second_factor_due = true;                   ///< the pool requires one, or the user has one on
    std::vector<ChallengeKind> second_factors = {};  ///< those that work: sms_mfa, email_mfa, software_token_mfa
    std::optional<ChallengeKind> preferred_factor = {};
    bool passkey_is_both = false;   ///< a passkey with user verification counts for both factors
    bool known_device = false;      ///< the device that the client says it is on is one that the user remembers
    bool device_is_second = false;  ///< … and proving it stands for the second factor
    bool hides_users = true;
    std::vector<int> levels = {};  ///< of which one is wanted, the best liked first; empty: any (FirstFactor)
    Risk risk = {};  ///< where it asks for a second factor, `second_factors` are those that can be asked for
};

enum class Refusal {
    wrong_password,
    disabled,
    not_confirmed,
    reset_required,
    temporary_password_expired,
    wrong_code,
    wrong_app_code,
    not_offered,  ///< a choice that was not among those offered
    out_of_turn,  ///< an answer to a question that was not asked
    blocked,      ///< by threat protection
    compromised_password,
    level_out_of_reach,  ///< none of the levels that are wanted can be reached any more
};

/// The pool's own code is to be asked what comes next.
struct AskPool {
    friend bool operator==(const AskPool&, const AskPool&) = default;
};
struct Complete {
    friend bool operator==(const Complete&, const Complete&) = default;
};
using Next = std::variant<Refusal, ChallengeKind, AskPool, Complete>;

struct Step {
    State state;  ///< unchanged by a refusal
    Next next;
};

Step step(State state, const Input& input, const Facts& facts, Instant now);

/// The second factors that this sign-in may be asked for beside what was given: where a level is wanted, those that
/// reach the one that is gone for.
std::vector<ChallengeKind> second_factors_for(const Proofs& given, const Facts& facts);

}  // namespace symbolon::signin
