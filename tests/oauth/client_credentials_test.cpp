#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class ClientCredentialsGrant : public House {
protected:
    net::Response ask(const std::string& scope) {
        Pairs form{{"grant_type", "client_credentials"}};
        if (!scope.empty()) form.emplace_back("scope", scope);
        return post("/oauth2/token", form, {{"Authorization", basic(robot.str(), secret)}});
    }
};

TEST_F(ClientCredentialsGrant, gives_an_access_token_and_nothing_else) {
    const auto answer = ask("https://api.example/v1/read");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto body = json_of(answer);
    EXPECT_EQ(text(body, "scope"), "https://api.example/v1/read");
    EXPECT_FALSE(body.contains("id_token"));
    EXPECT_FALSE(body.contains("refresh_token"));
    const auto claims = claims_of(text(body, "access_token"));
    EXPECT_EQ(text(claims, "sub"), robot.str());
    EXPECT_EQ(text(claims, "client_id"), robot.str());
    EXPECT_EQ(text(claims, "token_use"), "access");
    EXPECT_FALSE(claims.contains("username"));
    EXPECT_FALSE(claims.contains("origin_jti"));
}

TEST_F(ClientCredentialsGrant, without_scope_gives_every_live_custom_scope_of_the_client) {
    EXPECT_EQ(text(json_of(ask("")), "scope"), "https://api.example/v1/read https://api.example/v1/write");
}

// Attack class 17.
TEST_F(ClientCredentialsGrant, refuses_scopes_that_are_not_the_clients_or_not_custom) {
    for (const char* scope : {"openid", "https://api.example/v1/gone", "https://api.example/v1/other", "read",
                              "https://api.example/v1/read openid", "aws.cognito.signin.user.admin"}) {
        EXPECT_EQ(text(json_of(ask(scope)), "error"), "invalid_scope") << scope;
    }
}

TEST_F(ClientCredentialsGrant, is_not_for_clients_that_are_not_allowed_it) {
    const Pairs form{{"grant_type", "client_credentials"}};
    const auto answer = post("/oauth2/token", form, {{"Authorization", basic(web.str(), secret)}});
    EXPECT_EQ(text(json_of(answer), "error"), "unauthorized_client");
    const Pairs public_form{{"grant_type", "client_credentials"}, {"client_id", app.str()}};
    EXPECT_EQ(text(json_of(post("/oauth2/token", public_form)), "error"), "unauthorized_client");
    change_client(app, [](auto& settings) {
        settings.AllowedOAuthFlows = List<directory::OAuthFlowType, 0, 3>{directory::OAuthFlowType::client_credentials};
    });
    EXPECT_EQ(text(json_of(post("/oauth2/token", public_form)), "error"), "unauthorized_client");
}

TEST_F(ClientCredentialsGrant, its_token_opens_no_user_info) {
    const auto token = text(json_of(ask("")), "access_token");
    EXPECT_EQ(user_info(token).status, 403);
    const auto live = run(tokens->verify_access(token));
    EXPECT_FALSE(live.user);
    EXPECT_TRUE(live.token->user_id.empty());
    EXPECT_TRUE(live.token->has_scope("https://api.example/v1/read"));
}

}  // namespace
}  // namespace symbolon::oauth
