#include "signin/step.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace symbolon::signin {
namespace {

using directory::UserStatus;
using namespace std::chrono_literals;

constexpr Instant now{1'800'000'000'000ms};

Facts facts(UserStatus status = UserStatus::CONFIRMED, SecondFactor factor = SecondFactor::none) {
    return Facts{
        .status = status, .enabled = true, .password_expires = {}, .second_factor = factor, .hides_users = true};
}

Next after_password(const Facts& facts, bool right = true) {
    return step(State{}, PasswordChecked{right}, facts, now).next;
}

bool completes(const Next& next) {
    return std::holds_alternative<Complete>(next);
}

TEST(Step, a_right_password_completes_where_no_second_factor_is_due) {
    EXPECT_TRUE(completes(after_password(facts())));
}

TEST(Step, a_right_password_leads_to_the_code_where_one_is_due) {
    const auto first = step(State{}, PasswordChecked{true}, facts(UserStatus::CONFIRMED, SecondFactor::sms), now);
    EXPECT_EQ(first.next, Next{ChallengeKind::sms_mfa});
    EXPECT_EQ(first.state.stage, Stage::sms_code);
    const auto wrong = step(first.state, SmsCodeChecked{false}, facts(UserStatus::CONFIRMED, SecondFactor::sms), now);
    EXPECT_EQ(wrong.next, Next{Refusal::wrong_code});
    EXPECT_EQ(wrong.state.stage, Stage::sms_code) << "a wrong code leaves the sign-in where it was";
    const auto right = step(wrong.state, SmsCodeChecked{true}, facts(UserStatus::CONFIRMED, SecondFactor::sms), now);
    EXPECT_TRUE(completes(right.next));
}

TEST(Step, a_required_factor_that_the_user_lacks_leads_to_its_setup) {
    EXPECT_EQ(after_password(facts(UserStatus::CONFIRMED, SecondFactor::unavailable)), Next{ChallengeKind::mfa_setup});
}

TEST(Step, statuses_are_told_to_who_knows_the_password_only) {
    EXPECT_EQ(after_password(facts(UserStatus::UNCONFIRMED)), Next{Refusal::not_confirmed});
    EXPECT_EQ(after_password(facts(UserStatus::RESET_REQUIRED)), Next{Refusal::reset_required});
    EXPECT_EQ(after_password(facts(UserStatus::EXTERNAL_PROVIDER)), Next{Refusal::wrong_password});
    for (const auto status : {UserStatus::UNCONFIRMED, UserStatus::RESET_REQUIRED, UserStatus::FORCE_CHANGE_PASSWORD,
                              UserStatus::CONFIRMED}) {
        EXPECT_EQ(after_password(facts(status), false), Next{Refusal::wrong_password});
    }
}

TEST(Step, where_users_are_shown_a_reset_is_told_whatever_the_password) {
    auto shown = facts(UserStatus::RESET_REQUIRED);
    shown.hides_users = false;
    EXPECT_EQ(after_password(shown, false), Next{Refusal::reset_required});
}

TEST(Step, a_disabled_user_is_told_so_unless_users_are_hidden) {
    auto disabled = facts();
    disabled.enabled = false;
    EXPECT_EQ(after_password(disabled), Next{Refusal::wrong_password});
    EXPECT_EQ(after_password(disabled, false), Next{Refusal::wrong_password});
    disabled.hides_users = false;
    EXPECT_EQ(after_password(disabled), Next{Refusal::disabled});
    EXPECT_EQ(after_password(disabled, false), Next{Refusal::disabled});
}

TEST(Step, a_temporary_password_works_up_to_its_last_millisecond) {
    auto temporary = facts(UserStatus::FORCE_CHANGE_PASSWORD);
    temporary.password_expires = now + 1ms;
    EXPECT_EQ(after_password(temporary), Next{ChallengeKind::new_password_required});
    temporary.password_expires = now;
    EXPECT_EQ(after_password(temporary), Next{Refusal::temporary_password_expired});
}

TEST(Step, a_new_password_does_not_stand_in_for_the_second_factor) {
    const auto first =
        step(State{}, PasswordChecked{true}, facts(UserStatus::FORCE_CHANGE_PASSWORD, SecondFactor::sms), now);
    ASSERT_EQ(first.next, Next{ChallengeKind::new_password_required});
    const auto second = step(first.state, NewPasswordSet{}, facts(UserStatus::CONFIRMED, SecondFactor::sms), now);
    EXPECT_EQ(second.next, Next{ChallengeKind::sms_mfa});
}

TEST(Step, who_was_disabled_on_the_way_does_not_arrive) {
    const auto first = step(State{}, PasswordChecked{true}, facts(UserStatus::CONFIRMED, SecondFactor::sms), now);
    auto disabled = facts(UserStatus::CONFIRMED, SecondFactor::sms);
    disabled.enabled = false;
    EXPECT_EQ(step(first.state, SmsCodeChecked{true}, disabled, now).next, Next{Refusal::disabled});
}

TEST(Step, a_second_factor_is_chosen_by_pool_and_user) {
    using Mfa = directory::UserPoolMfaType;
    const auto choose = [](std::optional<Mfa> mfa, bool sms_configured, bool enabled, const char* phone) {
        directory::Pool pool;
        pool.settings.MfaConfiguration = mfa;
        if (sms_configured) pool.settings.SmsConfiguration.emplace();
        directory::User user;
        if (enabled) user.mfa.enabled = {directory::MfaFactor::SMS_MFA};
        if (*phone) user.attributes["phone_number"] = phone;
        return second_factor_of(pool, user);
    };
    EXPECT_EQ(choose(std::nullopt, true, true, "+14155550123"), SecondFactor::none);
    EXPECT_EQ(choose(Mfa::OFF, true, true, "+14155550123"), SecondFactor::none);
    EXPECT_EQ(choose(Mfa::OPTIONAL, true, false, "+14155550123"), SecondFactor::none);
    EXPECT_EQ(choose(Mfa::OPTIONAL, true, true, "+14155550123"), SecondFactor::sms);
    EXPECT_EQ(choose(Mfa::OPTIONAL, true, true, ""), SecondFactor::unavailable) << "a lost number opens no door";
    EXPECT_EQ(choose(Mfa::OPTIONAL, false, true, "+14155550123"), SecondFactor::none);
    EXPECT_EQ(choose(Mfa::ON, true, false, "+14155550123"), SecondFactor::sms);
    EXPECT_EQ(choose(Mfa::ON, true, false, ""), SecondFactor::unavailable);
    EXPECT_EQ(choose(Mfa::ON, false, false, "+14155550123"), SecondFactor::unavailable);
}

/// What was given in one sign-in, as somebody sees it who watches from outside and does not know step().
struct Watched {
    bool password = false;
    bool new_password = false;
    bool code_after_password = false;
};

Facts random_facts(std::mt19937& chance) {
    constexpr std::array statuses{UserStatus::UNCONFIRMED,    UserStatus::CONFIRMED,
                                  UserStatus::RESET_REQUIRED, UserStatus::FORCE_CHANGE_PASSWORD,
                                  UserStatus::CONFIRMED,      UserStatus::EXTERNAL_PROVIDER};
    constexpr std::array factors{SecondFactor::none, SecondFactor::sms, SecondFactor::unavailable};
    Facts out = facts(statuses.at(chance() % statuses.size()), factors.at(chance() % factors.size()));
    out.enabled = chance() % 5 != 0;
    out.hides_users = chance() % 2 == 0;
    if (chance() % 2 == 0) out.password_expires = now + std::chrono::milliseconds(chance() % 3) - 1ms;
    return out;
}

Input random_input(std::mt19937& chance) {
    const bool right = chance() % 3 != 0;
    switch (chance() % 3) {
        case 0:
            return PasswordChecked{right};
        case 1:
            return NewPasswordSet{};
        default:
            return SmsCodeChecked{right};
    }
}

// Attack classes 22, 24, 25: no order of answers, and no change of the facts on the way, completes without every proof
// that is due at the end.
TEST(Step, no_walk_completes_without_every_proof_that_is_due) {
    std::mt19937 chance(2026);
    int completed = 0;
    int completed_with_code = 0;
    for (int walk = 0; walk < 20000; ++walk) {
        State state;
        Watched watched;
        Facts present = random_facts(chance);
        for (int move = 0; move < 8; ++move) {
            if (chance() % 4 == 0) present = random_facts(chance);
            const Input input = random_input(chance);
            const Stage before = state.stage;
            const Step done = step(state, input, present, now);
            if (std::holds_alternative<Refusal>(done.next)) {
                ASSERT_EQ(done.state.stage, before) << "a refusal moves nothing";
                continue;
            }
            if (const auto* password = std::get_if<PasswordChecked>(&input)) {
                ASSERT_TRUE(password->right);
                watched.password = true;
            } else if (const auto* code = std::get_if<SmsCodeChecked>(&input)) {
                ASSERT_TRUE(code->right);
                watched.code_after_password = watched.password;
            } else {
                watched.new_password = true;
            }
            state = done.state;
            if (!completes(done.next)) continue;
            ++completed;
            ASSERT_TRUE(watched.password);
            ASSERT_TRUE(present.enabled);
            ASSERT_EQ(present.status, UserStatus::CONFIRMED);
            ASSERT_NE(present.second_factor, SecondFactor::unavailable);
            if (present.second_factor == SecondFactor::sms) {
                ++completed_with_code;
                ASSERT_TRUE(watched.code_after_password);
            }
            break;
        }
    }
    EXPECT_GT(completed, 1000) << "the walks do arrive";
    EXPECT_GT(completed_with_code, 100);
}

TEST(Step, a_finished_sign_in_takes_no_further_answer) {
    const State complete{Stage::complete, {.password = true, .new_password = false, .sms_code = true}};
    for (const Input& input : {Input{PasswordChecked{true}}, Input{NewPasswordSet{}}, Input{SmsCodeChecked{true}}}) {
        EXPECT_EQ(step(complete, input, facts(), now).next, Next{Refusal::out_of_turn});
    }
}

}  // namespace
}  // namespace symbolon::signin
