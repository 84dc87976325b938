#include "signin/recovery.hpp"

#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using directory::UserStatus;

constexpr std::string_view fresh = "Another-Horse-8";

class RecoveryTest : public House {
protected:
    RecoveryTest() : id(add_user()) {}

    CodeDelivery forgot(std::string_view login = jane) {
        return run(recovery.forgot(pool, client, std::string(login), caller));
    }
    void confirm(std::string_view code, std::string_view login = jane, std::string_view password = fresh) {
        run(recovery.confirm(pool, client, std::string(login), OneTimeCode(code), Password(password), caller));
    }
    Refused forgot_refusal(std::string_view login = jane) {
        return refusal_of([&] { forgot(login); });
    }
    Refused refusal(std::string_view code, std::string_view login = jane, std::string_view password = fresh) {
        return refusal_of([&] { confirm(code, login, password); });
    }
    void recover_by(std::vector<directory::RecoveryOptionNameType> names) {
        change_pool([&](directory::Pool& changed) {
            List<directory::RecoveryOptionType, 1, 2> options;
            int priority = 1;
            for (const auto name : names) options.push_back({.Priority = priority++, .Name = name});
            changed.settings.AccountRecoverySetting = directory::AccountRecoverySettingType{options};
        });
    }
    const UserId id;
};

TEST_F(RecoveryTest, a_code_to_the_verified_number_sets_a_new_password_once) {
    const auto sent = forgot();
    EXPECT_EQ(sent.attribute, "phone_number");
    EXPECT_EQ(sent.medium, "SMS");
    EXPECT_EQ(sent.destination, "+*******0123");
    const auto text = last_message();
    EXPECT_EQ(text.purpose, "recovery");
    EXPECT_EQ(text.text, "Your password reset code is " + text.code);
    EXPECT_NO_THROW(challenge()) << "until then the old password works";

    EXPECT_EQ(refusal(other_than(text.code)), wrong_code);
    confirm(text.code);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), wrong_password);
    EXPECT_TRUE(std::holds_alternative<Challenge>(enter(jane, fresh))) << "and the second factor is still due";
    EXPECT_EQ(refusal(text.code, jane, "Third-Horse-99"), expired_code);
}

TEST_F(RecoveryTest, a_password_that_breaks_the_policy_does_not_cost_the_code) {
    forgot();
    EXPECT_EQ(refusal(last_code(), jane, "short").code, Errc::invalid_password);
    EXPECT_NO_THROW(confirm(last_code()));
}

TEST_F(RecoveryTest, a_required_reset_ends_with_the_new_password) {
    change_user(jane, [](directory::User& changed) { changed.status = UserStatus::RESET_REQUIRED; });
    forgot();
    confirm(last_code());
    EXPECT_EQ(user(id)->status, UserStatus::CONFIRMED);
}

// Attack class 20.
TEST_F(RecoveryTest, a_code_lives_for_an_hour) {
    forgot();
    const auto code = last_code();
    clock.advance(1h - 1ms);
    EXPECT_EQ(refusal(other_than(code)), wrong_code);
    clock.advance(1ms);
    EXPECT_EQ(refusal(code), expired_code);
}

// Attack class 24: a code sets the password of its user, for its purpose.
TEST_F(RecoveryTest, no_other_code_sets_a_password) {
    add_user(john);
    EXPECT_EQ(refusal("123456"), expired_code) << "none was asked for";
    challenge();
    EXPECT_EQ(refusal(last_code()), expired_code) << "a sign-in's code";
    forgot(john);
    const auto johns = last_code();
    EXPECT_EQ(refusal(johns), expired_code) << "another user's code";
    forgot();
    if (johns != last_code()) {
        EXPECT_EQ(refusal(johns), wrong_code);
    }
    run(sign_up.sign_up(pool, client, "+14155550142", Password(good), {}, caller));
    EXPECT_EQ(refusal(last_code(), "+14155550142"), expired_code) << "a sign-up's code";
    EXPECT_NO_THROW(challenge()) << "the password is as it was";
}

TEST_F(RecoveryTest, a_code_does_not_outlive_the_number_it_went_to) {
    forgot();
    const auto code = last_code();
    change_user(jane, [](directory::User& changed) { changed.attributes["phone_number"] = "+14155550142"; });
    EXPECT_EQ(refusal(code, "+14155550142"), expired_code);
}

// Attack class 18.
TEST_F(RecoveryTest, a_thousand_guesses_are_not_evaluated) {
    int evaluated = 0;
    for (int i = 0; i < 1000; ++i) {
        if (i % 5 == 0) refusal_of([&] { forgot(); });
        if (refusal(other_than(last_code())) == wrong_code) ++evaluated;
    }
    EXPECT_LE(evaluated, 15);
    EXPECT_EQ(refusal(last_code()), limit);
    clock.advance(1h);
    forgot();
    EXPECT_NO_THROW(confirm(last_code()));
}

TEST_F(RecoveryTest, requests_are_limited_for_somebody_and_for_nobody_alike) {
    services.limits.sends_per_destination = 1000;
    for (int i = 0; i < services.limits.recoveries_per_hour; ++i) {
        EXPECT_NO_THROW(forgot(jane));
        EXPECT_NO_THROW(forgot(nobody));
    }
    EXPECT_EQ(forgot_refusal(jane), limit);
    EXPECT_EQ(forgot_refusal(nobody), limit);
}

