// USER_AUTH: a choice of the first factor (cognito-api.md §3.6).
#include "directory/clients.hpp"
#include "signin/house.hpp"
#include "signin/sign_up_session.hpp"
#include "signin/srp_person.hpp"

#include <algorithm>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using enum ChallengeKind;
using directory::AuthFactorType;
using Mfa = directory::UserPoolMfaType;

class FirstFactors : public House {
protected:
    FirstFactors() {
        require_mfa(Mfa::OFF);
        change_client([](directory::Client& changed) {
            changed.settings.ExplicitAuthFlows =
                List<directory::ExplicitAuthFlowsType>{directory::ExplicitAuthFlowsType::ALLOW_USER_AUTH};
        });
        run(db->write([&](db::Transaction& tx) { directory::Clients(tx, sealer).create(*client); }));
        allow({AuthFactorType::PASSWORD, AuthFactorType::EMAIL_OTP, AuthFactorType::SMS_OTP});
    }
    void allow(std::initializer_list<AuthFactorType> factors) {
        change_pool([&](directory::Pool& changed) {
            changed.settings.Policies.emplace().SignInPolicy.emplace().AllowedFirstAuthFactors =
                List<AuthFactorType, 1, 4>(factors);
        });
    }
    /// A second later, so that messages are in order.
    Outcome begin(FirstFactor factor = {}, std::string_view login = jane) {
        clock.advance(1s);
        return run(sign_in.begin_choice(pool, client, std::string(login), std::move(factor), caller));
    }
    Challenge ask(std::optional<ChallengeKind> kind = {}, std::string_view login = jane) {
        FirstFactor factor;
        factor.kind = kind;
        return std::get<Challenge>(begin(std::move(factor), login));
    }
    Outcome choose(const Challenge& asked, FirstFactor factor, std::string_view login = jane) {
        clock.advance(1s);
        return run(sign_in.choose(pool, client, asked.session, std::string(login), std::move(factor), caller));
    }
    Challenge choose(const Challenge& asked, ChallengeKind kind, std::string_view login = jane) {
        return std::get<Challenge>(choose(asked, FirstFactor{.kind = kind}, login));
    }
    static FirstFactor typed(std::string_view text) {
        FirstFactor factor{.kind = password};
        factor.password = Password(text);
        return factor;
    }
    Outcome give(const Challenge& asked, std::string_view code, std::string_view login = jane) {
        CodeAnswer answer{.session = asked.session, .login = std::string(login), .code = OneTimeCode(code)};
        return run(sign_in.with_first_code(pool, client, asked.kind, std::move(answer), caller));
    }
    Refused code_refusal(const Challenge& asked, std::string_view code, std::string_view login = jane) {
        return refusal_of([&] { give(asked, code, login); });
    }
};

TEST_F(FirstFactors, without_a_preference_the_user_is_asked_what_there_is) {
    add_user();
    const auto asked = ask();
    EXPECT_EQ(asked.kind, select_challenge);
    EXPECT_EQ(asked.choices, (std::vector{password_srp, password, sms_otp})) << "there is no e-mail address";
    EXPECT_TRUE(is_signed_in(choose(asked, typed(good))));
}

TEST_F(FirstFactors, what_is_on_offer_is_what_pool_and_user_have) {
    add_user();
    change_user(jane, [](directory::User& changed) {
        changed.attributes["email"] = "j@example.com";
        changed.attributes["email_verified"] = "true";
    });
    EXPECT_EQ(ask().choices, (std::vector{password_srp, password, email_otp, sms_otp}));
    change_user(jane, [](directory::User& changed) { changed.attributes["phone_number_verified"] = "false"; });
    EXPECT_EQ(ask().choices, (std::vector{password_srp, password, email_otp}));
    allow({AuthFactorType::EMAIL_OTP});
    EXPECT_EQ(ask().choices, std::vector{email_otp});
    allow({AuthFactorType::PASSWORD, AuthFactorType::EMAIL_OTP});
    require_mfa(Mfa::ON);
    EXPECT_EQ(ask().choices, (std::vector{password_srp, password})) << "where a second factor is due";
    require_mfa(Mfa::OFF);
    change_user(jane, [](directory::User& changed) { changed.status = directory::UserStatus::FORCE_CHANGE_PASSWORD; });
    EXPECT_EQ(ask().choices, (std::vector{password_srp, password}));
    change_pool([](directory::Pool& changed) { changed.settings.Policies.reset(); });
    EXPECT_EQ(ask().choices, (std::vector{password_srp, password})) << "by default, passwords";
}

