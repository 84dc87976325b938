#include "signin/step.hpp"

#include "signin/amr.hpp"

#include <algorithm>

namespace symbolon::signin {
namespace {

using directory::UserStatus;

bool holds(const std::vector<ChallengeKind>& list, ChallengeKind kind) {
    return std::ranges::find(list, kind) != list.end();
}

/// What stands between a proven first factor and going on.
std::optional<Refusal> status_refusal(const Proofs& given, const Facts& facts, Instant now) {
    if (!facts.enabled) return Refusal::disabled;
    switch (facts.status) {
        case UserStatus::CONFIRMED:
            return std::nullopt;
        case UserStatus::UNCONFIRMED:
            return Refusal::not_confirmed;
        case UserStatus::RESET_REQUIRED:
            return Refusal::reset_required;
        case UserStatus::FORCE_CHANGE_PASSWORD:
            // Only the temporary password itself, or the pool's own code, leads on from here.
            if (!given.password && !given.custom) return Refusal::out_of_turn;
            if (given.password && facts.password_expires && *facts.password_expires <= now)
                return Refusal::temporary_password_expired;
            return std::nullopt;
        case UserStatus::ARCHIVED:
        case UserStatus::COMPROMISED:
        case UserStatus::UNKNOWN:
        case UserStatus::EXTERNAL_PROVIDER:
            return Refusal::wrong_password;
    }
    return Refusal::wrong_password;
}

/// The first factor of this flow, as far as it is enough today.
bool first_is_enough(const State& state, const Facts& facts) {
    const Proofs& given = state.proofs;
    switch (state.flow) {
        case Flow::password:
        case Flow::srp:
            return given.password;
        case Flow::custom:
            return given.custom;
        case Flow::choice:
            if (given.password || given.sign_up) return true;
            // What is sent or carried is no first factor beside a second one: it was not on offer then.
            if (facts.second_factor_due) return given.passkey_user && facts.passkey_is_both;
            return given.first_code || given.passkey || given.passkey_user;
    }
    return false;
}

bool second_is_given(const Proofs& given, const Facts& facts) {
    return (given.sms_code && holds(facts.second_factors, ChallengeKind::sms_mfa)) ||
           (given.email_code && holds(facts.second_factors, ChallengeKind::email_mfa)) ||
           (given.software_token && holds(facts.second_factors, ChallengeKind::software_token_mfa)) ||
           (given.passkey_user && facts.passkey_is_both && !given.password);
}

/// Threat protection can have a second factor asked for.
bool risk_can_ask(const Proofs& given, const Facts& facts) {
    const bool beside_first = given.password || given.custom || given.sign_up;
    return facts.risk.asks_second_factor() && beside_first && !facts.second_factors.empty();
}

/// What threat protection has against going on.
std::optional<Refusal> risk_refusal(const Proofs& given, const Facts& facts) {
    switch (facts.risk.action) {
        case RiskAction::none:
        case RiskAction::second_factor_if_possible:
            return std::nullopt;
        case RiskAction::second_factor:
            if (risk_can_ask(given, facts) || second_is_given(given, facts)) return std::nullopt;
            return Refusal::blocked;
        case RiskAction::block:
            return Refusal::blocked;
        case RiskAction::reset_password:
            // A temporary password is replaced at once as it is.
            if (facts.status != UserStatus::CONFIRMED) return std::nullopt;
            return Refusal::compromised_password;
    }
    return Refusal::blocked;
}

int level_with(Proofs given, ChallengeKind second_factor) {
    if (second_factor == ChallengeKind::sms_mfa) given.sms_code = true;
    if (second_factor == ChallengeKind::email_mfa) given.email_code = true;
    if (second_factor == ChallengeKind::software_token_mfa) given.software_token = true;
    return level_of(amr_of(given));
}

/// The level that is gone for: the first of those wanted that what was given reaches, alone or with a second factor.
/// None: there is no such. 0: none is wanted.
std::optional<int> aim_of(const Proofs& given, const Facts& facts) {
    if (facts.levels.empty()) return 0;
    int reach = level_of(amr_of(given));
    if (given.password) {
        for (const auto factor : facts.second_factors) reach = std::max(reach, level_with(given, factor));
    }
    const auto found = std::ranges::find_if(facts.levels, [&](int level) { return level <= reach; });
    return found == facts.levels.end() ? std::nullopt : std::optional(*found);
}

/// The question for the second factor; none when there is nothing more to prove.
std::optional<ChallengeKind> second_question(const Proofs& given, const Facts& facts) {
    const int aim = aim_of(given, facts).value_or(0);
    const bool short_of_it = level_of(amr_of(given)) < aim;
    const bool risky = risk_can_ask(given, facts);
    if (!short_of_it && ((!facts.second_factor_due && !risky) || second_is_given(given, facts))) return std::nullopt;
    if (!short_of_it && !risky && facts.known_device && facts.device_is_second) {
        if (given.device) return std::nullopt;
        return ChallengeKind::device_srp_auth;
    }
    const auto factors = second_factors_for(given, facts);
    if (factors.empty()) return ChallengeKind::mfa_setup;
    if (factors.size() == 1) return factors.front();
    if (facts.preferred_factor && holds(factors, *facts.preferred_factor)) return facts.preferred_factor;
    return ChallengeKind::select_mfa_type;
}

/// The next question; none when all that is due was given.
std::optional<ChallengeKind> next_question(const Proofs& given, const Facts& facts) {
    if (given.password && facts.status == UserStatus::FORCE_CHANGE_PASSWORD)
        return ChallengeKind::new_password_required;
    if (const auto question = second_question(given, facts)) return question;
    if (facts.known_device && !given.device) return ChallengeKind::device_srp_auth;
    return std::nullopt;
}

Step refuse(const State& state, Refusal refusal) {
    return Step{state, refusal};
}

Step ask(State state, ChallengeKind question) {
    state.asked = question;
    return Step{state, question};
}

/// In a custom sign-in the pool's own code decides, but for the second factor after a password.
Step advance_custom(State after, const Facts& facts) {
    if (after.proofs.password) {
        if (const auto question = second_question(after.proofs, facts)) return ask(after, *question);
    }
    after.asked.reset();
    return Step{after, AskPool{}};
}

Step advance(const State& before, const Proofs& proofs, const Facts& facts, Instant now) {
    State after{before.flow, std::nullopt, proofs};
    if (first_is_given(proofs)) {
        if (const auto refusal = status_refusal(proofs, facts, now)) return refuse(before, *refusal);
        if (const auto refusal = risk_refusal(proofs, facts)) return refuse(before, *refusal);
        if (!aim_of(proofs, facts)) return refuse(before, Refusal::level_out_of_reach);
    }
    if (after.flow == Flow::custom && !proofs.custom) return advance_custom(after, facts);
    if (!first_is_enough(after, facts)) return refuse(before, Refusal::out_of_turn);
    if (const auto question = next_question(proofs, facts)) return ask(after, *question);
    return Step{after, Complete{}};
}

Step prove(const State& state, bool Proofs::* proof, const Facts& facts, Instant now) {
    Proofs proofs = state.proofs;
    proofs.*proof = true;
    return advance(state, proofs, facts, now);
}

/// A wrong first factor. An imported user has no password that could be right, and must be told all the same.
Step refuse_password(const State& state, const Facts& facts) {
    const bool tell = facts.status == UserStatus::RESET_REQUIRED && !facts.hides_users;
    return refuse(state, tell ? Refusal::reset_required : Refusal::wrong_password);
}

/// The same words for whoever is not there, or must not be seen.
std::optional<Refusal> hidden(const Facts& facts) {
    if (facts.enabled) return std::nullopt;
    return facts.hides_users ? Refusal::wrong_password : Refusal::disabled;
}

Step check_password(const State& state, ChallengeKind question, bool right, const Facts& facts, Instant now) {
    if (state.asked != question) return refuse(state, Refusal::out_of_turn);
    if (const auto refusal = hidden(facts)) return refuse(state, *refusal);
    if (!right) return refuse_password(state, facts);
    return prove(state, &Proofs::password, facts, now);
}

/// The questions that one may leave for another first factor.
bool may_choose(const State& state) {
    if (state.flow != Flow::choice || !state.asked || first_is_given(state.proofs)) return false;
    switch (*state.asked) {
        case ChallengeKind::select_challenge:
        case ChallengeKind::password:
        case ChallengeKind::password_srp:
        case ChallengeKind::sms_otp:
        case ChallengeKind::email_otp:
        case ChallengeKind::web_authn:
            return true;
        default:
            return false;
    }
}

Step take(const State& state, const PasswordChecked& input, const Facts& facts, Instant now) {
    return check_password(state, ChallengeKind::password, input.right, facts, now);
}

Step take(const State& state, const VerifierChecked& input, const Facts& facts, Instant now) {
    return check_password(state, ChallengeKind::password_verifier, input.right, facts, now);
}

Step take(const State& state, const FirstFactorChosen& input, const Facts& facts, Instant) {
    if (!may_choose(state)) return refuse(state, Refusal::out_of_turn);
    if (input.kind == ChallengeKind::select_challenge) return ask(state, input.kind);
    const auto offered = input.kind == ChallengeKind::password_verifier ? ChallengeKind::password_srp : input.kind;
    if (!holds(facts.first_factors, offered)) return refuse(state, Refusal::not_offered);
    return ask(state, input.kind);
}

Step take(const State& state, const FirstCodeChecked& input, const Facts& facts, Instant now) {
    const bool code = input.kind == ChallengeKind::sms_otp || input.kind == ChallengeKind::email_otp;
    if (!code || state.asked != input.kind) return refuse(state, Refusal::out_of_turn);
    if (const auto refusal = hidden(facts)) return refuse(state, facts.hides_users ? Refusal::wrong_code : *refusal);
    if (!input.right) return refuse(state, Refusal::wrong_code);
    if (!holds(facts.first_factors, input.kind)) return refuse(state, Refusal::out_of_turn);
    return prove(state, &Proofs::first_code, facts, now);
}

Step take(const State& state, const PasskeyChecked& input, const Facts& facts, Instant now) {
    if (state.asked != ChallengeKind::web_authn) return refuse(state, Refusal::out_of_turn);
    if (const auto refusal = hidden(facts)) return refuse(state, *refusal);
    if (!input.right) return refuse(state, Refusal::wrong_password);
    if (!holds(facts.first_factors, ChallengeKind::web_authn)) return refuse(state, Refusal::out_of_turn);
    return prove(state, input.user_verified ? &Proofs::passkey_user : &Proofs::passkey, facts, now);
}

Step take(const State& state, const SignUpConfirmed&, const Facts& facts, Instant now) {
    if (state.flow != Flow::choice || state.asked != ChallengeKind::select_challenge || first_is_given(state.proofs))
        return refuse(state, Refusal::out_of_turn);
    return prove(state, &Proofs::sign_up, facts, now);
}

/// An old password proves nothing new: it counts where a code has to follow, and for who is what they were then.
Step take(const State& state, const PasswordCredited&, const Facts& facts, Instant now) {
    if (state.flow != Flow::choice || state.asked != ChallengeKind::select_challenge || first_is_given(state.proofs))
        return refuse(state, Refusal::out_of_turn);
    if (const auto refusal = hidden(facts)) return refuse(state, *refusal);
    Proofs proofs = state.proofs;
    proofs.password = true;
    const bool asks_more = aim_of(proofs, facts).value_or(0) > level_of(amr_of(proofs));
    if (!asks_more || facts.status != UserStatus::CONFIRMED) return refuse(state, Refusal::out_of_turn);
    return advance(state, proofs, facts, now);
}

Step take(const State& state, const PoolDecided& input, const Facts& facts, Instant now) {
    if (state.flow != Flow::custom || state.asked || state.proofs.custom) return refuse(state, Refusal::out_of_turn);
    if (const auto refusal = hidden(facts)) return refuse(state, *refusal);
    using Decision = PoolDecided::Decision;
    switch (input.decision) {
        case Decision::issue_tokens:
            return prove(state, &Proofs::custom, facts, now);
        case Decision::fail:
            return refuse(state, Refusal::wrong_password);
        case Decision::custom_challenge:
            return ask(state, ChallengeKind::custom_challenge);
        case Decision::password_verifier:
            return ask(state, ChallengeKind::password_verifier);
    }
    return refuse(state, Refusal::out_of_turn);
}

Step take(const State& state, const CustomAnswered&, const Facts& facts, Instant now) {
    if (state.flow != Flow::custom || state.asked != ChallengeKind::custom_challenge)
        return refuse(state, Refusal::out_of_turn);
    return advance(state, state.proofs, facts, now);
}

Step take(const State& state, const NewPasswordSet&, const Facts& facts, Instant now) {
    if (state.asked != ChallengeKind::new_password_required) return refuse(state, Refusal::out_of_turn);
    return prove(state, &Proofs::new_password, facts, now);
}

Step take(const State& state, const CodeChecked& input, const Facts& facts, Instant now) {
    if (state.asked != input.kind) return refuse(state, Refusal::out_of_turn);
    const bool app = input.kind == ChallengeKind::software_token_mfa;
    if (!input.right) return refuse(state, app ? Refusal::wrong_app_code : Refusal::wrong_code);
    switch (input.kind) {
        case ChallengeKind::sms_mfa:
            return prove(state, &Proofs::sms_code, facts, now);
        case ChallengeKind::email_mfa:
            return prove(state, &Proofs::email_code, facts, now);
        case ChallengeKind::software_token_mfa:
            return prove(state, &Proofs::software_token, facts, now);
        default:
            return refuse(state, Refusal::out_of_turn);
    }
}

Step take(const State& state, const SecondFactorChosen& input, const Facts& facts, Instant) {
    if (state.asked != ChallengeKind::select_mfa_type) return refuse(state, Refusal::out_of_turn);
    if (!holds(second_factors_for(state.proofs, facts), input.kind)) return refuse(state, Refusal::not_offered);
    return ask(state, input.kind);
}

Step take(const State& state, const SoftwareTokenSetUp&, const Facts& facts, Instant now) {
    if (state.asked != ChallengeKind::mfa_setup) return refuse(state, Refusal::out_of_turn);
    return prove(state, &Proofs::software_token, facts, now);
}

Step take(const State& state, const EmailSetUp&, const Facts& facts, Instant) {
    if (state.asked != ChallengeKind::mfa_setup) return refuse(state, Refusal::out_of_turn);
    if (!holds(facts.second_factors, ChallengeKind::email_mfa)) return refuse(state, Refusal::not_offered);
    return ask(state, ChallengeKind::email_mfa);
}

Step take(const State& state, const DeviceNamed&, const Facts& facts, Instant) {
    if (state.asked != ChallengeKind::device_srp_auth) return refuse(state, Refusal::out_of_turn);
    if (!facts.known_device) return refuse(state, Refusal::out_of_turn);
    return ask(state, ChallengeKind::device_password_verifier);
}

Step take(const State& state, const DeviceChecked& input, const Facts& facts, Instant now) {
    if (state.asked != ChallengeKind::device_password_verifier) return refuse(state, Refusal::out_of_turn);
    if (!input.right || !facts.known_device) return refuse(state, Refusal::wrong_password);
    return prove(state, &Proofs::device, facts, now);
}

}  // namespace

bool first_is_given(const Proofs& given) {
    return given.password || given.first_code || given.passkey || given.passkey_user || given.custom || given.sign_up;
}

State begin(Flow flow) {
    switch (flow) {
        case Flow::password:
            return State{flow, ChallengeKind::password, {}};
        case Flow::srp:
            return State{flow, ChallengeKind::password_verifier, {}};
        case Flow::choice:
            return State{flow, ChallengeKind::select_challenge, {}};
        case Flow::custom:
            return State{flow, std::nullopt, {}};
    }
    return State{};
}

Step step(State state, const Input& input, const Facts& facts, Instant now) {
    return std::visit([&](const auto& checked) { return take(state, checked, facts, now); }, input);
}

std::vector<ChallengeKind> second_factors_for(const Proofs& given, const Facts& facts) {
    const int aim = aim_of(given, facts).value_or(0);
    auto factors = facts.second_factors;
    std::erase_if(factors, [&](ChallengeKind factor) { return level_with(given, factor) < aim; });
    return factors;
}

}  // namespace symbolon::signin
