#pragma once

#include "base/clock.hpp"
#include "directory/users.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <variant>

/// Sign-in as a pure function: from where a sign-in stands, what was just checked and what is true of pool and user
/// now, to where it stands then and what comes next. No I/O, no chance, no clock; every transition can be walked by a
/// test. Spec: cognito-api.md §3.1 (status checks), §3.9 (NEW_PASSWORD_REQUIRED, MFA selection).
namespace symbolon::signin {

/// What a sign-in waits for.
enum class Stage { password, new_password, sms_code, mfa_setup, complete };

/// What was proven in this sign-in.
struct Proofs {
    bool password = false;
    bool new_password = false;
    bool sms_code = false;
};

struct State {
    Stage stage = Stage::password;
    Proofs proofs;
};

struct PasswordChecked {
    bool right = false;
};
struct NewPasswordSet {};
struct SmsCodeChecked {
    bool right = false;
};
using Input = std::variant<PasswordChecked, NewPasswordSet, SmsCodeChecked>;

enum class SecondFactor {
    none,  ///< neither pool nor user want one
    sms,
    unavailable,  ///< one is due, and the user has none that works
};

/// What is true of client and user at this moment; read anew for every step, so that a user who was disabled between
/// two steps does not get to the end.
struct Facts {
    directory::UserStatus status = directory::UserStatus::UNCONFIRMED;
    bool enabled = false;
    std::optional<Instant> password_expires;  ///< of a temporary password
    SecondFactor second_factor = SecondFactor::unavailable;
    bool hides_users = true;
};

Facts facts_of(const directory::Pool& pool, const directory::Client& client, const directory::User& user);

/// Which second factor the user has to give. SMS: enabled by the user, or the pool wants a second factor and there is a
/// phone number; and the pool can send texts.
SecondFactor second_factor_of(const directory::Pool& pool, const directory::User& user);

enum class Refusal {
    wrong_password,
    disabled,
    not_confirmed,
    reset_required,
    temporary_password_expired,
    wrong_code,
    out_of_turn,  ///< an answer to a question that was not asked
};

struct Complete {
    friend bool operator==(const Complete&, const Complete&) = default;
};
using Next = std::variant<Refusal, ChallengeKind, Complete>;

struct Step {
    State state;  ///< unchanged by a refusal
    Next next;
};

Step step(State state, const Input& input, const Facts& facts, Instant now);

}  // namespace symbolon::signin