TEST_F(FirstFactors, a_preferred_password_that_comes_along_signs_in) {
    add_user();
    EXPECT_TRUE(is_signed_in(begin(typed(good))));
    EXPECT_EQ(refusal_of([&] { begin(typed(bad)); }), wrong_password);
    EXPECT_EQ(ask(password).kind, password);
}

TEST_F(FirstFactors, a_preference_that_cannot_be_had_asks_again) {
    add_user();
    EXPECT_EQ(ask(email_otp).kind, select_challenge);
    EXPECT_EQ(refusal_of([&] { choose(ask(), email_otp); }).code, Errc::invalid_parameter) << "an answer is not";
}

TEST_F(FirstFactors, a_second_factor_follows_the_password) {
    add_user();
    require_mfa(Mfa::ON);
    const auto asked = std::get<Challenge>(choose(ask(), typed(good)));
    EXPECT_EQ(asked.kind, sms_mfa);
    EXPECT_TRUE(is_signed_in(answer(asked, last_code())));
}

TEST_F(FirstFactors, a_password_is_proven_by_srp) {
    add_user();
    const SrpPerson person{std::string(good)};
    FirstFactor factor{.kind = password_srp};
    factor.srp_a = person.a();
    const auto asked = std::get<Challenge>(begin(std::move(factor)));
    EXPECT_EQ(asked.kind, password_verifier);
    EXPECT_NE(asked.session, "");
    EXPECT_TRUE(
        is_signed_in(run(sign_in.with_verifier(pool, client, person.claim(*pool, asked, clock.now()), caller))));

    const auto later = choose(ask(), password_srp);
    EXPECT_EQ(later.kind, password_srp);
    FirstFactor given{.kind = password_srp};
    given.srp_a = person.a();
    const auto question = std::get<Challenge>(choose(later, std::move(given)));
    EXPECT_TRUE(
        is_signed_in(run(sign_in.with_verifier(pool, client, person.claim(*pool, question, clock.now()), caller))));
}

TEST_F(FirstFactors, a_code_of_eight_digits_stands_in_for_the_password) {
    add_user();
    const auto asked = ask(sms_otp);
    EXPECT_EQ(asked.kind, sms_otp);
    ASSERT_TRUE(asked.delivery);
    EXPECT_EQ(asked.delivery->destination, "+*******0123");
    const auto code = last_code();
    EXPECT_EQ(code.size(), 8U);
    EXPECT_EQ(code_refusal(asked, "00000000"), wrong_mfa_code);
    EXPECT_TRUE(is_signed_in(give(asked, code)));
    EXPECT_EQ(code_refusal(asked, code), used_session);
}

TEST_F(FirstFactors, the_choice_may_change_while_the_session_lives) {
    add_user();
    const auto code = ask(sms_otp);
    const auto other = choose(code, password);
    EXPECT_EQ(other.kind, password);
    EXPECT_EQ(code_refusal(code, last_code()), used_session) << "one choice at a time";
    EXPECT_EQ(refusal_of([&] { choose(other, typed(bad)); }), wrong_password);
    EXPECT_TRUE(is_signed_in(choose(other, typed(good)))) << "a wrong password does not use the choice up";
}

// Attack class 18.
TEST_F(FirstFactors, guesses_are_counted_for_the_user_however_often_one_begins_anew) {
    services.limits.sends_per_destination = 1000;
    add_user();
    int evaluated = 0;
    for (int round = 0; round < 20; ++round) {
        const auto asked = ask(sms_otp);
        for (int i = 0; i < 10; ++i) {
            if (code_refusal(asked, "00000000") == wrong_mfa_code) ++evaluated;
        }
    }
    EXPECT_LE(evaluated, services.limits.otp_guesses_per_hour);
    const auto asked = ask(sms_otp);
    EXPECT_EQ(code_refusal(asked, last_code()).code, Errc::too_many_attempts) << "the right one, too";
    EXPECT_TRUE(is_signed_in(begin(typed(good)))) << "attack class 21: the password still works";
}

// Attack class 22: what was on offer when it was chosen must be so when it is proven.
TEST_F(FirstFactors, a_code_is_not_enough_once_a_second_factor_is_due) {
    add_user();
    const auto asked = ask(sms_otp);
    const auto code = last_code();
    change_user(jane, [](directory::User& changed) { changed.mfa.enabled = {directory::MfaFactor::SMS_MFA}; });
    require_mfa(Mfa::OPTIONAL);
    EXPECT_EQ(code_refusal(asked, code), invalid_session);
}

