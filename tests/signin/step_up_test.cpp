// USER_AUTH with a wish for an authentication level (oauth-and-hosted-ui.md §1.16): first the pure steps, then whole
// sign-ins, with and without a password that was proven before.

#include "crypto/totp.hpp"
#include "directory/clients.hpp"
#include "directory/software_tokens.hpp"
#include "signin/amr.hpp"
#include "signin/house.hpp"
#include "signin/step.hpp"

#include <algorithm>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using enum ChallengeKind;
using directory::MfaFactor;
using Levels = std::vector<int>;

constexpr Instant noon_of_steps{1'800'000'000'000ms};

Facts facts_with(Levels levels, std::vector<ChallengeKind> second) {
    Facts out;
    out.status = directory::UserStatus::CONFIRMED;
    out.enabled = true;
    out.first_factors = {password_srp, password, sms_otp, web_authn};
    out.second_factor_due = false;
    out.second_factors = std::move(second);
    out.levels = std::move(levels);
    return out;
}

State asked_for(ChallengeKind question) {
    return State{Flow::choice, question, {}};
}

Next password_leads_to(const Facts& facts) {
    return step(asked_for(password), PasswordChecked{true}, facts, noon_of_steps).next;
}

TEST(WantedLevel, follows_the_table) {
    Proofs given;
    EXPECT_EQ(level_of(amr_of(given)), 0);
    given.password = true;
    EXPECT_EQ(level_of(amr_of(given)), 1);
    given.sms_code = true;
    EXPECT_EQ(level_of(amr_of(given)), 3);
    given.software_token = true;
    EXPECT_EQ(level_of(amr_of(given)), 4);
    EXPECT_EQ(level_of(amr_of(Proofs{.first_code = true})), 2);
    EXPECT_EQ(level_of(amr_of(Proofs{.passkey = true})), 3);
}

TEST(WantedLevel, is_the_first_that_can_be_reached_after_a_password) {
    const std::vector<ChallengeKind> both{sms_mfa, software_token_mfa};
    EXPECT_EQ(password_leads_to(facts_with({4}, both)), Next{software_token_mfa});
    EXPECT_EQ(password_leads_to(facts_with({4, 1}, {sms_mfa})), Next{Complete{}})
        << "4 is out of reach, and 1 is there";
    EXPECT_EQ(password_leads_to(facts_with({4, 3}, {sms_mfa})), Next{sms_mfa});
    EXPECT_EQ(password_leads_to(facts_with({3}, both)), Next{select_mfa_type}) << "either will do";
    EXPECT_EQ(password_leads_to(facts_with({2}, {sms_mfa})), Next{sms_mfa}) << "a password alone is 1";
    EXPECT_EQ(password_leads_to(facts_with({1, 4}, both)), Next{Complete{}}) << "in the order of the list";
    EXPECT_EQ(password_leads_to(facts_with({}, both)), Next{Complete{}}) << "nothing is wanted";
}

TEST(WantedLevel, that_nothing_reaches_is_refused_once_the_first_factor_is_proven) {
    EXPECT_EQ(password_leads_to(facts_with({4}, {sms_mfa})), Next{Refusal::level_out_of_reach});
    EXPECT_EQ(password_leads_to(facts_with({3, 2}, {})), Next{Refusal::level_out_of_reach});
    EXPECT_EQ(step(asked_for(password), PasswordChecked{false}, facts_with({4}, {}), noon_of_steps).next,
              Next{Refusal::wrong_password})
        << "who has not proven it learns nothing";
    EXPECT_EQ(step(asked_for(sms_otp), FirstCodeChecked{sms_otp, true}, facts_with({3}, {}), noon_of_steps).next,
              Next{Refusal::level_out_of_reach});
    EXPECT_EQ(step(asked_for(sms_otp), FirstCodeChecked{sms_otp, true}, facts_with({3, 2}, {}), noon_of_steps).next,
              Next{Complete{}});
}

TEST(WantedLevel, is_not_reached_by_another_factor_than_it_asks_for) {
    const auto facts = facts_with({4}, {sms_mfa, software_token_mfa});
    const auto asked = step(asked_for(password), PasswordChecked{true}, facts, noon_of_steps).state;
    EXPECT_EQ(step(asked, CodeChecked{sms_mfa, true}, facts, noon_of_steps).next, Next{Refusal::out_of_turn});
    EXPECT_EQ(step(asked, SecondFactorChosen{sms_mfa}, facts, noon_of_steps).next, Next{Refusal::out_of_turn});
    EXPECT_EQ(step(asked, CodeChecked{software_token_mfa, true}, facts, noon_of_steps).next, Next{Complete{}});
    auto choosing = asked;
    choosing.asked = select_mfa_type;
    EXPECT_EQ(step(choosing, SecondFactorChosen{sms_mfa}, facts, noon_of_steps).next, Next{Refusal::not_offered});
}

