#include "signin/step.hpp"

namespace symbolon::signin {
namespace {

using directory::UserStatus;

/// What stands between a right password and going on.
std::optional<Refusal> status_refusal(const Facts& facts, Instant now) {
    if (!facts.enabled) return Refusal::disabled;
    switch (facts.status) {
        case UserStatus::CONFIRMED:
            return std::nullopt;
        case UserStatus::UNCONFIRMED:
            return Refusal::not_confirmed;
        case UserStatus::RESET_REQUIRED:
            return Refusal::reset_required;
        case UserStatus::FORCE_CHANGE_PASSWORD:
            if (facts.password_expires && *facts.password_expires <= now) return Refusal::temporary_password_expired;
            return std::nullopt;
        case UserStatus::ARCHIVED:
        case UserStatus::COMPROMISED:
        case UserStatus::UNKNOWN:
        case UserStatus::EXTERNAL_PROVIDER:
            return Refusal::wrong_password;
    }
    return Refusal::wrong_password;
}

/// The next thing to prove; none is left when all that is due was given.
Stage due(const Proofs& given, const Facts& facts) {
    if (!given.password) return Stage::password;
    if (facts.status == UserStatus::FORCE_CHANGE_PASSWORD) return Stage::new_password;
    switch (facts.second_factor) {
        case SecondFactor::none:
            return Stage::complete;
        case SecondFactor::sms:
            return given.sms_code ? Stage::complete : Stage::sms_code;
        case SecondFactor::unavailable:
            return Stage::mfa_setup;
    }
    return Stage::mfa_setup;
}

Step refuse(const State& state, Refusal refusal) {
    return Step{state, refusal};
}

Step advance(const State& before, const Proofs& proofs, const Facts& facts, Instant now) {
    if (const auto refusal = status_refusal(facts, now)) return refuse(before, *refusal);
    const State after{due(proofs, facts), proofs};
    switch (after.stage) {
        case Stage::password:
            return refuse(before, Refusal::out_of_turn);
        case Stage::new_password:
            return Step{after, ChallengeKind::new_password_required};
        case Stage::sms_code:
            return Step{after, ChallengeKind::sms_mfa};
        case Stage::mfa_setup:
            return Step{after, ChallengeKind::mfa_setup};
        case Stage::complete:
            return Step{after, Complete{}};
    }
    return refuse(before, Refusal::out_of_turn);
}

Step take(const State& state, const PasswordChecked& input, const Facts& facts, Instant now) {
    if (state.stage != Stage::password) return refuse(state, Refusal::out_of_turn);
    if (!facts.enabled) return refuse(state, facts.hides_users ? Refusal::wrong_password : Refusal::disabled);
    if (!input.right) {
        // An imported user has no password that could be right, and must be told all the same.
        const bool tell = facts.status == UserStatus::RESET_REQUIRED && !facts.hides_users;
        return refuse(state, tell ? Refusal::reset_required : Refusal::wrong_password);
    }
    Proofs proofs = state.proofs;
    proofs.password = true;
    return advance(state, proofs, facts, now);
}

Step take(const State& state, const NewPasswordSet&, const Facts& facts, Instant now) {
    if (state.stage != Stage::new_password) return refuse(state, Refusal::out_of_turn);
    Proofs proofs = state.proofs;
    proofs.new_password = true;
    return advance(state, proofs, facts, now);
}

Step take(const State& state, const SmsCodeChecked& input, const Facts& facts, Instant now) {
    if (state.stage != Stage::sms_code) return refuse(state, Refusal::out_of_turn);
    if (!input.right) return refuse(state, Refusal::wrong_code);
    Proofs proofs = state.proofs;
    proofs.sms_code = true;
    return advance(state, proofs, facts, now);
}

}  // namespace

SecondFactor second_factor_of(const directory::Pool& pool, const directory::User& user) {
    if (!pool.mfa_possible()) return SecondFactor::none;
    const bool has_phone = !user.attribute("phone_number").empty();
    const bool wanted = pool.mfa_required() || user.mfa.has(directory::MfaFactor::SMS_MFA);
    if (!wanted) return SecondFactor::none;
    if (pool.sms_mfa_configured() && has_phone) return SecondFactor::sms;
    // Who chose a second factor does not get in without it because the number was deleted.
    const bool lost_number = pool.sms_mfa_configured() && !has_phone;
    return pool.mfa_required() || lost_number ? SecondFactor::unavailable : SecondFactor::none;
}

Facts facts_of(const directory::Pool& pool, const directory::Client& client, const directory::User& user) {
    return Facts{.status = user.status,
                 .enabled = user.enabled,
                 .password_expires = user.password_expires,
                 .second_factor = second_factor_of(pool, user),
                 .hides_users = client.hides_users()};
}

Step step(State state, const Input& input, const Facts& facts, Instant now) {
    return std::visit([&](const auto& checked) { return take(state, checked, facts, now); }, input);
}

}  // namespace symbolon::signin
