// The second factors beside the code by text, and the choice among them (cognito-api.md §3.9).
#include "signin/mfa_setup.hpp"

#include "crypto/totp.hpp"
#include "directory/software_tokens.hpp"
#include "signin/house.hpp"

#include <atomic>
#include <thread>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using enum ChallengeKind;
using directory::MfaFactor;
using Mfa = directory::UserPoolMfaType;

class SecondFactors : public House {
protected:
    SecondFactors() {
        change_pool([](directory::Pool& changed) {
            changed.settings.MfaConfiguration = Mfa::OPTIONAL;
            changed.settings.SoftwareTokenMfaConfiguration.emplace().Enabled = true;
            changed.settings.EmailMfaConfiguration.emplace();
        });
        id = add_user();
    }
    /// A second later, so that messages are in order.
    Challenge challenge() {
        clock.advance(1s);
        return House::challenge();
    }
    void set_up_app() {
        run(db->write([&](db::Transaction& tx) {
            directory::SoftwareTokens tokens(tx, sealer);
            tokens.save_pending(pool->id, id, directory::SoftwareTokenSecret(secret), clock.now());
            ASSERT_TRUE(tokens.verify_pending(pool->id, id, "Jane's phone", 1));
        }));
    }
    void set_email() {
        change_user(jane, [](directory::User& changed) { changed.attributes["email"] = "j@example.com"; });
    }
    void turn_on(std::vector<MfaFactor> factors, std::optional<MfaFactor> preferred = {}) {
        change_user(jane, [&](directory::User& changed) { changed.mfa = {factors, preferred}; });
    }
    std::string app_code(std::chrono::seconds away = 0s) const {
        return crypto::totp::make_code(bytes_of(secret), crypto::totp::step_of(clock.now() + away));
    }
    CodeAnswer given(const Challenge& asked, std::string_view code, std::optional<std::string> login = {}) {
        return {.session = asked.session, .login = std::move(login), .code = OneTimeCode(code)};
    }
    Outcome give_app_code(const Challenge& asked, std::string_view code) {
        return run(sign_in.with_software_token(pool, client, given(asked, code), caller));
    }
    Outcome give_mail_code(const Challenge& asked, std::string_view code) {
        return run(sign_in.with_email_code(pool, client, given(asked, code), caller));
    }
    Outcome choose(const Challenge& asked, ChallengeKind kind) {
        clock.advance(1s);
        return run(sign_in.with_factor(pool, client, asked.session, std::nullopt, kind, caller));
    }
    Outcome finish_setup(std::string session, std::string email = {}) {
        clock.advance(1s);
        return run(sign_in.with_mfa_setup(pool, client, std::move(session), std::string(jane), email, caller));
    }

    static constexpr std::string_view secret = "12345678901234567890123456789012";
    UserId id;
};

TEST_F(SecondFactors, an_apps_code_signs_in_and_works_once) {
    set_up_app();
    turn_on({MfaFactor::SOFTWARE_TOKEN_MFA});
    const auto asked = challenge();
    EXPECT_EQ(asked.kind, software_token_mfa);
    EXPECT_EQ(asked.friendly_name, "Jane's phone");
    EXPECT_EQ(refusal_of([&] { give_app_code(asked, other_than(app_code())); }),
              (Refused{Errc::code_mismatch, "Invalid code received for user"}));
    const auto code = app_code();
    EXPECT_TRUE(is_signed_in(give_app_code(asked, code)));
    EXPECT_EQ(refusal_of([&] { give_app_code(asked, code); }), used_session);
    const auto again = challenge();
    EXPECT_EQ(refusal_of([&] { give_app_code(again, code); }),
              (Refused{Errc::code_expired, "Your software token has already been used once."}));
    clock.advance(30s);
    EXPECT_TRUE(is_signed_in(give_app_code(again, app_code())));
}

// Attack class 20.
TEST_F(SecondFactors, an_apps_code_is_of_now_or_of_the_steps_beside) {
    set_up_app();
    turn_on({MfaFactor::SOFTWARE_TOKEN_MFA});
    for (const auto away : {-90s, -60s, 60s, 90s}) {
        EXPECT_EQ(refusal_of([&] { give_app_code(challenge(), app_code(away)); }).code, Errc::code_mismatch);
    }
    EXPECT_TRUE(is_signed_in(give_app_code(challenge(), app_code(-30s))));
    EXPECT_TRUE(is_signed_in(give_app_code(challenge(), app_code(30s))));
}

