// Hooks into user code around sign-up, confirmation, recovery and messages (cognito-api.md §6).
#include "signin/hooks_house.hpp"
#include "signin/migration.hpp"

namespace symbolon::signin {
namespace {

TEST_F(HooksTest, a_pool_without_hooks_asks_nobody) {
    add_user();
    EXPECT_TRUE(functions.seen.empty());
}

TEST_F(HooksTest, pre_sign_up_may_confirm_and_verify_and_then_nothing_is_sent) {
    set_hook(&LambdaConfig::PreSignUp, {{"autoConfirmUser", true}, {"autoVerifyPhone", true}});
    const auto result = sign_up_jane();
    EXPECT_TRUE(result.confirmed);
    EXPECT_FALSE(result.delivery);
    EXPECT_TRUE(messages().empty());
    const auto made = user(jane);
    EXPECT_EQ(made.status, UserStatus::CONFIRMED);
    EXPECT_TRUE(made.is_verified("phone_number"));
    EXPECT_EQ(request(), (object{{"userAttributes", object{{"phone_number", jane}}},
                                 {"validationData", object{{"proof", "1"}}},
                                 {"clientMetadata", object{{"from", "app"}}}}))
        << "what was submitted, and no more";
    EXPECT_EQ(event().at("callerContext").at("clientId").as_string(), client->id.str());
    EXPECT_EQ(event().at("userName").as_string(), made.username);
}

TEST_F(HooksTest, post_confirmation_follows_a_sign_up_that_is_confirmed_at_once) {
    set_hook(&LambdaConfig::PreSignUp, {{"autoConfirmUser", true}});
    set_hooks([](LambdaConfig& config) { config.PostConfirmation = "after"; });
    functions.add_answer("after", {});
    sign_up_jane();
    EXPECT_EQ(functions.sources(), (std::vector<std::string>{"PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"}));
    const auto& attributes = request().at("userAttributes").as_object();
    EXPECT_EQ(attributes.at("cognito:user_status").as_string(), "CONFIRMED");
    EXPECT_EQ(attributes.at("sub").as_string(), user(jane).id.str());
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "app"}}));
}

TEST_F(HooksTest, pre_sign_up_may_refuse_and_then_there_is_no_user) {
    set_refusing_hook(&LambdaConfig::PreSignUp);
    EXPECT_EQ(refusal_of([&] { sign_up_jane(); }), (Refused{Errc::hook_refused, "PreSignUp failed with error no."}));
    EXPECT_FALSE(knows(jane));
    EXPECT_TRUE(messages().empty());
}

TEST_F(HooksTest, pre_sign_up_that_cannot_run_lets_nobody_in) {
    set_hooks([](LambdaConfig& config) { config.PreSignUp = "not there"; });
    EXPECT_EQ(refusal_of([&] { sign_up_jane(); }),
              (Refused{Errc::hook_failed, "PreSignUp invocation failed due to error ResourceNotFoundException."}));
    EXPECT_FALSE(knows(jane));
}

TEST_F(HooksTest, pre_sign_up_is_not_told_of_names_that_are_taken) {
    add_user();
    set_hook(&LambdaConfig::PreSignUp, {});
    EXPECT_EQ(refusal_of([&] { sign_up_jane(); }).code, Errc::username_exists);
    EXPECT_TRUE(functions.seen.empty());
}

TEST_F(HooksTest, pre_sign_up_verifies_no_address_that_is_not_there) {
    set_hook(&LambdaConfig::PreSignUp, {{"autoVerifyEmail", true}});
    EXPECT_EQ(refusal_of([&] { sign_up_jane(); }).code, Errc::hook_answer_invalid);
    EXPECT_FALSE(knows(jane));
}

TEST_F(HooksTest, pre_sign_up_may_refuse_what_an_administrator_makes_but_not_confirm_it) {
    set_hook(&LambdaConfig::PreSignUp, {{"autoConfirmUser", true}, {"autoVerifyPhone", true}});
    NewUser wanted;
    wanted.username = jane;
    wanted.metadata = {{"k", "v"}};
    wanted.validation_data = {{"a", "b"}};
    const auto made = run(administration.create_user(pool, std::move(wanted)));
    EXPECT_EQ(made.status, UserStatus::FORCE_CHANGE_PASSWORD);
    EXPECT_FALSE(made.is_verified("phone_number"));
    EXPECT_EQ(functions.sources(), (std::vector<std::string>{"PreSignUp_AdminCreateUser"}));
    EXPECT_EQ(event().at("callerContext").at("clientId").as_string(), "CLIENT_ID_NOT_APPLICABLE");
    EXPECT_EQ(request().at("validationData"), (object{{"a", "b"}}));
    EXPECT_EQ(request().at("clientMetadata"), (object{{"k", "v"}}));

    set_refusing_hook(&LambdaConfig::PreSignUp);
    NewUser other;
    other.username = john;
    EXPECT_EQ(refusal_of([&] { run(administration.create_user(pool, std::move(other))); }).code, Errc::hook_refused);
    EXPECT_FALSE(knows(john));
}

