// Disabling, enabling, resetting, signing out and deleting users (cognito-api.md §2.7, §2.8; attack rows 15 and 16),
// and the sessions and passwords of sign-ups.
#include "aws/house.hpp"

#include <chrono>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;

class UserStates : public House {
protected:
    object of(const object& more = {}) const { return with({{"UserPoolId", pool}, {"Username", jane}}, more); }
    Refused get_refusal() { return refusal("GetUser", {{"AccessToken", text(given, "AccessToken")}}); }
    Refused refresh_refusal() {
        return refusal("InitiateAuth", {{"AuthFlow", "REFRESH_TOKEN_AUTH"},
                                        {"ClientId", client},
                                        {"AuthParameters", object{{"REFRESH_TOKEN", text(given, "RefreshToken")}}}});
    }
    const std::string pool = add_pool(tutorial());
    std::string client = add_client(pool);
    const std::string sub = add_user(pool, client);
    const object given = tokens(pool, client);
};

TEST_F(UserStates, a_disabled_user_loses_every_token_for_good) {
    clock.advance(1s);
    EXPECT_EQ(call("AdminDisableUser", of()), object{});
    EXPECT_EQ(call("AdminGetUser", of()).at("Enabled"), false);
    EXPECT_EQ(get_refusal().type, "NotAuthorized");
    EXPECT_EQ(refresh_refusal().type, "NotAuthorized");
    EXPECT_EQ(sign_in_refusal(client, jane, good), (Refused{"NotAuthorized", "User is disabled."}));
    const auto disabled = call("ListUsers", {{"UserPoolId", pool}, {"Filter", "status = \"Disabled\""}});
    EXPECT_EQ(disabled.at("Users").as_array().size(), 1U);
    EXPECT_EQ(call("AdminEnableUser", of()), object{});
    EXPECT_EQ(call("AdminGetUser", of()).at("Enabled"), true);
    EXPECT_EQ(get_refusal(), (Refused{"NotAuthorized", "Access Token has been revoked"}));
    EXPECT_EQ(refresh_refusal().type, "NotAuthorized");
    clock.advance(1s);
    EXPECT_FALSE(tokens(pool, client).empty());
}

TEST_F(UserStates, an_administrator_signs_a_user_out_everywhere) {
    clock.advance(1s);
    EXPECT_EQ(call("AdminUserGlobalSignOut", of()), object{});
    EXPECT_EQ(get_refusal(), (Refused{"NotAuthorized", "Access Token has been revoked"}));
    EXPECT_EQ(refresh_refusal(), (Refused{"NotAuthorized", "Refresh Token has been revoked"}));
    clock.advance(1s);
    EXPECT_FALSE(tokens(pool, client).empty());
}

TEST_F(UserStates, a_reset_password_is_set_anew_with_a_code) {
    EXPECT_EQ(call("AdminResetUserPassword", of()), object{});
    EXPECT_EQ(text(call("AdminGetUser", of()), "UserStatus"), "RESET_REQUIRED");
    EXPECT_EQ(sign_in_refusal(client, jane, good),
              (Refused{"PasswordResetRequired", "Password reset required for the user"}));
    const auto code = last_code(pool);
    call("ConfirmForgotPassword",
         {{"ClientId", client}, {"Username", jane}, {"ConfirmationCode", code}, {"Password", "Another-Horse-8"}});
    EXPECT_EQ(text(call("AdminGetUser", of()), "UserStatus"), "CONFIRMED");
    call("AdminSetUserPassword", of({{"Password", good}}));
    EXPECT_EQ(refusal("AdminResetUserPassword", of()),
              (Refused{"NotAuthorized", "User password cannot be reset in the current state."}));
}

TEST_F(UserStates, users_delete_themselves_with_an_empty_answer) {
    const auto response = send("DeleteUser", object{{"AccessToken", text(given, "AccessToken")}});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(refusal("AdminGetUser", of()), unknown_user);
    EXPECT_EQ(get_refusal(), unknown_user);
}

TEST_F(UserStates, operations_on_nobody_say_so) {
    for (const char* operation :
         {"AdminDisableUser", "AdminEnableUser", "AdminUserGlobalSignOut", "AdminResetUserPassword"}) {
        EXPECT_EQ(refusal(operation, of({{"Username", nobody}})), unknown_user) << operation;
    }
}

class PasswordRules : public House {
protected:
    const std::string pool =
        add_pool(parse(R"({"Policies": {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 3,
                                                  "TemporaryPasswordValidityDays": 1}}})"));
    const std::string client = add_client(pool);
    object set_request(std::string_view password, bool permanent = true) const {
        return {{"UserPoolId", pool}, {"Username", "alice"}, {"Password", password}, {"Permanent", permanent}};
    }
};

TEST_F(PasswordRules, a_former_password_is_refused_wherever_one_is_set) {
    const Refused used{"PasswordHistoryPolicyViolation", "Password has previously been used"};
    call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", "alice"}, {"MessageAction", "SUPPRESS"}});
    call("AdminSetUserPassword", set_request("password-1"));
    EXPECT_EQ(refusal("AdminSetUserPassword", set_request("password-1")), used);
    call("AdminSetUserPassword", set_request("password-2"));
    const auto access = text(part(sign_in(client, "alice", "password-2"), "AuthenticationResult"), "AccessToken");
    const auto change = [&](std::string_view from, std::string_view to) {
        return object{{"AccessToken", access}, {"PreviousPassword", from}, {"ProposedPassword", to}};
    };
    EXPECT_EQ(refusal("ChangePassword", change("password-2", "password-1")), used);
    EXPECT_EQ(refusal("ChangePassword", change("wrong-one", "password-1")), wrong_password) << "nothing is told";
    call("ChangePassword", change("password-2", "password-3"));
    call("ChangePassword", change("password-3", "password-4"));
    call("ChangePassword", change("password-4", "password-1"));
}