// Attack class 18.
TEST_F(SecondFactors, guesses_at_the_app_are_counted_for_the_user) {
    set_up_app();
    turn_on({MfaFactor::SOFTWARE_TOKEN_MFA});
    int evaluated = 0;
    for (int round = 0; round < 10; ++round) {
        const auto asked = challenge();
        for (int i = 0; i < 10; ++i) {
            if (refusal_of([&] { give_app_code(asked, other_than(app_code())); }).code == Errc::code_mismatch)
                ++evaluated;
        }
    }
    EXPECT_EQ(evaluated, services.limits.mfa_guesses_per_hour);
    EXPECT_EQ(refusal_of([&] { give_app_code(challenge(), app_code()); }).code, Errc::too_many_attempts);
}

TEST_F(SecondFactors, of_parallel_answers_with_one_code_one_signs_in) {
    set_up_app();
    turn_on({MfaFactor::SOFTWARE_TOKEN_MFA});
    std::vector<Challenge> asked;
    for (int i = 0; i < 8; ++i) asked.push_back(challenge());
    const auto code = app_code();
    std::atomic<int> entered = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&, i] {
            refusal_of([&] {
                if (is_signed_in(give_app_code(asked[static_cast<std::size_t>(i)], code))) ++entered;
            });
        });
    }
    for (auto& one : callers) one.join();
    EXPECT_EQ(entered, 1);
}

TEST_F(SecondFactors, a_code_by_mail_proves_the_address) {
    set_email();
    turn_on({MfaFactor::EMAIL_OTP});
    const auto asked = challenge();
    EXPECT_EQ(asked.kind, email_mfa);
    EXPECT_EQ(asked.delivery->medium, "EMAIL");
    EXPECT_EQ(asked.delivery->destination, "j***@e***");
    const auto code = last_code();
    EXPECT_EQ(code.size(), 6U);
    EXPECT_EQ(refusal_of([&] { give_mail_code(asked, other_than(code)); }), wrong_mfa_code);
    EXPECT_EQ(refusal_of([&] { answer(asked, code); }), invalid_session) << "not a text";
    EXPECT_TRUE(is_signed_in(give_mail_code(asked, code)));
    EXPECT_TRUE(user(jane).is_verified("email"));
}

TEST_F(SecondFactors, a_code_by_mail_is_sent_again) {
    set_email();
    turn_on({MfaFactor::EMAIL_OTP});
    const auto asked = challenge();
    clock.advance(1s);
    const auto again = run(sign_in.resend(pool, client, asked.session, caller));
    EXPECT_EQ(again.kind, email_mfa);
    EXPECT_TRUE(is_signed_in(give_mail_code(again, last_code())));
}

TEST_F(SecondFactors, of_several_the_user_is_asked_which) {
    set_up_app();
    set_email();
    turn_on({MfaFactor::SMS_MFA, MfaFactor::SOFTWARE_TOKEN_MFA});
    const auto asked = challenge();
    EXPECT_EQ(asked.kind, select_mfa_type);
    EXPECT_EQ(asked.choices, (std::vector{sms_mfa, software_token_mfa}));
    EXPECT_EQ(refusal_of([&] { choose(asked, email_mfa); }).code, Errc::invalid_parameter);
    EXPECT_EQ(refusal_of([&] { give_app_code(asked, app_code()); }), invalid_session);
    const auto app = std::get<Challenge>(choose(asked, software_token_mfa));
    EXPECT_EQ(app.kind, software_token_mfa);
    EXPECT_EQ(refusal_of([&] { choose(asked, sms_mfa); }), used_session);
    EXPECT_TRUE(is_signed_in(give_app_code(app, app_code())));
    const auto text = std::get<Challenge>(choose(challenge(), sms_mfa));
    EXPECT_EQ(text.delivery->medium, "SMS");
    EXPECT_TRUE(is_signed_in(answer(text, last_code())));
    turn_on({MfaFactor::SMS_MFA, MfaFactor::SOFTWARE_TOKEN_MFA}, MfaFactor::SOFTWARE_TOKEN_MFA);
    EXPECT_EQ(challenge().kind, software_token_mfa);
}