TEST_F(HooksTest, post_confirmation_follows_a_right_code_alone) {
    sign_up_jane();
    const auto code = last_code();
    set_hook(&LambdaConfig::PostConfirmation, {});
    const auto confirm = [&](const std::string& given) {
        run(sign_up.confirm(pool, client, std::string(jane), OneTimeCode(given), false, with_data()));
    };
    EXPECT_EQ(refusal_of([&] { confirm(other_than(code)); }), wrong_code);
    EXPECT_TRUE(functions.seen.empty());
    confirm(code);
    EXPECT_EQ(functions.sources(), (std::vector<std::string>{"PostConfirmation_ConfirmSignUp"}));
    EXPECT_EQ(request().at("userAttributes").at("phone_number_verified").as_string(), "true");
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "app"}}));
}

TEST_F(HooksTest, a_post_confirmation_that_fails_is_told_and_the_user_stays_confirmed) {
    sign_up_jane();
    set_refusing_hook(&LambdaConfig::PostConfirmation);
    EXPECT_EQ(refusal_of([&] {
                  run(sign_up.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), false, caller));
              }),
              (Refused{Errc::hook_refused, "PostConfirmation failed with error no."}));
    EXPECT_EQ(user(jane).status, UserStatus::CONFIRMED);
}

TEST_F(HooksTest, post_confirmation_follows_an_administrators_confirmation_and_a_recovery) {
    sign_up_jane();
    set_hook(&LambdaConfig::PostConfirmation, {});
    run(administration.confirm(pool, std::string(jane), {{"k", "v"}}));
    EXPECT_EQ(event().at("callerContext").at("clientId").as_string(), "CLIENT_ID_NOT_APPLICABLE");
    EXPECT_EQ(request().at("clientMetadata"), (object{{"k", "v"}}));

    change_user(jane, [](directory::User& changed) { changed.attributes["phone_number_verified"] = "true"; });
    run(recovery.forgot(pool, client, std::string(jane), caller));
    run(recovery.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), Password("Another-Horse-8"),
                         with_data()));
    EXPECT_EQ(functions.sources(),
              (std::vector<std::string>{"PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword"}));
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "app"}}));
}

// Messages.

TEST_F(HooksTest, custom_message_writes_the_texts_of_codes) {
    set_hook(&LambdaConfig::CustomMessage, {{"smsMessage", "Welcome, {####}!"}});
    sign_up_jane();
    EXPECT_EQ(last_message().text, "Welcome, " + last_code() + "!");
    EXPECT_EQ(last_code().size(), 6U);
    EXPECT_EQ(request().at("codeParameter").as_string(), "{####}") << "the code itself is not there yet";
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "app"}}));

    functions.add_answer("f", {{"smsMessage", "Again {####}"}});
    clock.advance(std::chrono::seconds(1));
    run(sign_up.resend(pool, client, std::string(jane), caller));
    EXPECT_EQ(last_message().text, "Again " + last_code());
    run(sign_up.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), false, caller));

    functions.add_answer("f", {});
    clock.advance(std::chrono::seconds(1));
    run(recovery.forgot(pool, client, std::string(jane), caller));
    EXPECT_EQ(last_message().text, "Your password reset code is " + last_code()) << "the pool's own";
    EXPECT_EQ(functions.sources(), (std::vector<std::string>{"CustomMessage_SignUp", "CustomMessage_ResendCode",
                                                             "CustomMessage_ForgotPassword"}));
}

TEST_F(HooksTest, custom_message_writes_invitations) {
    set_hook(&LambdaConfig::CustomMessage, {{"smsMessage", "{username}: {####}"}});
    NewUser wanted;
    wanted.username = jane;
    run(administration.create_user(pool, std::move(wanted)));
    EXPECT_EQ(last_message().text, std::string(jane) + ": " + last_code());
    EXPECT_EQ(functions.sources(), (std::vector<std::string>{"CustomMessage_AdminCreateUser"}));
    EXPECT_EQ(request().at("userAttributes").at("cognito:user_status").as_string(), "FORCE_CHANGE_PASSWORD");
}

