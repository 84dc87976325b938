// Rules of the flows that stand between two operations: what stays when a password changes, in which order hooks are
// asked, and what each kind of sign-in is called (cognito-api.md §3.3, §3.7, §3.9, §3.11, §4.6, §6.2).
#include "aws/house.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;
using Sources = std::vector<std::string>;

constexpr auto function_arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
constexpr std::string_view other = "Another-Horse-8";

/// A pool of user names with a verified address each, all of its triggers one function.
class FlowRules : public House {
protected:
    void open(object settings = {}) {
        settings["AutoVerifiedAttributes"] = array{"email"};
        pool = add_pool(settings);
        client = add_client(pool, {{"ExplicitAuthFlows", array{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
                                                               "ALLOW_ADMIN_USER_PASSWORD_AUTH"}}});
    }
    static object hooked(std::initializer_list<std::string_view> triggers) {
        object config;
        for (const auto trigger : triggers) config[trigger] = function_arn;
        return {{"LambdaConfig", config}};
    }
    object named(const object& more = {}) const { return with({{"UserPoolId", pool}, {"Username", "jane"}}, more); }
    void add_jane() {
        call("AdminCreateUser",
             named({{"MessageAction", "SUPPRESS"},
                    {"TemporaryPassword", good},
                    {"UserAttributes", array{object{{"Name", "email"}, {"Value", "jane@example.com"}},
                                             object{{"Name", "email_verified"}, {"Value", "true"}}}}}));
    }
    void set_password(std::string_view password, bool permanent = true) {
        call("AdminSetUserPassword", named({{"Password", password}, {"Permanent", permanent}}));
    }
    object enter(std::string_view password = good) { return sign_in(client, "jane", password); }
    object tokens_of_jane(std::string_view password = good) { return part(enter(password), "AuthenticationResult"); }
    std::string status() { return text(call("AdminGetUser", named()), "UserStatus"); }
    object refresh_request(const object& given, const object& more = {}) const {
        return {{"AuthFlow", "REFRESH_TOKEN_AUTH"},
                {"ClientId", client},
                {"AuthParameters", with({{"REFRESH_TOKEN", text(given, "RefreshToken")}}, more)}};
    }
    object get_user(const object& given) { return {{"AccessToken", text(given, "AccessToken")}}; }
    object confirm_forgotten(std::string_view password) {
        return {
            {"ClientId", client}, {"Username", "jane"}, {"ConfirmationCode", last_code(pool)}, {"Password", password}};
    }

    std::string pool;
    std::string client;
};

TEST_F(FlowRules, a_changed_password_leaves_tokens_alone) {
    open();
    add_jane();
    set_password(good);
    const auto given = tokens_of_jane();
    call("ChangePassword", with(get_user(given), {{"PreviousPassword", good}, {"ProposedPassword", other}}));
    call("GetUser", get_user(given));
    call("InitiateAuth", refresh_request(given));
}

TEST_F(FlowRules, a_forgotten_password_works_until_another_is_set_and_tokens_stay) {
    open();
    add_jane();
    set_password(good);
    const auto given = tokens_of_jane();
    call("ForgotPassword", {{"ClientId", client}, {"Username", "jane"}});
    enter();
    call("ConfirmForgotPassword", confirm_forgotten(other));
    EXPECT_EQ(sign_in_refusal(client, "jane", good), wrong_password);
    call("GetUser", get_user(given));
    call("InitiateAuth", refresh_request(given));
}

TEST_F(FlowRules, who_has_to_set_another_password_still_refreshes) {
    open();
    add_jane();
    set_password(good);
    const auto given = tokens_of_jane();
    call("AdminResetUserPassword", named());
    EXPECT_EQ(status(), "RESET_REQUIRED");
    EXPECT_EQ(sign_in_refusal(client, "jane", good),
              (Refused{"PasswordResetRequired", "Password reset required for the user"}));
    EXPECT_EQ(sign_in_refusal(client, "jane", bad),
              (Refused{"PasswordResetRequired", "Password reset required for the user"}));
    call("InitiateAuth", refresh_request(given));
    call("ConfirmForgotPassword", confirm_forgotten(other));
    EXPECT_EQ(status(), "CONFIRMED");
}

TEST_F(FlowRules, a_password_for_good_confirms_whoever_it_is) {
    open();
    call("SignUp", {{"ClientId", client}, {"Username", "jane"}, {"Password", good}});
    EXPECT_EQ(status(), "UNCONFIRMED");
    EXPECT_EQ(sign_in_refusal(client, "jane", good), (Refused{"UserNotConfirmed", "User is not confirmed."}));
    set_password(good, false);
    EXPECT_EQ(status(), "FORCE_CHANGE_PASSWORD");
    set_password(good);
    EXPECT_EQ(status(), "CONFIRMED");
    call("AdminDisableProviderForUser", {{"UserPoolId", pool},
                                         {"User", object{{"ProviderName", "Cognito"},
                                                         {"ProviderAttributeName", "Cognito_Subject"},
                                                         {"ProviderAttributeValue", "jane"}}}});
    EXPECT_EQ(status(), "EXTERNAL_PROVIDER");
    EXPECT_EQ(sign_in_refusal(client, "jane", good), wrong_password);
    EXPECT_EQ(refusal("AdminResetUserPassword", named()),
              (Refused{"NotAuthorized", "User password cannot be reset in the current state."}));
    set_password(good);
    EXPECT_EQ(status(), "CONFIRMED");
}

