#include "signin/step.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

namespace symbolon::signin {
namespace {

using directory::UserStatus;
using enum ChallengeKind;
using namespace std::chrono_literals;

constexpr Instant now{1'800'000'000'000ms};

Facts facts(UserStatus status = UserStatus::CONFIRMED, std::vector<ChallengeKind> second = {}) {
    Facts out;
    out.status = status;
    out.enabled = true;
    out.first_factors = {password_srp, password, email_otp, sms_otp, web_authn};
    out.second_factor_due = !second.empty();
    out.second_factors = std::move(second);
    return out;
}

Facts owing() {
    Facts out = facts();
    out.second_factor_due = true;
    return out;
}

Step after_password(const Facts& facts, bool right = true) {
    return step(begin(Flow::password), PasswordChecked{right}, facts, now);
}

bool completes(const Next& next) {
    return std::holds_alternative<Complete>(next);
}

TEST(Step, a_right_password_completes_where_no_second_factor_is_due) {
    EXPECT_TRUE(completes(after_password(facts()).next));
}

TEST(Step, srp_is_a_password_by_another_question) {
    EXPECT_TRUE(completes(step(begin(Flow::srp), VerifierChecked{true}, facts(), now).next));
    EXPECT_EQ(step(begin(Flow::srp), VerifierChecked{false}, facts(), now).next, Next{Refusal::wrong_password});
    EXPECT_EQ(step(begin(Flow::srp), PasswordChecked{true}, facts(), now).next, Next{Refusal::out_of_turn});
    EXPECT_EQ(step(begin(Flow::password), VerifierChecked{true}, facts(), now).next, Next{Refusal::out_of_turn});
}

TEST(Step, a_right_password_leads_to_the_code_where_one_is_due) {
    for (const auto kind : {sms_mfa, email_mfa, software_token_mfa}) {
        const auto present = facts(UserStatus::CONFIRMED, {kind});
        const auto first = after_password(present);
        EXPECT_EQ(first.next, Next{kind});
        const auto wrong = step(first.state, CodeChecked{kind, false}, present, now);
        EXPECT_EQ(wrong.next, Next{kind == software_token_mfa ? Refusal::wrong_app_code : Refusal::wrong_code});
        EXPECT_EQ(wrong.state.asked, kind) << "a wrong code leaves the sign-in where it was";
        EXPECT_TRUE(completes(step(wrong.state, CodeChecked{kind, true}, present, now).next));
        const auto other = kind == sms_mfa ? email_mfa : sms_mfa;
        EXPECT_EQ(step(first.state, CodeChecked{other, true}, present, now).next, Next{Refusal::out_of_turn});
    }
}

TEST(Step, of_several_factors_the_preferred_one_is_asked_for_or_the_user_is_asked_which) {
    auto present = facts(UserStatus::CONFIRMED, {sms_mfa, software_token_mfa});
    const auto choice = after_password(present);
    EXPECT_EQ(choice.next, Next{select_mfa_type});
    EXPECT_EQ(step(choice.state, SecondFactorChosen{email_mfa}, present, now).next, Next{Refusal::not_offered});
    EXPECT_EQ(step(choice.state, SecondFactorChosen{software_token_mfa}, present, now).next, Next{software_token_mfa});
    present.preferred_factor = software_token_mfa;
    EXPECT_EQ(after_password(present).next, Next{software_token_mfa});
    present.preferred_factor = email_mfa;
    EXPECT_EQ(after_password(present).next, Next{select_mfa_type}) << "one that does not work is not asked for";
}

TEST(Step, a_required_factor_that_the_user_lacks_leads_to_its_setup) {
    const auto setup = after_password(owing());
    EXPECT_EQ(setup.next, Next{mfa_setup});
    EXPECT_TRUE(completes(
        step(setup.state, SoftwareTokenSetUp{}, facts(UserStatus::CONFIRMED, {software_token_mfa}), now).next));
    EXPECT_EQ(step(setup.state, SoftwareTokenSetUp{}, owing(), now).next, Next{mfa_setup}) << "there is no app";
    EXPECT_EQ(step(setup.state, EmailSetUp{}, facts(UserStatus::CONFIRMED, {email_mfa}), now).next, Next{email_mfa})
        << "an address has to prove itself";
}

TEST(Step, statuses_are_told_to_who_knows_the_password_only) {
    EXPECT_EQ(after_password(facts(UserStatus::UNCONFIRMED)).next, Next{Refusal::not_confirmed});
    EXPECT_EQ(after_password(facts(UserStatus::RESET_REQUIRED)).next, Next{Refusal::reset_required});
    EXPECT_EQ(after_password(facts(UserStatus::EXTERNAL_PROVIDER)).next, Next{Refusal::wrong_password});
    for (const auto status : {UserStatus::UNCONFIRMED, UserStatus::RESET_REQUIRED, UserStatus::FORCE_CHANGE_PASSWORD,
                              UserStatus::CONFIRMED}) {
        EXPECT_EQ(after_password(facts(status), false).next, Next{Refusal::wrong_password});
    }
}

TEST(Step, where_users_are_shown_a_reset_is_told_whatever_the_password) {
    auto shown = facts(UserStatus::RESET_REQUIRED);
    shown.hides_users = false;
    EXPECT_EQ(after_password(shown, false).next, Next{Refusal::reset_required});
}

TEST(Step, a_disabled_user_is_told_so_unless_users_are_hidden) {
    auto disabled = facts();
    disabled.enabled = false;
    EXPECT_EQ(after_password(disabled).next, Next{Refusal::wrong_password});
    EXPECT_EQ(after_password(disabled, false).next, Next{Refusal::wrong_password});
    disabled.hides_users = false;
    EXPECT_EQ(after_password(disabled).next, Next{Refusal::disabled});
    EXPECT_EQ(after_password(disabled, false).next, Next{Refusal::disabled});
}

TEST(Step, a_temporary_password_works_up_to_its_last_millisecond) {
    auto temporary = facts(UserStatus::FORCE_CHANGE_PASSWORD);
    temporary.password_expires = now + 1ms;
    EXPECT_EQ(after_password(temporary).next, Next{new_password_required});
    temporary.password_expires = now;
    EXPECT_EQ(after_password(temporary).next, Next{Refusal::temporary_password_expired});
}

TEST(Step, a_new_password_does_not_stand_in_for_the_second_factor) {
    const auto first = after_password(facts(UserStatus::FORCE_CHANGE_PASSWORD, {sms_mfa}));
    ASSERT_EQ(first.next, Next{new_password_required});
    const auto second = step(first.state, NewPasswordSet{}, facts(UserStatus::CONFIRMED, {sms_mfa}), now);
    EXPECT_EQ(second.next, Next{sms_mfa});
}

TEST(Step, who_was_disabled_on_the_way_does_not_arrive) {
    const auto first = after_password(facts(UserStatus::CONFIRMED, {sms_mfa}));
    auto disabled = facts(UserStatus::CONFIRMED, {sms_mfa});
    disabled.enabled = false;
    EXPECT_EQ(step(first.state, CodeChecked{sms_mfa, true}, disabled, now).next, Next{Refusal::disabled});
}

TEST(Step, a_first_factor_is_one_of_those_on_offer_and_may_be_chosen_anew) {
    auto present = facts();
    const State start = begin(Flow::choice);
    const auto mail = step(start, FirstFactorChosen{email_otp}, present, now);
    EXPECT_EQ(mail.next, Next{email_otp});
    const auto other = step(mail.state, FirstFactorChosen{password_verifier}, present, now);
    EXPECT_EQ(other.next, Next{password_verifier});
    EXPECT_EQ(step(other.state, FirstFactorChosen{sms_otp}, present, now).next, Next{Refusal::out_of_turn})
        << "a proof by SRP has begun";
    present.first_factors = {password};
    EXPECT_EQ(step(mail.state, FirstFactorChosen{sms_otp}, present, now).next, Next{Refusal::not_offered});
    EXPECT_EQ(step(mail.state, FirstFactorChosen{password_verifier}, present, now).next, Next{Refusal::not_offered});
    EXPECT_EQ(step(mail.state, FirstCodeChecked{email_otp, true}, present, now).next, Next{Refusal::out_of_turn})
        << "it is no longer on offer";
    EXPECT_EQ(step(begin(Flow::password), FirstFactorChosen{password}, present, now).next, Next{Refusal::out_of_turn});
}

// Attack class 22: a code in place of a password is not enough where a second factor is due.
TEST(Step, without_a_password_there_is_no_second_factor_to_rely_on) {
    const auto chosen = step(begin(Flow::choice), FirstFactorChosen{sms_otp}, facts(), now);
    EXPECT_TRUE(completes(step(chosen.state, FirstCodeChecked{sms_otp, true}, facts(), now).next));
    auto due = facts(UserStatus::CONFIRMED, {sms_mfa});
    EXPECT_EQ(step(chosen.state, FirstCodeChecked{sms_otp, true}, due, now).next, Next{Refusal::out_of_turn});

    const auto passkey = step(begin(Flow::choice), FirstFactorChosen{web_authn}, facts(), now);
    EXPECT_EQ(step(passkey.state, PasskeyChecked{true, true}, due, now).next, Next{Refusal::out_of_turn});
    due.passkey_is_both = true;
    EXPECT_EQ(step(passkey.state, PasskeyChecked{true, false}, due, now).next, Next{Refusal::out_of_turn});
    EXPECT_TRUE(completes(step(passkey.state, PasskeyChecked{true, true}, due, now).next));
}

TEST(Step, a_confirmed_sign_up_is_a_first_factor_and_no_second) {
    EXPECT_TRUE(completes(step(begin(Flow::choice), SignUpConfirmed{}, facts(), now).next));
    EXPECT_EQ(step(begin(Flow::choice), SignUpConfirmed{}, facts(UserStatus::CONFIRMED, {sms_mfa}), now).next,
              Next{sms_mfa});
    EXPECT_EQ(step(begin(Flow::password), SignUpConfirmed{}, facts(), now).next, Next{Refusal::out_of_turn});
}

TEST(Step, a_temporary_password_is_not_passed_over_by_a_code) {
    const auto chosen = step(begin(Flow::choice), FirstFactorChosen{sms_otp}, facts(), now);
    EXPECT_EQ(step(chosen.state, FirstCodeChecked{sms_otp, true}, facts(UserStatus::FORCE_CHANGE_PASSWORD), now).next,
              Next{Refusal::out_of_turn});
}

TEST(Step, a_remembered_device_proves_itself_after_the_password_and_may_stand_for_the_second_factor) {
    auto present = facts(UserStatus::CONFIRMED, {sms_mfa});
    present.known_device = true;
    const auto code = after_password(present);
    EXPECT_EQ(code.next, Next{sms_mfa});
    EXPECT_EQ(step(code.state, CodeChecked{sms_mfa, true}, present, now).next, Next{device_srp_auth});

    present.device_is_second = true;
    const auto device = after_password(present);
    EXPECT_EQ(device.next, Next{device_srp_auth});
    const auto named = step(device.state, DeviceNamed{}, present, now);
    EXPECT_EQ(named.next, Next{device_password_verifier});
    EXPECT_EQ(step(named.state, DeviceChecked{false}, present, now).next, Next{Refusal::wrong_password});
    EXPECT_TRUE(completes(step(named.state, DeviceChecked{true}, present, now).next));
    present.known_device = present.device_is_second = false;
    EXPECT_EQ(step(named.state, DeviceChecked{true}, present, now).next, Next{Refusal::wrong_password})
        << "it was forgotten meanwhile";
}

TEST(Step, the_pools_own_code_decides_and_a_second_factor_is_due_all_the_same) {
    using Decision = PoolDecided::Decision;
    const auto present = facts(UserStatus::CONFIRMED, {sms_mfa});
    const State start = begin(Flow::custom);
    const auto asked = step(start, PoolDecided{Decision::custom_challenge}, present, now);
    EXPECT_EQ(asked.next, Next{custom_challenge});
    const auto answered = step(asked.state, CustomAnswered{}, present, now);
    EXPECT_EQ(answered.next, Next{AskPool{}});
    EXPECT_EQ(step(answered.state, PoolDecided{Decision::fail}, present, now).next, Next{Refusal::wrong_password});
    EXPECT_EQ(step(answered.state, PoolDecided{Decision::issue_tokens}, present, now).next, Next{sms_mfa});
    EXPECT_TRUE(completes(step(answered.state, PoolDecided{Decision::issue_tokens}, facts(), now).next));
    EXPECT_EQ(step(asked.state, PoolDecided{Decision::issue_tokens}, facts(), now).next, Next{Refusal::out_of_turn})
        << "a question is open";
    EXPECT_EQ(step(begin(Flow::password), PoolDecided{Decision::issue_tokens}, facts(), now).next,
              Next{Refusal::out_of_turn});
}

TEST(Step, within_a_custom_sign_in_the_code_follows_the_password_before_the_pool_is_asked_again) {
    using Decision = PoolDecided::Decision;
    const auto present = facts(UserStatus::CONFIRMED, {sms_mfa});
    const auto srp = step(begin(Flow::custom), PoolDecided{Decision::password_verifier}, present, now);
    EXPECT_EQ(srp.next, Next{password_verifier});
    const auto code = step(srp.state, VerifierChecked{true}, present, now);
    EXPECT_EQ(code.next, Next{sms_mfa});
    const auto pools = step(code.state, CodeChecked{sms_mfa, true}, present, now);
    EXPECT_EQ(pools.next, Next{AskPool{}});
    EXPECT_TRUE(completes(step(pools.state, PoolDecided{Decision::issue_tokens}, present, now).next));
}

/// What was given in one sign-in, as somebody sees it who watches from outside and does not know step().
struct Watched {
    bool password = false;
    bool first_code = false;
    bool passkey = false;
    bool verified_passkey = false;
    bool pool_agreed = false;
    bool sign_up = false;
    bool new_password = false;
    std::vector<ChallengeKind> seconds;
    bool device = false;
};

template <class T>
T one_of(std::mt19937& chance, std::initializer_list<T> values) {
    return *(values.begin() + static_cast<std::ptrdiff_t>(chance() % values.size()));
}

bool coin(std::mt19937& chance) {
    return chance() % 2 == 0;
}

Facts random_facts(std::mt19937& chance) {
    using enum UserStatus;
    Facts out = facts(one_of(chance, {CONFIRMED, CONFIRMED, CONFIRMED, UNCONFIRMED, RESET_REQUIRED,
                                      FORCE_CHANGE_PASSWORD, EXTERNAL_PROVIDER}));
    out.enabled = chance() % 6 != 0;
    out.hides_users = coin(chance);
    out.second_factor_due = coin(chance);
    for (const auto kind : {sms_mfa, email_mfa, software_token_mfa}) {
        if (out.second_factor_due && chance() % 3 == 0) out.second_factors.push_back(kind);
    }
    if (coin(chance)) out.preferred_factor = one_of(chance, {sms_mfa, email_mfa, software_token_mfa});
    std::erase_if(out.first_factors, [&](ChallengeKind) { return chance() % 4 == 0; });
    out.passkey_is_both = coin(chance);
    out.known_device = chance() % 3 == 0;
    out.device_is_second = out.known_device && coin(chance);
    if (coin(chance)) out.password_expires = now + std::chrono::milliseconds(chance() % 3) - 1ms;
    return out;
}

Input random_input(std::mt19937& chance) {
    const bool right = chance() % 4 != 0;
    using Decision = PoolDecided::Decision;
    switch (chance() % 14) {
        case 0:
            return PasswordChecked{right};
        case 1:
            return VerifierChecked{right};
        case 2:
            return FirstFactorChosen{one_of(chance, {password, password_srp, password_verifier, sms_otp, email_otp,
                                                     web_authn, select_challenge, custom_challenge, sms_mfa})};
        case 3:
            return FirstCodeChecked{one_of(chance, {sms_otp, email_otp, sms_mfa}), right};
        case 4:
            return PasskeyChecked{right, coin(chance)};
        case 5:
            return SignUpConfirmed{};
        case 6:
            return PoolDecided{one_of(chance, {Decision::issue_tokens, Decision::fail, Decision::custom_challenge,
                                               Decision::password_verifier})};
        case 7:
            return CustomAnswered{};
        case 8:
            return NewPasswordSet{};
        case 9:
            return CodeChecked{one_of(chance, {sms_mfa, email_mfa, software_token_mfa, sms_otp}), right};
        case 10:
            return SecondFactorChosen{one_of(chance, {sms_mfa, email_mfa, software_token_mfa, sms_otp})};
        case 11:
            return coin(chance) ? Input{SoftwareTokenSetUp{}} : Input{EmailSetUp{}};
        case 12:
            return DeviceNamed{};
        default:
            return DeviceChecked{right};
    }
}

/// Notes an answer that was taken. A wrong one must not have been.
void note(Watched& watched, const Input& input, Flow flow) {
    if (const auto* typed = std::get_if<PasswordChecked>(&input)) {
        EXPECT_TRUE(typed->right);
        watched.password = true;
    } else if (const auto* proven = std::get_if<VerifierChecked>(&input)) {
        EXPECT_TRUE(proven->right);
        watched.password = true;
    } else if (const auto* code = std::get_if<FirstCodeChecked>(&input)) {
        EXPECT_TRUE(code->right);
        watched.first_code = true;
    } else if (const auto* passkey = std::get_if<PasskeyChecked>(&input)) {
        EXPECT_TRUE(passkey->right);
        (passkey->user_verified ? watched.verified_passkey : watched.passkey) = true;
    } else if (std::holds_alternative<SignUpConfirmed>(input)) {
        watched.sign_up = true;
    } else if (const auto* decided = std::get_if<PoolDecided>(&input)) {
        EXPECT_EQ(flow, Flow::custom);
        if (decided->decision == PoolDecided::Decision::issue_tokens) watched.pool_agreed = true;
    } else if (std::holds_alternative<NewPasswordSet>(input)) {
        watched.new_password = true;
    } else if (const auto* second = std::get_if<CodeChecked>(&input)) {
        EXPECT_TRUE(second->right);
        watched.seconds.push_back(second->kind);
    } else if (std::holds_alternative<SoftwareTokenSetUp>(input)) {
        watched.seconds.push_back(software_token_mfa);
    } else if (const auto* device = std::get_if<DeviceChecked>(&input)) {
        EXPECT_TRUE(device->right);
        watched.device = true;
    }
}

/// Whether what was watched is enough for tokens, by the rules and not by step().
bool is_enough(const Watched& watched, Flow flow, const Facts& present) {
    if (!present.enabled) return false;
    const bool temporary = present.status == UserStatus::FORCE_CHANGE_PASSWORD;
    if (present.status != UserStatus::CONFIRMED && !temporary) return false;
    if (temporary && (watched.password || flow != Flow::custom)) return false;
    const bool both = watched.verified_passkey && present.passkey_is_both;
    const bool second = std::ranges::any_of(watched.seconds, [&](ChallengeKind kind) {
        return std::ranges::find(present.second_factors, kind) != present.second_factors.end();
    });
    const bool by_device = watched.device && present.known_device && present.device_is_second;
    const bool second_given = !present.second_factor_due || second || by_device || both;
    const bool device_given = watched.device || !present.known_device;
    if (!second_given || !device_given) return false;
    switch (flow) {
        case Flow::password:
        case Flow::srp:
            return watched.password;
        case Flow::custom:
            return watched.pool_agreed;
        case Flow::choice:
            if (watched.password || watched.sign_up) return true;
            return present.second_factor_due ? both : watched.first_code || watched.passkey || watched.verified_passkey;
    }
    return false;
}

// Attack classes 22, 24, 25: no order of answers, and no change of the facts on the way, completes without every proof
// that is due at the end.
TEST(Step, no_walk_completes_without_every_proof_that_is_due) {
    std::mt19937 chance(2026);
    std::array<int, 4> completed{};
    int with_second = 0;
    int with_device = 0;
    for (int walk = 0; walk < 120000; ++walk) {
        const auto flow = one_of(chance, {Flow::password, Flow::srp, Flow::choice, Flow::custom});
        State state = begin(flow);
        Watched watched;
        Facts present = random_facts(chance);
        for (int move = 0; move < 14; ++move) {
            if (chance() % 5 == 0) present = random_facts(chance);
            const Input input = random_input(chance);
            const State before = state;
            const Step done = step(state, input, present, now);
            ASSERT_EQ(done.state.flow, flow);
            if (std::holds_alternative<Refusal>(done.next)) {
                ASSERT_EQ(done.state.asked, before.asked) << "a refusal moves nothing";
                ASSERT_EQ(done.state.proofs, before.proofs);
                continue;
            }
            note(watched, input, flow);
            state = done.state;
            if (!completes(done.next)) continue;
            ++completed.at(static_cast<std::size_t>(flow));
            if (present.second_factor_due) ++with_second;
            if (watched.device) ++with_device;
            ASSERT_TRUE(is_enough(watched, flow, present)) << "walk " << walk;
            break;
        }
    }
    for (const int count : completed) EXPECT_GT(count, 100) << "the walks do arrive";
    EXPECT_GT(with_second, 100);
    EXPECT_GT(with_device, 20);
}

TEST(Step, a_finished_sign_in_takes_no_further_answer) {
    std::mt19937 chance(7);
    for (const auto flow : {Flow::password, Flow::srp, Flow::choice, Flow::custom}) {
        const State complete{flow, std::nullopt, {.password = true, .custom = true, .sms_code = true}};
        for (int i = 0; i < 500; ++i) {
            const auto next = step(complete, random_input(chance), facts(), now).next;
            ASSERT_TRUE(std::holds_alternative<Refusal>(next));
        }
    }
}

Facts risky(RiskAction action, std::vector<ChallengeKind> second = {}) {
    Facts out = facts();
    out.second_factors = std::move(second);
    out.risk.action = action;
    return out;
}

TEST(Step, risk_has_a_second_factor_asked_for_that_was_not_due) {
    for (const auto action : {RiskAction::second_factor, RiskAction::second_factor_if_possible}) {
        const auto present = risky(action, {sms_mfa});
        const auto first = after_password(present);
        EXPECT_EQ(first.next, Next{sms_mfa});
        EXPECT_EQ(step(first.state, CodeChecked{sms_mfa, false}, present, now).next, Next{Refusal::wrong_code});
        EXPECT_TRUE(completes(step(first.state, CodeChecked{sms_mfa, true}, present, now).next));
        EXPECT_EQ(after_password(present, false).next, Next{Refusal::wrong_password}) << "others are not told";
    }
}

TEST(Step, risk_without_a_factor_to_ask_for_blocks_or_lets_in_as_the_pool_says) {
    EXPECT_EQ(after_password(risky(RiskAction::second_factor)).next, Next{Refusal::blocked});
    EXPECT_TRUE(completes(after_password(risky(RiskAction::second_factor_if_possible)).next));
    auto owing_one = risky(RiskAction::second_factor);
    owing_one.second_factor_due = true;
    EXPECT_EQ(after_password(owing_one).next, Next{Refusal::blocked}) << "who sets one up now proves nothing by it";
}

TEST(Step, a_known_device_does_not_stand_for_the_factor_that_risk_asks_for) {
    auto present = risky(RiskAction::second_factor, {sms_mfa});
    present.known_device = present.device_is_second = true;
    const auto first = after_password(present);
    EXPECT_EQ(first.next, Next{sms_mfa});
    EXPECT_EQ(step(first.state, CodeChecked{sms_mfa, true}, present, now).next, Next{device_srp_auth});
}

TEST(Step, beside_a_code_or_a_passkey_there_is_no_second_factor_to_ask_for) {
    const auto enter = [](const Facts& present, const Input& proof, ChallengeKind kind) {
        const auto chosen = step(begin(Flow::choice), FirstFactorChosen{kind}, present, now);
        return step(chosen.state, proof, present, now).next;
    };
    const Input code = FirstCodeChecked{sms_otp, true};
    EXPECT_EQ(enter(risky(RiskAction::second_factor, {sms_mfa}), code, sms_otp), Next{Refusal::blocked});
    EXPECT_TRUE(completes(enter(risky(RiskAction::second_factor_if_possible, {sms_mfa}), code, sms_otp)));
    auto both = risky(RiskAction::second_factor, {sms_mfa});
    both.passkey_is_both = true;
    EXPECT_TRUE(completes(enter(both, PasskeyChecked{true, true}, web_authn))) << "it counts for both";
    EXPECT_EQ(enter(both, PasskeyChecked{true, false}, web_authn), Next{Refusal::blocked});
}

TEST(Step, what_risk_blocks_is_refused_after_any_first_factor_and_at_every_later_step) {
    const auto block = risky(RiskAction::block, {sms_mfa});
    EXPECT_EQ(after_password(block).next, Next{Refusal::blocked});
    EXPECT_EQ(step(begin(Flow::srp), VerifierChecked{true}, block, now).next, Next{Refusal::blocked});
    EXPECT_EQ(step(begin(Flow::custom), PoolDecided{PoolDecided::Decision::issue_tokens}, block, now).next,
              Next{Refusal::blocked});
    const auto first = after_password(facts(UserStatus::CONFIRMED, {sms_mfa}));
    EXPECT_EQ(step(first.state, CodeChecked{sms_mfa, true}, block, now).next, Next{Refusal::blocked});
}

TEST(Step, a_leaked_password_is_refused_unless_it_is_replaced_anyway) {
    EXPECT_EQ(after_password(risky(RiskAction::reset_password)).next, Next{Refusal::compromised_password});
    auto temporary = risky(RiskAction::reset_password);
    temporary.status = UserStatus::FORCE_CHANGE_PASSWORD;
    EXPECT_EQ(after_password(temporary).next, Next{new_password_required});
}

}  // namespace
}  // namespace symbolon::signin
