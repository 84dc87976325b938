// TARGET_ACR_VALUES, ACCESS_TOKEN and MAX_AGE of USER_AUTH (cognito-api.md §3.6, oauth-and-hosted-ui.md §1.16).
#include "aws/house.hpp"
#include "crypto/jose/jwt.hpp"
#include "crypto/totp.hpp"
#include "directory/software_tokens.hpp"

#include <chrono>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;

class StepUpCalls : public House {
protected:
    StepUpCalls() {
        call("SetUserPoolMfaConfig", {{"UserPoolId", pool},
                                      {"MfaConfiguration", "OPTIONAL"},
                                      {"SoftwareTokenMfaConfiguration", object{{"Enabled", true}}}});
        add_jane();
        add_app();
    }
    void add_jane() {
        call("AdminCreateUser",
             {{"UserPoolId", pool}, {"Username", "jane"}, {"MessageAction", "SUPPRESS"}, {"TemporaryPassword", good}});
        call("AdminSetUserPassword",
             {{"UserPoolId", pool}, {"Username", "jane"}, {"Password", good}, {"Permanent", true}});
    }
    /// The app is there, and not asked for unless somebody wants it.
    void add_app() {
        const auto of = *run(catalog.get_pool(PoolId(pool)));
        write([&](db::Transaction& tx) {
            const auto user = directory::Users(tx).get_by_login(of, "jane");
            directory::SoftwareTokens tokens(tx, sealer);
            tokens.save_pending(user.pool_id, user.id, directory::SoftwareTokenSecret(app_secret), clock.now());
            EXPECT_TRUE(tokens.verify_pending(user.pool_id, user.id, "phone", 1));
        });
        call("AdminSetUserMFAPreference",
             {{"UserPoolId", pool}, {"Username", "jane"}, {"SoftwareTokenMfaSettings", object{{"Enabled", true}}}});
    }
    object request(object parameters) const {
        parameters["USERNAME"] = "jane";
        return {{"AuthFlow", "USER_AUTH"}, {"ClientId", client}, {"AuthParameters", std::move(parameters)}};
    }
    object begin(object parameters) {
        clock.advance(1s);
        return call("InitiateAuth", request(std::move(parameters)));
    }
    object by_password(std::string_view levels) {
        return begin({{"PREFERRED_CHALLENGE", "PASSWORD"}, {"PASSWORD", good}, {"TARGET_ACR_VALUES", levels}});
    }
    object give_app_code(const object& asked) {
        EXPECT_EQ(text(asked, "ChallengeName"), "SOFTWARE_TOKEN_MFA");
        clock.advance(30s);  // a code works once
        const auto code = crypto::totp::make_code(bytes_of(app_secret), crypto::totp::step_of(clock.now()));
        return part(call("RespondToAuthChallenge",
                         {{"ClientId", client},
                          {"ChallengeName", "SOFTWARE_TOKEN_MFA"},
                          {"Session", text(asked, "Session")},
                          {"ChallengeResponses", object{{"USERNAME", "jane"}, {"SOFTWARE_TOKEN_MFA_CODE", code}}}}),
                    "AuthenticationResult");
    }
    static object said(const object& tokens, std::string_view token) {
        return crypto::jose::parse_jwt(text(tokens, token))->claims;
    }
    std::string access_token() { return text(give_app_code(by_password(level_4)), "AccessToken"); }

    static constexpr std::string_view app_secret = "12345678901234567890123456789012";
    static constexpr const char* level_4 = "urn:cognito:loa:4";
    const std::string pool = add_pool();
    const std::string client = add_client(pool, {{"ExplicitAuthFlows", array{"ALLOW_USER_AUTH"}}});
};

TEST_F(StepUpCalls, tokens_say_which_level_was_wanted_and_reached) {
    const auto tokens = give_app_code(by_password("unknown urn:cognito:loa:4 urn:cognito:loa:1"));
    for (const char* token : {"IdToken", "AccessToken"}) {
        const auto claims = said(tokens, token);
        EXPECT_EQ(text(claims, "acr"), level_4) << token;
        EXPECT_EQ(claims.at("amr"), (array{"pwd", "otp", "mfa"})) << token;
    }
    const auto refreshed =
        part(call("GetTokensFromRefreshToken", {{"ClientId", client}, {"RefreshToken", text(tokens, "RefreshToken")}}),
             "AuthenticationResult");
    EXPECT_EQ(text(said(refreshed, "AccessToken"), "acr"), level_4);
}