TEST_F(FlowRules, a_first_own_password_is_no_confirmation_for_hooks_and_ends_in_tokens_of_its_own_name) {
    open(hooked({"PostConfirmation", "PreTokenGeneration"}));
    functions.add_answer(function_arn, {});
    add_jane();
    const auto asked = enter();
    EXPECT_EQ(text(asked, "ChallengeName"), "NEW_PASSWORD_REQUIRED");
    call("RespondToAuthChallenge", {{"ClientId", client},
                                    {"ChallengeName", "NEW_PASSWORD_REQUIRED"},
                                    {"Session", text(asked, "Session")},
                                    {"ChallengeResponses", object{{"USERNAME", "jane"}, {"NEW_PASSWORD", other}}}});
    EXPECT_EQ(functions.sources(), (Sources{"TokenGeneration_NewPasswordChallenge"}));
}

TEST_F(FlowRules, hooks_are_asked_before_the_password_after_it_and_before_tokens) {
    open(hooked({"PreAuthentication", "PostAuthentication", "PreTokenGeneration"}));
    functions.add_answer(function_arn, {});
    add_jane();
    set_password(good);
    EXPECT_EQ(sign_in_refusal(client, "jane", bad), wrong_password);
    EXPECT_EQ(functions.sources(), (Sources{"PreAuthentication_Authentication"})) << "it went no further";
    functions.seen.clear();
    const auto given = tokens_of_jane();
    EXPECT_EQ(functions.sources(), (Sources{"PreAuthentication_Authentication", "PostAuthentication_Authentication",
                                            "TokenGeneration_Authentication"}));
    functions.seen.clear();
    call("InitiateAuth", refresh_request(given));
    EXPECT_EQ(functions.sources(), (Sources{"TokenGeneration_RefreshTokens"}));
}

TEST_F(FlowRules, a_refusal_before_the_password_is_no_failed_attempt) {
    open(hooked({"PreAuthentication"}));
    add_jane();
    set_password(good);
    functions.add(function_arn, [](object) -> object { throw std::runtime_error("not now"); });
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(sign_in_refusal(client, "jane", bad),
                  (Refused{"UserLambdaValidation", "PreAuthentication failed with error not now."}));
    functions.add_answer(function_arn, {});
    enter();
}

TEST_F(FlowRules, nobody_is_told_to_the_hook_only_where_users_are_hidden) {
    open(hooked({"PreAuthentication"}));
    functions.add_answer(function_arn, {});
    EXPECT_EQ(sign_in_refusal(client, "nobody", good), unknown_user);
    EXPECT_TRUE(functions.seen.empty());
    client = add_client(pool, {{"PreventUserExistenceErrors", "ENABLED"}});
    EXPECT_EQ(sign_in_refusal(client, "nobody", good), wrong_password);
    ASSERT_EQ(functions.seen.size(), 1U);
    EXPECT_EQ(functions.seen.back().event.at("request").at("userNotFound"), true);
    EXPECT_EQ(functions.seen.back().event.at("userName").as_string(), "nobody");
}

TEST_F(FlowRules, a_refresh_on_a_tracked_device_names_it) {
    open(parse(R"({"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": false}})"));
    add_jane();
    set_password(good);
    const auto given = tokens_of_jane();
    const auto key = text(given, "NewDeviceMetadata.DeviceKey");
    ASSERT_NE(key, "");
    const Refused invalid{"NotAuthorized", "Invalid Refresh Token"};
    EXPECT_EQ(refusal("InitiateAuth", refresh_request(given)), invalid);
    EXPECT_EQ(refusal("InitiateAuth", refresh_request(given, {{"DEVICE_KEY", key + "0"}})), invalid);
    call("InitiateAuth", refresh_request(given, {{"DEVICE_KEY", key}}));
}

TEST_F(FlowRules, an_administrator_is_told_the_truth_of_whom_a_client_hides) {
    open();
    client = add_client(pool, {{"PreventUserExistenceErrors", "ENABLED"},
                               {"ExplicitAuthFlows", array{"ALLOW_ADMIN_USER_PASSWORD_AUTH"}}});
    EXPECT_EQ(refusal("AdminGetUser", named()), unknown_user);
    EXPECT_EQ(refusal("AdminInitiateAuth", {{"UserPoolId", pool},
                                            {"ClientId", client},
                                            {"AuthFlow", "ADMIN_USER_PASSWORD_AUTH"},
                                            {"AuthParameters", object{{"USERNAME", "jane"}, {"PASSWORD", good}}}}),
              wrong_password)
        << "a sign-in is as the client has it";
}

TEST_F(FlowRules, the_names_that_operations_take_are_looked_up_in_one_order) {
    open(parse(R"({"AliasAttributes": ["email", "preferred_username"]})"));
    add_jane();
    const auto sub = attribute(call("AdminGetUser", named()).at("UserAttributes").as_array(), "sub");
    call("AdminUpdateUserAttributes",
         named({{"UserAttributes", array{object{{"Name", "preferred_username"}, {"Value", "jj"}}}}}));
    set_password(good);
    for (const std::string& name : {std::string("jane"), sub, std::string("jane@example.com"), std::string("jj")})
        EXPECT_EQ(text(call("AdminGetUser", named({{"Username", name}})), "Username"), "jane") << name;
    // A user name of somebody's sub is not that somebody.
    call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", sub}, {"MessageAction", "SUPPRESS"}});
    EXPECT_EQ(text(call("AdminGetUser", named({{"Username", sub}})), "Username"), sub);
}

}  // namespace
}  // namespace symbolon::aws