// Attack class 33.
TEST_F(RecoveryTest, nobody_looks_and_costs_like_somebody) {
    const auto before = messages().size();
    const auto known = forgot(jane);
    const auto unknown = forgot(nobody);
    EXPECT_EQ(unknown.attribute, known.attribute);
    EXPECT_EQ(unknown.medium, known.medium);
    EXPECT_EQ(unknown.destination, "+*******0177");
    EXPECT_EQ(messages().size(), before + 1) << "nothing is sent to nobody";

    const auto cost_of = [&](std::string_view login, const Refused& expected) {
        const auto runs = hasher.runs();
        EXPECT_EQ(refusal("000000", login), expected) << login;
        return hasher.runs() - runs;
    };
    ASSERT_NE(last_code(), "000000");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(cost_of(jane, wrong_code), cost_of(nobody, wrong_code));
    EXPECT_EQ(cost_of(jane, expired_code), cost_of(nobody, expired_code));
    EXPECT_EQ(cost_of("+14155550188", expired_code), 0U) << "a password is hashed for who has the code";
}

TEST_F(RecoveryTest, who_cannot_recover_looks_like_who_can_where_users_are_hidden) {
    const auto shown = forgot();
    const auto before = messages().size();
    for (const auto& change :
         std::vector<std::function<void(directory::User&)>>{[](directory::User& changed) { changed.enabled = false; },
                                                            [](directory::User& changed) {
                                                                changed.enabled = true;
                                                                changed.attributes["phone_number_verified"] = "false";
                                                            },
                                                            [](directory::User& changed) {
                                                                changed.attributes["phone_number_verified"] = "true";
                                                                changed.status = UserStatus::UNCONFIRMED;
                                                            }}) {
        change_user(jane, change);
        EXPECT_EQ(forgot().destination, shown.destination);
        EXPECT_EQ(refusal("000000"), wrong_code);
    }
    EXPECT_EQ(messages().size(), before);
}

TEST_F(RecoveryTest, where_users_are_shown_every_condition_is_told) {
    hide_users(false);
    EXPECT_EQ(forgot_refusal(nobody), (Refused{Errc::user_not_found, "Username/client id combination not found."}));
    EXPECT_EQ(refusal("000000", nobody), (Refused{Errc::user_not_found, "Username/client id combination not found."}));
    change_user(jane, [](directory::User& changed) { changed.attributes["phone_number_verified"] = "false"; });
    EXPECT_EQ(forgot_refusal(),
              (Refused{Errc::invalid_parameter,
                       "Cannot reset password for the user as there is no registered/verified email or phone_number"}));
    change_user(jane, [](directory::User& changed) { changed.status = UserStatus::FORCE_CHANGE_PASSWORD; });
    EXPECT_EQ(forgot_refusal(), (Refused{Errc::not_authorized, "User password cannot be reset in the current state."}));
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_EQ(forgot_refusal(), (Refused{Errc::not_authorized, "User is disabled."}));
}

TEST_F(RecoveryTest, the_pool_says_by_what_one_recovers) {
    using Name = directory::RecoveryOptionNameType;
    change_user(jane, [](directory::User& changed) {
        changed.attributes["email"] = "jane@example.com";
        changed.attributes["email_verified"] = "true";
    });
    EXPECT_EQ(forgot().medium, "EMAIL") << "the pool never said: what describe returns holds";
    recover_by({Name::verified_email, Name::verified_phone_number});
    EXPECT_EQ(forgot().medium, "EMAIL");
    EXPECT_EQ(last_message().subject, "Your password reset code");
    confirm(last_code());
    recover_by({Name::verified_phone_number, Name::verified_email});
    EXPECT_EQ(forgot().medium, "EMAIL") << "a second factor does not recover the first";
    require_mfa(directory::UserPoolMfaType::OFF);
    EXPECT_EQ(forgot().medium, "SMS");
    recover_by({Name::admin_only});
    EXPECT_EQ(forgot_refusal(), (Refused{Errc::not_authorized, "Contact administrator to reset password."}));
    EXPECT_EQ(forgot_refusal(nobody), (Refused{Errc::not_authorized, "Contact administrator to reset password."}));
}

TEST_F(RecoveryTest, a_number_that_is_the_second_factor_recovers_only_where_the_pool_never_said) {
    using Name = directory::RecoveryOptionNameType;
    hide_users(false);
    EXPECT_EQ(forgot().medium, "SMS") << "or nobody could recover in a pool of phone numbers";
    recover_by({Name::verified_email, Name::verified_phone_number});
    EXPECT_EQ(forgot_refusal().code, Errc::invalid_parameter);
}

TEST_F(RecoveryTest, a_new_password_ends_sign_ins_that_began_with_the_old_one) {
    const auto asked = challenge();
    const auto code = last_code();
    forgot();
    confirm(last_code());
    EXPECT_EQ(refusal_of([&] { answer(asked, code); }), invalid_session);
}

TEST_F(RecoveryTest, the_old_password_changes_to_a_new_one) {
    const auto change = [&](std::string_view previous, std::string_view proposed) {
        run(recovery.change(pool, id, Password(previous), Password(proposed), client->id, caller));
    };
    EXPECT_EQ(refusal_of([&] { change(bad, fresh); }), wrong_password);
    EXPECT_EQ(refusal_of([&] { change(good, "short"); }).code, Errc::invalid_password);
    EXPECT_NO_THROW(change(good, fresh));
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), wrong_password);
    EXPECT_TRUE(std::holds_alternative<Challenge>(enter(jane, fresh)));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(refusal_of([&] { change(bad, good); }), wrong_password);
    EXPECT_EQ(refusal_of([&] { change(fresh, good); }), limit) << "five an hour";
    clock.advance(1h);
    EXPECT_NO_THROW(change(fresh, good));
    EXPECT_EQ(refusal_of([&] {
                  run(recovery.change(pool, UserId("none"), Password(good), Password(fresh), client->id, caller));
              }).code,
              Errc::user_not_found);
}

}  // namespace
}  // namespace symbolon::signin