TEST_F(PasswordRules, a_first_own_password_is_not_a_former_one) {
    call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", "alice"}, {"MessageAction", "SUPPRESS"}});
    call("AdminSetUserPassword", set_request("password-1"));
    call("AdminSetUserPassword", set_request("password-2", false));
    const auto challenge = sign_in(client, "alice", "password-2");
    const auto answer = [&](std::string_view password) {
        return object{{"ClientId", client},
                      {"ChallengeName", "NEW_PASSWORD_REQUIRED"},
                      {"Session", text(challenge, "Session")},
                      {"ChallengeResponses", object{{"USERNAME", "alice"}, {"NEW_PASSWORD", password}}}};
    };
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer("password-1")).type, "PasswordHistoryPolicyViolation");
    EXPECT_TRUE(call("RespondToAuthChallenge", answer("password-3")).contains("AuthenticationResult"));
}

TEST_F(PasswordRules, a_temporary_password_lives_as_long_as_the_policy_says) {
    call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", "alice"}, {"MessageAction", "SUPPRESS"}});
    call("AdminSetUserPassword", set_request("password-1", false));
    clock.advance(24h - 1ms);
    EXPECT_EQ(text(sign_in(client, "alice", "password-1"), "ChallengeName"), "NEW_PASSWORD_REQUIRED");
    clock.advance(1ms);
    EXPECT_EQ(sign_in_refusal(client, "alice", "password-1"),
              (Refused{"NotAuthorized", "Temporary password has expired and must be reset by an administrator."}));
}

class WithoutPassword : public House {
protected:
    const std::string pool = add_pool(parse(R"({"AutoVerifiedAttributes": ["email"],
        "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}})"));
    const std::string client =
        add_client(pool, {{"ExplicitAuthFlows", array{"ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"}}});
    const array mail{object{{"Name", "email"}, {"Value", "alice@example.com"}}};
    object sign_up_request() const { return {{"ClientId", client}, {"Username", "alice"}, {"UserAttributes", mail}}; }
};

TEST_F(WithoutPassword, one_signs_up_and_the_session_leads_on) {
    const auto made = call("SignUp", sign_up_request());
    EXPECT_GE(text(made, "Session").size(), 20U);
    const object confirm{{"ClientId", client}, {"Username", "alice"}, {"ConfirmationCode", last_code(pool)}};
    const auto confirmed = call("ConfirmSignUp", with(confirm, {{"Session", text(made, "Session")}}));
    EXPECT_GE(text(confirmed, "Session").size(), 20U);
    EXPECT_NE(text(confirmed, "Session"), text(made, "Session"));
    EXPECT_EQ(sign_in_refusal(client, "alice", good), wrong_password);
}

TEST_F(WithoutPassword, an_empty_one_is_none) {
    const auto empty = with(sign_up_request(), {{"Password", ""}});
    EXPECT_NE(text(call("SignUp", empty), "UserSub"), "");
    EXPECT_EQ(refusal("SignUp", with(empty, {{"Username", "bob"}, {"UserAttributes", nullptr}})),
              (Refused{"InvalidPassword", "Password did not conform with policy: Password not long enough"}));
    EXPECT_EQ(refusal("SignUp", with(empty, {{"Username", "bob"}, {"Password", "five5"}})).message,
              "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must have length "
              "greater than or equal to 6");
}

TEST_F(WithoutPassword, a_confirmation_without_its_session_is_one_all_the_same) {
    call("SignUp", sign_up_request());
    const object confirm{{"ClientId", client}, {"Username", "alice"}, {"ConfirmationCode", last_code(pool)}};
    EXPECT_EQ(call("ConfirmSignUp", with(confirm, {{"Session", std::string(40, 'x')}})), object{});
}

TEST_F(WithoutPassword, a_password_is_needed_where_no_code_can_be_sent) {
    EXPECT_EQ(refusal("SignUp", with(sign_up_request(), {{"UserAttributes", nullptr}})),
              (Refused{"InvalidPassword", "Password did not conform with policy: Password not long enough"}));
    EXPECT_EQ(refusal("SignUp", with(sign_up_request(), {{"Password", "weak-one"}})).type, "InvalidPassword");
}

TEST_F(WithoutPassword, an_administrator_makes_users_confirmed_at_once) {
    const auto made = call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", "alice"}, {"UserAttributes", mail}});
    EXPECT_EQ(text(made, "User.UserStatus"), "CONFIRMED");
    EXPECT_TRUE(messages(pool).empty());
    const auto factors = call("AdminGetUserAuthFactors", {{"UserPoolId", pool}, {"Username", "alice"}});
    EXPECT_EQ(factors.at("ConfiguredUserAuthFactors"), array{}) << "the address is not verified";
    call("AdminUpdateUserAttributes",
         {{"UserPoolId", pool},
          {"Username", "alice"},
          {"UserAttributes", array{object{{"Name", "email_verified"}, {"Value", "true"}}}}});
    EXPECT_EQ(
        call("AdminGetUserAuthFactors", {{"UserPoolId", pool}, {"Username", "alice"}}).at("ConfiguredUserAuthFactors"),
        array{"EMAIL_OTP"});
}

}  // namespace
}  // namespace symbolon::aws
