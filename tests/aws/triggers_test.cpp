// Hooks into user code as clients of the API see them: what reaches them, and how their errors look (cognito-api.md
// §6).
#include "aws/house.hpp"

#include "base/encoding.hpp"

#include <functional>
#include <stdexcept>

namespace symbolon::aws {
namespace {

constexpr auto arn = "arn:aws:lambda:us-east-1:000000000000:function:f";

/// Pools whose triggers are all one function.
class TriggerCalls : public House {
protected:
    static object hooked(std::initializer_list<std::string_view> triggers) {
        object config;
        for (const auto trigger : triggers) config[trigger] = arn;
        return {{"LambdaConfig", config}};
    }
    void make_pool(const object& settings) {
        pool = add_pool(settings);
        client = add_client(pool);
    }
    void refuse_with(std::function<object(object)> handler) { functions.add(arn, std::move(handler)); }

    object sign_up_request() const {
        return {{"ClientId", client},
                {"Username", "jane"},
                {"Password", good},
                {"UserAttributes", array{object{{"Name", "email"}, {"Value", "jane@example.com"}}}},
                {"ValidationData", array{object{{"Name", "proof"}, {"Value", "1"}}}},
                {"ClientMetadata", object{{"from", "app"}}}};
    }
    void add_jane() {
        call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", "jane"}, {"MessageAction", "SUPPRESS"}});
        call("AdminSetUserPassword",
             {{"UserPoolId", pool}, {"Username", "jane"}, {"Password", good}, {"Permanent", true}});
    }
    const object& request() { return functions.seen.back().event.at("request").as_object(); }

    std::string pool;
    std::string client;
};

object claims(const std::string& token) {
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    return parse(to_string(*parse_base64url(token.substr(first + 1, second - first - 1))));
}

TEST_F(TriggerCalls, a_sign_up_is_confirmed_by_the_pool_and_says_so) {
    make_pool(hooked({"PreSignUp", "PostConfirmation"}));
    functions.add_answer(arn, {{"autoConfirmUser", true}});
    const auto made = call("SignUp", sign_up_request());
    EXPECT_EQ(made.at("UserConfirmed"), true);
    EXPECT_FALSE(made.contains("CodeDeliveryDetails"));
    EXPECT_EQ(functions.sources(), (std::vector<std::string>{"PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"}));
    for (const auto& [function, event] : functions.seen) {
        EXPECT_EQ(function, arn);
        EXPECT_EQ(event.at("request").at("clientMetadata"), (object{{"from", "app"}}));
    }
    EXPECT_EQ(functions.seen.front().event.at("request").at("validationData"), (object{{"proof", "1"}}));
    EXPECT_FALSE(request().contains("validationData"));
}

TEST_F(TriggerCalls, errors_of_hooks_have_types_of_their_own) {
    make_pool(hooked({"PreSignUp"}));
    EXPECT_EQ(refusal("SignUp", sign_up_request()),
              (Refused{"UnexpectedLambda", "PreSignUp invocation failed due to error ResourceNotFoundException."}));
    refuse_with([](object) -> object { throw std::runtime_error("not you"); });
    EXPECT_EQ(refusal("SignUp", sign_up_request()),
              (Refused{"UserLambdaValidation", "PreSignUp failed with error not you."}));
    functions.add_answer(arn, {{"autoConfirmUser", 1}});
    EXPECT_EQ(refusal("SignUp", sign_up_request()),
              (Refused{"InvalidLambdaResponse", "Invalid lambda function output : autoConfirmUser is not a boolean"}));
    EXPECT_EQ(refusal("AdminGetUser", {{"UserPoolId", pool}, {"Username", "jane"}}), unknown_user);
}

TEST_F(TriggerCalls, client_metadata_of_administrators_arrives) {
    make_pool(hooked({"PreSignUp", "PostConfirmation"}));
    functions.add_answer(arn, {});
    call("AdminCreateUser", {{"UserPoolId", pool},
                             {"Username", "jane"},
                             {"MessageAction", "SUPPRESS"},
                             {"ValidationData", array{object{{"Name", "proof"}, {"Value", "2"}}}},
                             {"ClientMetadata", object{{"from", "console"}}}});
    EXPECT_EQ(request().at("validationData"), (object{{"proof", "2"}}));
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "console"}}));

    auto john_request = with(sign_up_request(), {{"Username", "john"}});
    call("SignUp", john_request);
    call("AdminConfirmSignUp",
         {{"UserPoolId", pool}, {"Username", "john"}, {"ClientMetadata", object{{"from", "desk"}}}});
    EXPECT_EQ(functions.sources().back(), "PostConfirmation_ConfirmSignUp");
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "desk"}}));
}