TEST_F(StepUpCalls, without_a_wish_tokens_are_as_ever) {
    const auto asked = begin({{"PREFERRED_CHALLENGE", "PASSWORD"}, {"PASSWORD", good}});
    EXPECT_FALSE(said(give_app_code(asked), "AccessToken").contains("acr"));
}

TEST_F(StepUpCalls, names_of_the_pool_count_and_one_has_to_be_known) {
    EXPECT_EQ(refusal("InitiateAuth", request({{"TARGET_ACR_VALUES", "gold silver"}})),
              (Refused{"InvalidParameter", "None of TARGET_ACR_VALUES is an authentication level of the user pool."}));
}

TEST_F(StepUpCalls, a_password_behind_an_access_token_is_not_asked_for_again) {
    const auto token = access_token();
    const auto tokens = give_app_code(begin({{"TARGET_ACR_VALUES", level_4}, {"ACCESS_TOKEN", token}}));
    EXPECT_EQ(text(said(tokens, "IdToken"), "acr"), level_4);
    EXPECT_NE(text(tokens, "RefreshToken"), "");
}

// A token that somebody found is no sign-in.
TEST_F(StepUpCalls, an_access_token_alone_ends_no_sign_in) {
    const auto token = access_token();
    const auto asked = begin({{"TARGET_ACR_VALUES", "urn:cognito:loa:1"}, {"ACCESS_TOKEN", token}});
    EXPECT_EQ(text(asked, "ChallengeName"), "SELECT_CHALLENGE");
}

TEST_F(StepUpCalls, a_password_that_is_too_old_is_asked_for_again) {
    const auto token = access_token();
    const auto with_age = [&](std::string_view age) {
        return begin({{"TARGET_ACR_VALUES", level_4}, {"ACCESS_TOKEN", token}, {"MAX_AGE", age}});
    };
    clock.advance(60s);
    EXPECT_EQ(text(with_age("600"), "ChallengeName"), "SOFTWARE_TOKEN_MFA");
    EXPECT_EQ(text(with_age("10"), "ChallengeName"), "SELECT_CHALLENGE");
    EXPECT_EQ(text(with_age("0"), "ChallengeName"), "SELECT_CHALLENGE");
    for (const char* age : {"-1", "ten", "1.5", "99999999999999999999", "1 "})
        EXPECT_EQ(refusal("InitiateAuth", request({{"MAX_AGE", age}})),
                  (Refused{"InvalidParameter", "MAX_AGE is a number of seconds."}))
            << age;
}

TEST_F(StepUpCalls, an_access_token_is_live_and_of_this_user_and_client) {
    const auto token = access_token();
    const auto with_token = [&](const std::string& shown) {
        return refusal("InitiateAuth", request({{"TARGET_ACR_VALUES", level_4}, {"ACCESS_TOKEN", shown}}));
    };
    EXPECT_EQ(refusal("InitiateAuth", request({{"ACCESS_TOKEN", token}})),
              (Refused{"InvalidParameter", "ACCESS_TOKEN needs TARGET_ACR_VALUES."}));
    EXPECT_EQ(with_token("x.y.z").type, "NotAuthorized");
    auto of_another_client = request({{"TARGET_ACR_VALUES", level_4}, {"ACCESS_TOKEN", token}});
    of_another_client["ClientId"] = add_client(pool, {{"ExplicitAuthFlows", array{"ALLOW_USER_AUTH"}}});
    EXPECT_EQ(refusal("InitiateAuth", of_another_client),
              (Refused{"NotAuthorized", "The access token is of another client."}));
    call("AdminCreateUser",
         {{"UserPoolId", pool}, {"Username", "john"}, {"MessageAction", "SUPPRESS"}, {"TemporaryPassword", good}});
    auto of_another_user = request({{"TARGET_ACR_VALUES", level_4}, {"ACCESS_TOKEN", token}});
    of_another_user["AuthParameters"].as_object()["USERNAME"] = "john";
    EXPECT_EQ(refusal("InitiateAuth", of_another_user),
              (Refused{"NotAuthorized", "The access token is of another user."}));
    call("AdminUserGlobalSignOut", {{"UserPoolId", pool}, {"Username", "jane"}});
    EXPECT_EQ(with_token(token).type, "NotAuthorized");
}

}  // namespace
}  // namespace symbolon::aws