TEST(WantedLevel, is_not_reached_by_a_device_that_stands_for_a_second_factor) {
    auto facts = facts_with({3}, {sms_mfa});
    facts.known_device = facts.device_is_second = true;
    EXPECT_EQ(password_leads_to(facts), Next{sms_mfa});
    facts.levels = {1};
    facts.second_factor_due = true;
    EXPECT_EQ(password_leads_to(facts), Next{device_srp_auth});
}

Next credit_leads_to(const Facts& facts) {
    return step(begin(Flow::choice), PasswordCredited{}, facts, noon_of_steps).next;
}

// What was proven a while ago opens nothing by itself.
TEST(CreditedPassword, leads_to_a_code_or_to_nothing) {
    EXPECT_EQ(credit_leads_to(facts_with({4}, {software_token_mfa})), Next{software_token_mfa});
    EXPECT_EQ(credit_leads_to(facts_with({1}, {software_token_mfa})), Next{Refusal::out_of_turn});
    EXPECT_EQ(credit_leads_to(facts_with({}, {software_token_mfa})), Next{Refusal::out_of_turn});
    EXPECT_EQ(credit_leads_to(facts_with({4}, {sms_mfa})), Next{Refusal::out_of_turn});
    auto disabled = facts_with({4}, {software_token_mfa});
    disabled.enabled = false;
    EXPECT_EQ(credit_leads_to(disabled), Next{Refusal::wrong_password});
}

// Somebody whose password an administrator replaced has to have the new one.
TEST(CreditedPassword, sets_no_new_password) {
    for (const auto status : {directory::UserStatus::FORCE_CHANGE_PASSWORD, directory::UserStatus::RESET_REQUIRED,
                              directory::UserStatus::UNCONFIRMED, directory::UserStatus::EXTERNAL_PROVIDER}) {
        auto facts = facts_with({4}, {software_token_mfa});
        facts.status = status;
        EXPECT_EQ(credit_leads_to(facts), Next{Refusal::out_of_turn});
    }
}

TEST(CreditedPassword, is_of_the_beginning_of_a_choice) {
    const auto facts = facts_with({4}, {software_token_mfa});
    for (const auto flow : {Flow::password, Flow::srp, Flow::custom})
        EXPECT_EQ(step(begin(flow), PasswordCredited{}, facts, noon_of_steps).next, Next{Refusal::out_of_turn});
    EXPECT_EQ(step(asked_for(password), PasswordCredited{}, facts, noon_of_steps).next, Next{Refusal::out_of_turn});
}

class StepUp : public House {
protected:
    StepUp() {
        change_pool([](directory::Pool& changed) {
            changed.settings.MfaConfiguration = directory::UserPoolMfaType::OPTIONAL;
            changed.settings.SoftwareTokenMfaConfiguration.emplace().Enabled = true;
            changed.settings.Policies.emplace().SignInPolicy.emplace().AllowedFirstAuthFactors =
                List<directory::AuthFactorType, 1, 4>{directory::AuthFactorType::PASSWORD,
                                                      directory::AuthFactorType::SMS_OTP};
        });
        change_client([](directory::Client& changed) {
            changed.settings.ExplicitAuthFlows =
                List<directory::ExplicitAuthFlowsType>{directory::ExplicitAuthFlowsType::ALLOW_USER_AUTH};
        });
        run(db->write([&](db::Transaction& tx) { directory::Clients(tx, sealer).create(*client); }));
        id = add_user();
    }
    void set_up_app() {
        run(db->write([&](db::Transaction& tx) {
            directory::SoftwareTokens tokens(tx, sealer);
            tokens.save_pending(pool->id, id, directory::SoftwareTokenSecret(secret), clock.now());
            ASSERT_TRUE(tokens.verify_pending(pool->id, id, "phone", 1));
        }));
        change_user(jane, [](directory::User& changed) { changed.mfa = {{MfaFactor::SOFTWARE_TOKEN_MFA}, {}}; });
    }
    Outcome begin(FirstFactor factor) {
        clock.advance(1s);
        return run(sign_in.begin_choice(pool, client, std::string(jane), std::move(factor), caller));
    }
    static FirstFactor wanting(Levels levels, std::string_view typed = {}) {
        FirstFactor factor;
        factor.levels = std::move(levels);
        if (typed.empty()) return factor;
        factor.kind = password;
        factor.password = Password(typed);
        return factor;
    }
    FirstFactor credited(Levels levels, std::optional<UserId> of = {}) {
        auto factor = wanting(std::move(levels));
        factor.former = FormerSignIn{of.value_or(id), true};
        return factor;
    }
    SignedIn give_app_code(const Challenge& asked) {
        const auto code = crypto::totp::make_code(bytes_of(secret), crypto::totp::step_of(clock.now()));
        CodeAnswer given{.session = asked.session, .login = {}, .code = OneTimeCode(code)};
        return std::get<SignedIn>(run(sign_in.with_software_token(pool, client, std::move(given), caller)));
    }
    static constexpr std::string_view secret = "12345678901234567890123456789012";
    UserId id;
};