TEST_F(TriggerCalls, client_metadata_reaches_the_texts_of_codes) {
    make_pool(with(hooked({"CustomMessage"}), {{"AutoVerifiedAttributes", array{"email"}}}));
    functions.add_answer(arn, {{"emailSubject", "For you"}, {"emailMessage", "<b>{####}</b>"}});
    call("SignUp", sign_up_request());
    EXPECT_EQ(messages(pool).front().subject, "For you");
    EXPECT_EQ(messages(pool).front().html, "<b>" + last_code(pool) + "</b>");
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "app"}}));
    clock.advance(std::chrono::seconds(1));
    call("ResendConfirmationCode",
         {{"ClientId", client}, {"Username", "jane"}, {"ClientMetadata", object{{"again", "yes"}}}});
    EXPECT_EQ(functions.sources(), (std::vector<std::string>{"CustomMessage_SignUp", "CustomMessage_ResendCode"}));
    EXPECT_EQ(request().at("clientMetadata"), (object{{"again", "yes"}}));
}

TEST_F(TriggerCalls, a_custom_subject_adds_no_header) {
    make_pool(with(hooked({"CustomMessage"}), {{"AutoVerifiedAttributes", array{"email"}}}));
    functions.add_answer(arn, {{"emailSubject", "For you\r\nBcc: all@example.com"}});
    call("SignUp", sign_up_request());
    EXPECT_EQ(messages(pool).front().subject.find_first_of("\r\n"), std::string::npos);
}

TEST_F(TriggerCalls, tokens_say_what_the_pool_adds_but_not_who_somebody_is) {
    make_pool(hooked({"PreTokenGeneration"}));
    add_jane();
    functions.add_answer(
        arn, {{"claimsOverrideDetails",
               object{{"claimsToAddOrOverride", object{{"tenant", "acme"}, {"sub", "other"}, {"aud", "other"}}},
                      {"claimsToSuppress", array{"cognito:username"}}}}});
    const auto tokens = part(sign_in(client, "jane"), "AuthenticationResult");
    const auto id = claims(text(tokens, "IdToken"));
    EXPECT_EQ(text(id, "tenant"), "acme");
    EXPECT_EQ(text(id, "aud"), client);
    EXPECT_EQ(text(id, "cognito:username"), "jane");
    EXPECT_NE(text(id, "sub"), "other");
    EXPECT_FALSE(claims(text(tokens, "AccessToken")).contains("tenant")) << "V1 leaves the access token alone";
    EXPECT_EQ(functions.sources(), (std::vector<std::string>{"TokenGeneration_Authentication"}));
}

TEST_F(TriggerCalls, tokens_are_not_given_when_the_pools_code_fails) {
    make_pool(hooked({"PreTokenGeneration"}));
    add_jane();
    refuse_with([](object) -> object { throw std::runtime_error("not now"); });
    EXPECT_EQ(sign_in_refusal(client, "jane", good),
              (Refused{"UserLambdaValidation", "PreTokenGeneration failed with error not now."}));
}

TEST_F(TriggerCalls, metadata_of_a_sign_in_is_validation_data) {
    make_pool(hooked({"PreAuthentication", "PostAuthentication"}));
    add_jane();
    functions.add_answer(arn, {});
    call("InitiateAuth", {{"AuthFlow", "USER_PASSWORD_AUTH"},
                          {"ClientId", client},
                          {"AuthParameters", object{{"USERNAME", "jane"}, {"PASSWORD", good}}},
                          {"ClientMetadata", object{{"from", "app"}}}});
    EXPECT_EQ(functions.sources(),
              (std::vector<std::string>{"PreAuthentication_Authentication", "PostAuthentication_Authentication"}));
    EXPECT_EQ(functions.seen.front().event.at("request").at("validationData"), (object{{"from", "app"}}));
    EXPECT_FALSE(request().contains("clientMetadata")) << "PostAuthentication does not see it (§6.4)";
}

TEST_F(TriggerCalls, a_migrated_user_signs_in_at_once) {
    make_pool(hooked({"UserMigration"}));
    functions.add(arn, [](object event) {
        if (event.at("request").at("password").as_string() == good) {
            auto& answer = event.at("response").as_object();
            answer["userAttributes"] = object{{"email", "jane@example.com"}, {"email_verified", "true"}};
            answer["finalUserStatus"] = "CONFIRMED";
            answer["messageAction"] = "SUPPRESS";
        }
        return event;
    });
    EXPECT_EQ(sign_in_refusal(client, "jane", bad), unknown_user);
    EXPECT_FALSE(text(part(sign_in(client, "jane"), "AuthenticationResult"), "IdToken").empty());
    EXPECT_EQ(functions.seen.size(), 2U);
    EXPECT_FALSE(text(part(sign_in(client, "jane"), "AuthenticationResult"), "IdToken").empty());
    EXPECT_EQ(functions.seen.size(), 2U) << "who is here is not asked for";
}

}  // namespace
}  // namespace symbolon::aws