// Attack class 22.
TEST_F(SecondFactors, a_factor_that_was_turned_on_and_lost_opens_no_door) {
    turn_on({MfaFactor::SOFTWARE_TOKEN_MFA});
    const auto asked = challenge();
    EXPECT_EQ(asked.kind, mfa_setup);
    EXPECT_EQ(asked.choices, (std::vector{sms_mfa, software_token_mfa, email_mfa}));
    EXPECT_EQ(refusal_of([&] { finish_setup(asked.session); }), invalid_session) << "nothing was set up";
}

class MfaSetupSessions : public SecondFactors {
protected:
    MfaSetupSessions() {
        change_pool([](directory::Pool& changed) {
            changed.settings.MfaConfiguration = Mfa::ON;
            changed.settings.SmsConfiguration.reset();
        });
        caller.browser.clear();  // the API
        run(db->write([&](db::Transaction& tx) { directory::Clients(tx, sealer).create(*client); }));
    }
    /// What verifying an app in the session gives.
    std::optional<std::string> finish(const Challenge& asked) {
        return run(db->write([&](db::Transaction& tx) -> std::optional<std::string> {
            auto opening = open_mfa_setup(services, tx, *pool, *client, asked.session, clock.now());
            if (std::holds_alternative<Error>(opening)) return std::nullopt;
            return finish_mfa_setup(services, tx, *pool, *client, std::get<MfaSetup>(opening), clock.now());
        }));
    }
};

TEST_F(MfaSetupSessions, lead_through_the_app_to_the_end) {
    const auto asked = challenge();
    ASSERT_EQ(asked.kind, mfa_setup);
    const auto parties = run(find_setup_parties(services, asked.session));
    EXPECT_EQ(parties.client->id, client->id);
    EXPECT_EQ(parties.pool->id, pool->id);
    set_up_app();
    const auto completing = finish(asked);
    ASSERT_TRUE(completing);
    EXPECT_EQ(refusal_of([&] { finish_setup(asked.session); }), used_session);
    EXPECT_TRUE(is_signed_in(finish_setup(*completing)));
    EXPECT_EQ(refusal_of([&] { finish_setup(*completing); }), used_session);
}

TEST_F(MfaSetupSessions, complete_nothing_without_an_app) {
    const auto completing = finish(challenge());
    ASSERT_TRUE(completing);
    const auto outcome = finish_setup(*completing);
    ASSERT_TRUE(std::holds_alternative<Challenge>(outcome)) << "a session alone is no factor";
    EXPECT_EQ(std::get<Challenge>(outcome).kind, mfa_setup);
}

TEST_F(MfaSetupSessions, are_of_one_client_user_and_step) {
    const auto asked = challenge();
    for (const std::string& session : {std::string(), std::string("x"), asked.session.substr(27),
                                       "client22222222222222222222." + asked.session.substr(27)}) {
        EXPECT_EQ(refusal_of([&] { run(find_setup_parties(services, session)); }).code, Errc::not_authorized);
        EXPECT_EQ(refusal_of([&] { finish_setup(session); }), invalid_session);
    }
    add_user(john);
    EXPECT_EQ(refusal_of([&] {
                  run(sign_in.with_mfa_setup(pool, client, asked.session, std::string(john), "a@example.com", caller));
              }),
              invalid_session);
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_FALSE(finish(asked));
}

TEST_F(MfaSetupSessions, an_address_is_set_up_by_proving_it) {
    const auto asked = challenge();
    EXPECT_EQ(refusal_of([&] { finish_setup(asked.session, "no mail"); }).code, Errc::invalid_parameter);
    const auto next = std::get<Challenge>(finish_setup(asked.session, "j@example.com"));
    EXPECT_EQ(next.kind, email_mfa);
    EXPECT_EQ(last_message().to, "j@example.com");
    EXPECT_FALSE(user(jane).is_verified("email"));
    EXPECT_TRUE(is_signed_in(give_mail_code(next, last_code())));
    EXPECT_TRUE(user(jane).is_verified("email"));
    EXPECT_EQ(challenge().kind, email_mfa);
}

}  // namespace
}  // namespace symbolon::signin