TEST_F(StepUp, offers_what_reaches_the_level_whoever_asks) {
    EXPECT_EQ(std::get<Challenge>(begin(wanting({4}))).choices, (std::vector{password_srp, password}));
    EXPECT_EQ(std::get<Challenge>(begin(wanting({4, 2}))).choices, (std::vector{password_srp, password, sms_otp}));
    hide_users(true);
    clock.advance(1s);
    const auto of_nobody =
        std::get<Challenge>(run(sign_in.begin_choice(pool, client, std::string(nobody), wanting({4}), caller)));
    EXPECT_EQ(of_nobody.choices, (std::vector{password_srp, password}));
}

TEST_F(StepUp, goes_for_the_level_and_says_which_it_was) {
    set_up_app();
    const auto asked = std::get<Challenge>(begin(wanting({4, 1}, good)));
    EXPECT_EQ(asked.kind, software_token_mfa);
    const auto done = give_app_code(asked);
    EXPECT_EQ(done.levels, (Levels{4, 1}));
    EXPECT_EQ(level_of(done.amr), 4);
}

TEST_F(StepUp, is_refused_where_no_level_can_be_reached) {
    EXPECT_EQ(refusal_of([&] { begin(wanting({4}, good)); }),
              (Refused{Errc::not_authorized, "The user cannot reach the requested authentication level."}));
    EXPECT_EQ(refusal_of([&] { begin(wanting({4}, bad)); }), wrong_password);
    EXPECT_TRUE(is_signed_in(begin(wanting({4, 1}, good))));
}

TEST_F(StepUp, counts_a_password_that_was_proven_before) {
    set_up_app();
    const auto asked = std::get<Challenge>(begin(credited({4})));
    EXPECT_EQ(asked.kind, software_token_mfa);
    const auto done = give_app_code(asked);
    EXPECT_EQ(done.user_id, id);
    EXPECT_EQ(level_of(done.amr), 4);
}

TEST_F(StepUp, counts_it_of_that_user_alone) {
    set_up_app();
    EXPECT_EQ(refusal_of([&] { begin(credited({4}, UserId("somebody else"))); }),
              (Refused{Errc::not_authorized, "The access token is of another user."}));
    hide_users(true);
    EXPECT_EQ(
        refusal_of([&] { run(sign_in.begin_choice(pool, client, std::string(nobody), credited({4}), caller)); }).code,
        Errc::not_authorized);
}

// Where no code has to follow, a sign-in is one like any other: a token that was stolen is no way to more of them.
TEST_F(StepUp, never_ends_by_what_was_proven_before) {
    EXPECT_EQ(std::get<Challenge>(begin(credited({1}))).kind, select_challenge);
    EXPECT_EQ(std::get<Challenge>(begin(credited({4, 1}))).kind, select_challenge) << "there is no app";
    set_up_app();
    EXPECT_EQ(std::get<Challenge>(begin(credited({1}))).kind, select_challenge);
    auto without = credited({4});
    without.former->by_password = false;
    EXPECT_EQ(std::get<Challenge>(begin(std::move(without))).kind, select_challenge);
}

TEST_F(StepUp, remembers_the_level_from_step_to_step) {
    set_up_app();
    const auto choice = std::get<Challenge>(begin(wanting({4})));
    clock.advance(1s);
    FirstFactor typed{.kind = password};
    typed.password = Password(good);
    const auto asked = std::get<Challenge>(
        run(sign_in.choose(pool, client, choice.session, std::string(jane), std::move(typed), caller)));
    EXPECT_EQ(asked.kind, software_token_mfa);
    EXPECT_EQ(give_app_code(asked).levels, Levels{4});
}

}  // namespace
}  // namespace symbolon::signin
