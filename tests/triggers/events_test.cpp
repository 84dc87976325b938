#include "triggers/triggers.hpp"

#include "base/run.hpp"
#include "triggers/fake_functions.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::triggers {
namespace {

using boost::json::object;

/// The events as handlers know them (cognito-api.md §6.1 to §6.3), member for member.
class Events : public testing::Test {
protected:
    static Call call() {
        return {.function = "f",
                .pool_id = PoolId("eu-west-1_AbCdEf123"),
                .client_id = "client",
                .username = "jane",
                .attributes = {{"sub", "1"}, {"email", "jane@example.com"}},
                .metadata = {}};
    }
    static Call call_with_metadata() {
        auto out = call();
        out.metadata = {{"k", "v"}};
        return out;
    }

    /// The event of the last call without what all have in common, which is checked.
    std::string last(std::string_view source, std::string_view version = "1") {
        auto event = functions.seen.back().event;
        EXPECT_EQ(event.at("triggerSource").as_string(), source);
        EXPECT_EQ(event.at("version").as_string(), version);
        EXPECT_EQ(event.at("region").as_string(), "eu-west-1");
        EXPECT_EQ(event.at("userPoolId").as_string(), "eu-west-1_AbCdEf123");
        EXPECT_EQ(event.at("userName").as_string(), "jane");
        EXPECT_EQ(event.at("callerContext"),
                  (object{{"awsSdkVersion", "aws-sdk-unknown-unknown"}, {"clientId", "client"}}));
        EXPECT_EQ(event.size(), 8U) << event;
        return boost::json::serialize(
            object{{"request", std::move(event.at("request"))}, {"response", std::move(event.at("response"))}});
    }

    FakeFunctions functions;
    Triggers triggers{functions};

    Events() {
        functions.add("f", [](object event) { return event; });
    }
};

constexpr auto attributes = R"("userAttributes":{"email":"jane@example.com","sub":"1"})";

std::string expected(const std::string& request, const std::string& response) {
    return R"({"request":{)" + request + R"(},"response":{)" + response + "}}";
}

TEST_F(Events, of_pre_sign_up) {
    const auto response = R"("autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false)";
    run(triggers.pre_sign_up(call(), PreSignUpSource::sign_up, {}));
    EXPECT_EQ(last("PreSignUp_SignUp"), expected(std::string(attributes) + R"(,"validationData":null)", response));

    run(triggers.pre_sign_up(call_with_metadata(), PreSignUpSource::admin_create_user, {{"a", "b"}}));
    EXPECT_EQ(
        last("PreSignUp_AdminCreateUser"),
        expected(std::string(attributes) + R"(,"validationData":{"a":"b"},"clientMetadata":{"k":"v"})", response));
}

TEST_F(Events, of_post_confirmation) {
    run(triggers.post_confirmation(call_with_metadata(), PostConfirmationSource::confirm_sign_up));
    EXPECT_EQ(last("PostConfirmation_ConfirmSignUp"),
              expected(std::string(attributes) + R"(,"clientMetadata":{"k":"v"})", ""));
    run(triggers.post_confirmation(call(), PostConfirmationSource::confirm_forgot_password));
    EXPECT_EQ(last("PostConfirmation_ConfirmForgotPassword"), expected(attributes, ""));
}

TEST_F(Events, of_authentication) {
    run(triggers.pre_authentication(call(), {{"a", "b"}}, true));
    EXPECT_EQ(last("PreAuthentication_Authentication"),
              expected(std::string(attributes) + R"(,"validationData":{"a":"b"},"userNotFound":true)", ""));
    run(triggers.post_authentication(call(), true));
    EXPECT_EQ(last("PostAuthentication_Authentication"),
              expected(std::string(attributes) + R"(,"newDeviceUsed":true)", ""));
}

TEST_F(Events, of_custom_challenges) {
    const std::vector<ChallengeResult> session{{"SRP_A", true, ""}, {"CUSTOM_CHALLENGE", false, "m"}};
    const std::string steps =
        R"("session":[{"challengeName":"SRP_A","challengeResult":true,"challengeMetadata":null},)"
        R"({"challengeName":"CUSTOM_CHALLENGE","challengeResult":false,"challengeMetadata":"m"}])";
    run(triggers.define_auth_challenge(call(), session, false));
    EXPECT_EQ(last("DefineAuthChallenge_Authentication"),
              expected(std::string(attributes) + "," + steps + R"(,"userNotFound":false)",
                       R"("challengeName":null,"issueTokens":null,"failAuthentication":null)"));

    run(triggers.create_auth_challenge(call(), "CUSTOM_CHALLENGE", {}, false));
    EXPECT_EQ(
        last("CreateAuthChallenge_Authentication"),
        expected(std::string(attributes) + R"(,"challengeName":"CUSTOM_CHALLENGE","session":[],"userNotFound":false)",
                 R"("publicChallengeParameters":null,"privateChallengeParameters":null,"challengeMetadata":null)"));

    run(triggers.verify_auth_challenge(call(), {{"answer", "5"}}, "5", false));
    EXPECT_EQ(last("VerifyAuthChallengeResponse_Authentication"),
              expected(std::string(attributes) +
                           R"(,"privateChallengeParameters":{"answer":"5"},"challengeAnswer":"5","userNotFound":false)",
                       R"("answerCorrect":null)"));
}