TEST_F(HooksTest, custom_message_is_not_asked_of_who_gets_none) {
    set_hook(&LambdaConfig::CustomMessage, {{"smsMessage", "Welcome, {####}!"}});
    hide_users(true);
    run(recovery.forgot(pool, client, std::string(nobody), caller));
    NewUser quiet;
    quiet.username = jane;
    quiet.suppress_message = true;
    run(administration.create_user(pool, std::move(quiet)));
    EXPECT_TRUE(functions.seen.empty());
}

TEST_F(HooksTest, a_custom_message_without_a_place_for_the_code_sends_nothing) {
    set_hook(&LambdaConfig::CustomMessage, {{"smsMessage", "Welcome!"}});
    EXPECT_EQ(refusal_of([&] { sign_up_jane(); }).code, Errc::hook_answer_invalid);
    EXPECT_TRUE(messages().empty());
}

// Migration.

TEST_F(HooksTest, migration_brings_a_user_who_forgot_the_password) {
    set_hook(&LambdaConfig::UserMigration,
             {{"userAttributes", object{{"phone_number", jane}, {"phone_number_verified", "true"}}}});
    const auto delivery = run(recovery.forgot(pool, client, std::string(jane), with_data()));
    EXPECT_EQ(delivery.medium, "SMS");
    EXPECT_EQ(event().at("userName").as_string(), jane) << "as typed";
    EXPECT_FALSE(request().contains("password"));
    EXPECT_FALSE(request().contains("userAttributes"));
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "app"}}));
    EXPECT_EQ(user(jane).status, UserStatus::RESET_REQUIRED);
    run(recovery.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), Password(good), caller));
    EXPECT_EQ(user(jane).status, UserStatus::CONFIRMED);
    EXPECT_EQ(functions.seen.size(), 1U) << "not of a user who is here";
}

TEST_F(HooksTest, migration_stores_the_password_that_was_typed) {
    set_hook(&LambdaConfig::UserMigration, {{"userAttributes", object{{"phone_number", jane}}},
                                            {"finalUserStatus", "CONFIRMED"},
                                            {"messageAction", "SUPPRESS"},
                                            {"enableSMSMFA", true}});
    const auto migrate = [&] {
        return run(migrate_user(services, pool, client, std::string(jane), triggers::MigrationSource::authentication,
                                Password("weak"), with_data()));
    };
    const auto brought = migrate();
    ASSERT_TRUE(brought);
    EXPECT_EQ(brought->status, UserStatus::CONFIRMED);
    EXPECT_TRUE(brought->mfa.has(directory::MfaFactor::SMS_MFA));
    EXPECT_EQ(request().at("password").as_string(), "weak");
    EXPECT_EQ(request().at("validationData"), (object{{"proof", "1"}}));
    EXPECT_TRUE(run(hasher.verify(Password("weak"), user(jane).password_hash)));
    EXPECT_FALSE(migrate()) << "the user is here already";
}

TEST_F(HooksTest, migration_of_who_is_not_there_either_says_what_is_always_said) {
    set_hook(&LambdaConfig::UserMigration, {});
    hide_users(false);
    const auto forgot = [&] { run(recovery.forgot(pool, client, std::string(nobody), caller)); };
    EXPECT_EQ(refusal_of(forgot), (Refused{Errc::user_not_found, "Username/client id combination not found."}));
    set_refusing_hook(&LambdaConfig::UserMigration);
    EXPECT_EQ(refusal_of(forgot),
              (Refused{Errc::user_not_found, "Exception migrating user in app client " + client->id.str()}));
    hide_users(true);
    EXPECT_NO_THROW(forgot());
    EXPECT_FALSE(knows(nobody));
}

TEST_F(HooksTest, migration_makes_no_user_that_breaks_the_schema) {
    set_hook(&LambdaConfig::UserMigration, {{"userAttributes", object{{"custom:unknown", "x"}}}});
    EXPECT_EQ(refusal_of([&] { run(recovery.forgot(pool, client, std::string(jane), caller)); }).code,
              Errc::hook_answer_invalid);
    EXPECT_FALSE(knows(jane));
}

TEST_F(HooksTest, migration_is_asked_ten_times_an_hour_for_one_login) {
    set_hook(&LambdaConfig::UserMigration, {});
    const auto ask = [&] {
        run(migrate_user(services, pool, client, std::string(nobody), triggers::MigrationSource::authentication,
                         Password("guess"), caller));
    };
    for (int i = 0; i < 12; ++i) ask();
    EXPECT_EQ(functions.seen.size(), 10U);
    clock.advance(std::chrono::hours(1) + std::chrono::seconds(1));
    ask();
    EXPECT_EQ(functions.seen.size(), 11U);
}

}  // namespace
}  // namespace symbolon::signin
