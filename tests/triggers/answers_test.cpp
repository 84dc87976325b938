#include "triggers/triggers.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/run.hpp"
#include "triggers/fake_functions.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>

namespace symbolon::triggers {
namespace {

using boost::json::array;
using boost::json::object;

class Answers : public testing::Test {
protected:
    Answers() { log::set_level(log::Level::error); }

    static Call call() {
        return {.function = "f", .pool_id = PoolId("eu-west-1_AbCdEf123"), .client_id = "client", .username = "jane"};
    }
    /// What a call is refused with: code and message.
    template <class F>
    static std::string refusal_of(F ask, Errc code) {
        try {
            ask();
        } catch (const Error& error) {
            EXPECT_EQ(error.code, code);
            return error.message;
        }
        return "(not refused)";
    }
    std::string invalid_pre_sign_up(object answer) {
        functions.add_answer("f", std::move(answer));
        return refusal_of([&] { run(triggers.pre_sign_up(call(), PreSignUpSource::sign_up, {})); },
                          Errc::hook_answer_invalid);
    }
    TokenAnswer token_answer(TokenVersion version, object answer) {
        functions.add_answer("f", std::move(answer));
        return run(triggers.pre_token_generation(call(), {.version = version}));
    }

    FakeFunctions functions;
    Triggers triggers{functions};
};

/// Answers with a text, whatever the event.
class Raw final : public Functions {
public:
    Task<Reply> invoke(std::string, std::string) override { co_return reply; }
    Reply reply;
};

TEST_F(Answers, that_are_no_event_are_not_recognised) {
    Raw raw;
    Triggers asked{raw};
    for (const auto* body : {"", "null", "7", "\"text\"", "[]", "{", R"({"response":[]})", R"({"response":7})"}) {
        raw.reply = {.body = body, .is_error = false};
        EXPECT_EQ(refusal_of([&] { run(asked.post_confirmation(call(), PostConfirmationSource::confirm_sign_up)); },
                             Errc::hook_answer_invalid),
                  "Unrecognizable lambda output")
            << body;
    }
    for (const auto* body : {"{}", R"({"response":{}})", R"({"response":null})", R"({"response":{"more":1}})"}) {
        raw.reply = {.body = body, .is_error = false};
        EXPECT_NO_THROW(run(asked.post_confirmation(call(), PostConfirmationSource::confirm_sign_up))) << body;
    }
}

TEST_F(Answers, that_are_nested_without_end_are_not_recognised) {
    Raw raw;
    Triggers asked{raw};
    raw.reply.body = R"({"response":)" + std::string(100000, '[');
    EXPECT_EQ(refusal_of([&] { run(asked.post_authentication(call(), false)); }, Errc::hook_answer_invalid),
              "Unrecognizable lambda output");
}

TEST_F(Answers, of_a_function_that_throws_are_its_own_words) {
    functions.add("f", [](object) -> object { throw std::runtime_error("no such luck"); });
    EXPECT_EQ(refusal_of([&] { run(triggers.pre_authentication(call(), {}, false)); }, Errc::hook_refused),
              "PreAuthentication failed with error no such luck.");
    EXPECT_EQ(refusal_of([&] { run(triggers.verify_auth_challenge(call(), {}, "5", false)); }, Errc::hook_refused),
              "VerifyAuthChallengeResponse failed with error no such luck.");
}

TEST_F(Answers, of_a_local_runtime_that_threw_are_refusals_though_they_look_like_answers) {
    Raw raw;
    Triggers asked{raw};
    raw.reply.body = R"({"errorMessage":"nope","errorType":"Error"})";
    EXPECT_EQ(refusal_of([&] { run(asked.post_authentication(call(), false)); }, Errc::hook_refused),
              "PostAuthentication failed with error nope.");
    raw.reply = {.body = "not JSON", .is_error = true};
    EXPECT_EQ(refusal_of([&] { run(asked.post_authentication(call(), false)); }, Errc::hook_refused),
              "PostAuthentication failed with error Unhandled.");
}

TEST_F(Answers, that_never_came_say_why) {
    EXPECT_EQ(refusal_of([&] { run(triggers.pre_sign_up(call(), PreSignUpSource::sign_up, {})); }, Errc::hook_failed),
              "PreSignUp invocation failed due to error ResourceNotFoundException.");
}

TEST_F(Answers, of_pre_sign_up) {
    functions.add_answer("f", {{"autoConfirmUser", true}, {"autoVerifyEmail", true}, {"autoVerifyPhone", nullptr}});
    const auto answer = run(triggers.pre_sign_up(call(), PreSignUpSource::sign_up, {}));
    EXPECT_TRUE(answer.auto_confirm);
    EXPECT_TRUE(answer.auto_verify_email);
    EXPECT_FALSE(answer.auto_verify_phone);
    EXPECT_EQ(invalid_pre_sign_up({{"autoConfirmUser", "true"}}),
              "Invalid lambda function output : autoConfirmUser is not a boolean");
    EXPECT_EQ(invalid_pre_sign_up({{"autoVerifyPhone", 1}}),
              "Invalid lambda function output : autoVerifyPhone is not a boolean");
}

TEST_F(Answers, of_custom_challenges) {
    functions.add_answer("f", {{"challengeName", "CUSTOM_CHALLENGE"}});
    EXPECT_EQ(run(triggers.define_auth_challenge(call(), {}, false)).challenge_name, "CUSTOM_CHALLENGE");
    functions.add_answer("f", {{"issueTokens", true}, {"failAuthentication", false}});
    const auto define = run(triggers.define_auth_challenge(call(), {}, false));
    EXPECT_TRUE(define.issue_tokens);
    EXPECT_FALSE(define.fail);
    EXPECT_EQ(define.challenge_name, "");

    functions.add_answer("f", {{"publicChallengeParameters", object{{"q", "2+3"}}},
                               {"privateChallengeParameters", object{{"answer", "5"}}},
                               {"challengeMetadata", "SUM"}});
    const auto create = run(triggers.create_auth_challenge(call(), "CUSTOM_CHALLENGE", {}, false));
    EXPECT_EQ(create.public_parameters, (Attributes{{"q", "2+3"}}));
    EXPECT_EQ(create.private_parameters, (Attributes{{"answer", "5"}}));
    EXPECT_EQ(create.metadata, "SUM");

    functions.add_answer("f", {{"publicChallengeParameters", object{{"q", 5}}}});
    EXPECT_EQ(refusal_of([&] { run(triggers.create_auth_challenge(call(), "CUSTOM_CHALLENGE", {}, false)); },
                         Errc::hook_answer_invalid),
              "Invalid lambda function output : publicChallengeParameters is not a map of strings");

    functions.add_answer("f", {{"answerCorrect", true}});
    EXPECT_TRUE(run(triggers.verify_auth_challenge(call(), {}, "5", false)));
    functions.add_answer("f", {});
    EXPECT_FALSE(run(triggers.verify_auth_challenge(call(), {}, "5", false)));
}

TEST_F(Answers, of_pre_token_generation_v1_change_claims_that_are_text) {
    const auto answer = token_answer(
        TokenVersion::v1, {{"claimsOverrideDetails", object{{"claimsToAddOrOverride", object{{"tenant", "acme"}}},
                                                            {"claimsToSuppress", array{"email"}}}}});
    EXPECT_EQ(answer.id_token.add, (object{{"tenant", "acme"}}));
    EXPECT_EQ(answer.id_token.suppress, (std::vector<std::string>{"email"}));
    EXPECT_TRUE(answer.access_token.add.empty());
    EXPECT_FALSE(answer.groups);

    functions.add_answer("f", {{"claimsOverrideDetails", object{{"claimsToAddOrOverride", object{{"n", 5}}}}}});
    EXPECT_EQ(refusal_of([&] { run(triggers.pre_token_generation(call(), {})); }, Errc::hook_answer_invalid),
              "Invalid lambda function output : claimsToAddOrOverride is not a map of strings");
}

TEST_F(Answers, of_pre_token_generation_may_take_the_groups_away) {
    const auto replaced = token_answer(
        TokenVersion::v1,
        {{"claimsOverrideDetails",
          object{{"groupOverrideDetails", object{{"groupsToOverride", array{"x"}}, {"preferredRole", "arn:r"}}}}}});
    ASSERT_TRUE(replaced.groups);
    EXPECT_EQ(replaced.groups->names, (std::vector<std::string>{"x"}));
    EXPECT_EQ(replaced.groups->preferred_role, "arn:r");
    for (const boost::json::value& none : {boost::json::value(nullptr), boost::json::value(object{})}) {
        const auto taken =
            token_answer(TokenVersion::v1, {{"claimsOverrideDetails", object{{"groupOverrideDetails", none}}}});
        ASSERT_TRUE(taken.groups);
        EXPECT_TRUE(taken.groups->names.empty());
    }
    EXPECT_FALSE(token_answer(TokenVersion::v1, {{"claimsOverrideDetails", nullptr}}).groups);
}

TEST_F(Answers, of_pre_token_generation_v2_change_both_tokens_and_scopes) {
    const auto answer =
        token_answer(TokenVersion::v2,
                     {{"claimsAndScopeOverrideDetails",
                       object{{"idTokenGeneration", object{{"claimsToAddOrOverride", object{{"list", array{1, 2}}}}}},
                              {"accessTokenGeneration", object{{"claimsToAddOrOverride", object{{"ok", true}}},
                                                               {"claimsToSuppress", array{"a"}},
                                                               {"scopesToAdd", array{"api/read"}},
                                                               {"scopesToSuppress", array{"openid"}}}}}}});
    EXPECT_EQ(answer.id_token.add, (object{{"list", array{1, 2}}}));
    EXPECT_EQ(answer.access_token.add, (object{{"ok", true}}));
    EXPECT_EQ(answer.access_token.suppress, (std::vector<std::string>{"a"}));
    EXPECT_EQ(answer.scopes_to_add, (std::vector<std::string>{"api/read"}));
    EXPECT_EQ(answer.scopes_to_suppress, (std::vector<std::string>{"openid"}));
}

TEST_F(Answers, of_user_migration) {
    const auto ask = [&] { return run(triggers.user_migration(call(), MigrationSource::authentication, {}, {})); };
    functions.add_answer("f", {});
    EXPECT_FALSE(ask()) << "nobody knows the user";
    functions.add_answer("f", {{"userAttributes", object{{"email", "j@example.com"}}}});
    auto user = ask();
    ASSERT_TRUE(user);
    EXPECT_FALSE(user->confirmed);
    EXPECT_EQ(user->attributes, (Attributes{{"email", "j@example.com"}}));
    functions.add_answer("f", {{"userAttributes", object{{"email", "j@example.com"}}},
                               {"finalUserStatus", "CONFIRMED"},
                               {"messageAction", "SUPPRESS"},
                               {"desiredDeliveryMediums", array{"EMAIL"}},
                               {"forceAliasCreation", true},
                               {"enableSMSMFA", true}});
    user = ask();
    EXPECT_TRUE(user->confirmed && user->suppress_message && user->force_alias && user->enable_sms_mfa);
    EXPECT_EQ(user->media, (std::vector<std::string>{"EMAIL"}));
    functions.add_answer("f", {{"userAttributes", object{{"email", "j@example.com"}}}, {"finalUserStatus", "KING"}});
    EXPECT_EQ(refusal_of(ask, Errc::hook_answer_invalid),
              "Invalid lambda function output : finalUserStatus is not a known status");
}

TEST_F(Answers, of_custom_message_have_a_place_for_the_code_and_a_length) {
    const auto ask = [&](MessageSource source, object answer) {
        functions.add_answer("f", std::move(answer));
        return run(triggers.custom_message(call(), source));
    };
    const auto refused = [&](MessageSource source, object answer) {
        return refusal_of([&] { ask(source, std::move(answer)); }, Errc::hook_answer_invalid);
    };
    const std::string prefix = "Invalid lambda function output : ";
    EXPECT_EQ(ask(MessageSource::sign_up, {{"smsMessage", "Code {####}"}}).sms, "Code {####}");
    EXPECT_EQ(ask(MessageSource::sign_up, {}).sms, std::nullopt);
    EXPECT_EQ(refused(MessageSource::sign_up, {{"smsMessage", "Hello"}}),
              prefix + "smsMessage lacks the code parameter {####}");
    EXPECT_EQ(refused(MessageSource::sign_up, {{"emailMessage", "Hello"}}),
              prefix + "emailMessage lacks the code parameter {####}");
    EXPECT_EQ(refused(MessageSource::admin_create_user, {{"smsMessage", "{####}"}}),
              prefix + "smsMessage lacks the user name parameter {username}");
    EXPECT_EQ(refused(MessageSource::sign_up, {{"smsMessage", "{####}" + std::string(135, 'x')}}),
              prefix + "smsMessage is longer than 140 characters");
    EXPECT_EQ(refused(MessageSource::sign_up, {{"emailSubject", std::string(141, 'x')}}),
              prefix + "emailSubject is longer than 140 characters");
}

TEST_F(Answers, of_inbound_federation) {
    functions.add_answer("f", {});
    EXPECT_FALSE(run(triggers.inbound_federation(call(), {}))) << "unchanged";
    functions.add_answer("f", {{"userAttributesToMap", object{{"email", "a@example.com"}}}});
    EXPECT_EQ(run(triggers.inbound_federation(call(), {})), (object{{"email", "a@example.com"}}));
}

}  // namespace
}  // namespace symbolon::triggers