TEST_F(Events, of_pre_token_generation_in_each_version) {
    TokenQuestion question{.version = TokenVersion::v1,
                           .source = TokenSource::new_password_challenge,
                           .groups = {.names = {"a"}, .roles = {"arn:r"}, .preferred_role = "arn:r"},
                           .scopes = {"openid"}};
    const std::string groups =
        R"("groupConfiguration":{"groupsToOverride":["a"],"iamRolesToOverride":["arn:r"],"preferredRole":"arn:r"})";
    run(triggers.pre_token_generation(call(), question));
    EXPECT_EQ(last("TokenGeneration_NewPasswordChallenge"),
              expected(std::string(attributes) + "," + groups, R"("claimsOverrideDetails":null)"));

    for (const auto& [version, text] : {std::pair{TokenVersion::v2, "2"}, std::pair{TokenVersion::v3, "3"}}) {
        question.version = version;
        question.source = TokenSource::refresh_tokens;
        run(triggers.pre_token_generation(call(), question));
        EXPECT_EQ(last("TokenGeneration_RefreshTokens", text),
                  expected(std::string(attributes) + "," + groups + R"(,"scopes":["openid"])",
                           R"("claimsAndScopeOverrideDetails":null)"));
    }
}

TEST_F(Events, of_user_migration) {
    const auto response = R"("userAttributes":null,"forceAliasCreation":null,"enableSMSMFA":null,)"
                          R"("finalUserStatus":null,"messageAction":null,"desiredDeliveryMediums":null)";
    run(triggers.user_migration(call(), MigrationSource::authentication, Password("p"), {{"a", "b"}}));
    EXPECT_EQ(last("UserMigration_Authentication"), expected(R"("password":"p","validationData":{"a":"b"})", response));
    run(triggers.user_migration(call_with_metadata(), MigrationSource::forgot_password, Password(), {}));
    EXPECT_EQ(last("UserMigration_ForgotPassword"),
              expected(R"("validationData":null,"clientMetadata":{"k":"v"})", response));
}

TEST_F(Events, of_custom_message) {
    const auto response = R"("smsMessage":null,"emailMessage":null,"emailSubject":null)";
    const auto placeholders = R"(,"codeParameter":"{####}","linkParameter":"{##Click Here##}","usernameParameter":)";
    for (const auto& [source, name] :
         {std::pair{MessageSource::sign_up, "CustomMessage_SignUp"},
          std::pair{MessageSource::resend_code, "CustomMessage_ResendCode"},
          std::pair{MessageSource::forgot_password, "CustomMessage_ForgotPassword"},
          std::pair{MessageSource::update_user_attribute, "CustomMessage_UpdateUserAttribute"},
          std::pair{MessageSource::verify_user_attribute, "CustomMessage_VerifyUserAttribute"},
          std::pair{MessageSource::authentication, "CustomMessage_Authentication"}}) {
        run(triggers.custom_message(call(), source));
        EXPECT_EQ(last(name), expected(std::string(attributes) + placeholders + "null", response));
    }
    run(triggers.custom_message(call(), MessageSource::admin_create_user));
    EXPECT_EQ(last("CustomMessage_AdminCreateUser"),
              expected(std::string(attributes) + placeholders + R"("{username}")", response));
}

TEST_F(Events, of_custom_senders) {
    run(triggers.custom_sms_sender(call(), MessageSource::authentication, "c2VhbGVk"));
    EXPECT_EQ(last("CustomSMSSender_Authentication"),
              expected(std::string(attributes) + R"(,"type":"customSMSSenderRequestV1","code":"c2VhbGVk")", ""));
    run(triggers.custom_email_sender(call(), MessageSource::account_take_over_notification, ""));
    EXPECT_EQ(last("CustomEmailSender_AccountTakeOverNotification"),
              expected(std::string(attributes) + R"(,"type":"customEmailSenderRequestV1","code":null)", ""));
}

TEST_F(Events, of_inbound_federation) {
    run(triggers.inbound_federation(
        call(), {.provider_name = "Acme", .provider_type = "OIDC", .attributes = {{"userInfo", object{{"a", 1}}}}}));
    EXPECT_EQ(last("InboundFederation_ExternalProvider"),
              expected(R"("providerName":"Acme","providerType":"OIDC","attributes":{"userInfo":{"a":1}})",
                       R"("userAttributesToMap":{})"));
}

TEST_F(Events, without_a_client_say_so) {
    auto without = call();
    without.client_id.clear();
    run(triggers.post_confirmation(without, PostConfirmationSource::confirm_sign_up));
    const auto& context = functions.seen.back().event.at("callerContext").as_object();
    EXPECT_EQ(context.at("clientId").as_string(), "CLIENT_ID_NOT_APPLICABLE");
}

}  // namespace
}  // namespace symbolon::triggers