TEST_F(FirstFactors, a_code_is_of_one_challenge_user_and_step) {
    add_user();
    add_user(john);
    const auto asked = ask(sms_otp);
    const auto code = last_code();
    EXPECT_EQ(code_refusal(asked, code, john), invalid_session);
    EXPECT_EQ(code_refusal(asked, code, nobody), invalid_session);
    EXPECT_EQ(refusal_of([&] { answer(asked, code); }), invalid_session) << "not a second factor";
    Challenge other = asked;
    other.kind = email_otp;
    EXPECT_EQ(code_refusal(other, code), invalid_session);
    clock.advance(3min);
    EXPECT_EQ(code_refusal(asked, code), expired_session);
}

// Attack class 33.
TEST_F(FirstFactors, nobody_is_offered_and_asked_what_somebody_is) {
    add_user();
    EXPECT_EQ(ask({}, nobody).choices, ask().choices);
    EXPECT_EQ(ask({}, nobody).session.size(), ask().session.size());
    const auto asked = ask(sms_otp, nobody);
    EXPECT_EQ(asked.kind, sms_otp);
    ASSERT_TRUE(asked.delivery);
    EXPECT_EQ(asked.delivery->destination, "+*******0177");
    EXPECT_EQ(asked.session.size(), ask(sms_otp).session.size());
    const auto sent = messages().size();
    ask(sms_otp, nobody);
    EXPECT_EQ(messages().size(), sent) << "nothing is sent";
    const auto again = ask(sms_otp, nobody);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(code_refusal(again, "00000000", nobody), wrong_mfa_code);
    EXPECT_EQ(code_refusal(again, "00000000", nobody), expired_code) << "as of somebody";

    const auto before = hasher.runs();
    EXPECT_EQ(refusal_of([&] { begin(typed(bad), nobody); }), wrong_password);
    EXPECT_EQ(hasher.runs() - before, 1U);
    EXPECT_EQ(refusal_of([&] { choose(ask({}, nobody), typed(bad), nobody); }), wrong_password);
    const SrpPerson person{std::string(bad)};
    FirstFactor factor{.kind = password_srp};
    factor.srp_a = person.a();
    const auto question = std::get<Challenge>(begin(std::move(factor), nobody));
    EXPECT_EQ(refusal_of([&] {
                  run(sign_in.with_verifier(pool, client, person.claim(*pool, question, clock.now()), caller));
              }),
              wrong_password);
}

TEST_F(FirstFactors, a_disabled_user_is_offered_what_nobody_is) {
    add_user();
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    const auto sent = messages().size();
    EXPECT_EQ(code_refusal(ask(sms_otp), "00000000"), wrong_mfa_code);
    EXPECT_EQ(messages().size(), sent);
    hide_users(false);
    EXPECT_EQ(refusal_of([&] { ask(); }), (Refused{Errc::not_authorized, "User is disabled."}));
}

TEST_F(FirstFactors, who_was_disabled_on_the_way_does_not_arrive) {
    add_user();
    const auto asked = ask(sms_otp);
    const auto code = last_code();
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_EQ(code_refusal(asked, code), wrong_mfa_code) << "users are hidden";
}

TEST_F(FirstFactors, a_confirmed_sign_up_leads_straight_in_once) {
    const auto made = run(sign_up.sign_up(pool, client, std::string(jane), Password(good), {}, caller));
    const auto signed_up = seal_signed_up(services, *pool, *client, user(made.user_id).value(), clock.now());
    run(sign_up.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), false, caller));
    const auto session = run(db->write([&](db::Transaction& tx) {
        const auto present = directory::Users(tx).find(pool->id, made.user_id).value();
        return seal_confirmed(services, tx, *pool, *client, present, signed_up, clock.now());
    }));
    ASSERT_NE(session, "");
    const auto enter_with = [&](std::string_view given, std::string_view login) {
        FirstFactor factor;
        factor.sign_up_session = given;
        return begin(std::move(factor), login);
    };
    add_user(john);
    EXPECT_EQ(refusal_of([&] { enter_with(session, john); }), invalid_session);
    EXPECT_EQ(refusal_of([&] { enter_with(signed_up, jane); }), invalid_session);
    EXPECT_TRUE(is_signed_in(enter_with(session, jane)));
    EXPECT_EQ(refusal_of([&] { enter_with(session, jane); }), invalid_session);
}

}  // namespace
}  // namespace symbolon::signin
