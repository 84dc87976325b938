// Token exchange (RFC 8693).

#include "crypto/jose/jwt.hpp"
#include "crypto/test_keys.hpp"
#include "oauth/grants/grant.hpp"
#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

using Words = List<directory::shape::ExtensionWord, 0, 20>;

constexpr const char* access_type = "urn:ietf:params:oauth:token-type:access_token";

/// The robot is a server that acts for the users of the web client.
class TokenExchangeTest : public House {
protected:
    TokenExchangeTest() {
        extend_client(robot, [](auto& e) {
            e.grant_types = Words{std::string(token_exchange_type)};
            e.exchanges_tokens_of = Words{web.str()};
        });
        change_client(robot, [](auto& settings) {
            settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{"https://api.example/v1/read", "openid"};
        });
        change_client(web, [](auto& settings) {
            settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{
                "openid", "phone", "https://api.example/v1/read", "https://api.example/v1/write"};
        });
    }
    std::string web_token(const std::string& scope = "openid phone https://api.example/v1/read") {
        return text(get_tokens({{"scope", scope}}), "access_token");
    }
    net::Response exchange(const std::string& token, Pairs more = {}, const ClientId& by = robot) {
        Pairs form{{"grant_type", std::string(token_exchange_type)},
                   {"subject_token", token},
                   {"subject_token_type", access_type}};
        for (auto& [name, value] : more) {
            std::erase_if(form, [&](const auto& field) { return field.first == name; });
            if (!value.empty()) form.emplace_back(name, value);
        }
        return post("/oauth2/token", form, {{"Authorization", basic(by.str(), secret)}});
    }
    std::string error_of(const net::Response& answer) { return text(json_of(answer), "error"); }
};

TEST_F(TokenExchangeTest, RFC8693_2_2_gives_a_token_of_the_user_to_who_acts_for_them) {
    const auto answer = exchange(web_token());
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto got = json_of(answer);
    EXPECT_EQ(text(got, "issued_token_type"), access_type);
    EXPECT_EQ(text(got, "token_type"), "Bearer");
    EXPECT_EQ(text(got, "scope"), "https://api.example/v1/read openid");
    EXPECT_FALSE(got.contains("refresh_token"));
    EXPECT_FALSE(got.contains("id_token"));
    const auto claims = claims_of(text(got, "access_token"));
    EXPECT_EQ(text(claims, "sub"), user_id.str());
    EXPECT_EQ(text(claims, "client_id"), robot.str());
    EXPECT_EQ(text(claims.at("act").as_object(), "sub"), robot.str());
    EXPECT_EQ(user_info(text(got, "access_token")).status, 200);
}

// Whoever gets the token gets what is declared for it, as far as it may read it; not what was declared for the other.
TEST_F(TokenExchangeTest, declared_claims_are_those_of_the_client_that_gets_the_token) {
    using directory::ClaimMapping;
    using Places = List<directory::ClaimPlace, 1, 3>;
    const auto map = [](std::string claim, std::string from) {
        return directory::ClaimMappings{ClaimMapping{directory::shape::MappedClaim(std::move(claim)),
                                                     directory::shape::MappedSource(std::move(from)),
                                                     Places{directory::ClaimPlace::access_token}}};
    };
    const auto may_read = [&](const ClientId& id, const char* attribute) {
        change_client(
            id, [&](auto& settings) { settings.ReadAttributes = List<directory::shape::ClientPermission>{attribute}; });
    };
    change_user([](auto& user) {
        user.attributes["custom:dept"] = "R&D";
        user.attributes["nickname"] = "Janie";
    });
    extend_pool([&](auto& e) { e.claim_mappings = map("dept", "custom:dept"); });
    extend_client(web, [&](auto& e) { e.claim_mappings = map("of_web", "custom:dept"); });
    extend_client(robot, [&](auto& e) { e.claim_mappings = map("called", "nickname"); });
    may_read(web, "custom:dept");
    may_read(robot, "nickname");
    auto claims = claims_of(text(json_of(exchange(web_token())), "access_token"));
    EXPECT_EQ(text(claims, "called"), "Janie");
    EXPECT_FALSE(claims.contains("dept")) << "the robot may not read it";
    EXPECT_FALSE(claims.contains("of_web"));
    may_read(robot, "custom:dept");
    claims = claims_of(text(json_of(exchange(web_token())), "access_token"));
    EXPECT_EQ(text(claims, "dept"), "R&D");
    EXPECT_FALSE(claims.contains("called"));
}

// Attack class 17.
TEST_F(TokenExchangeTest, RFC8693_2_1_never_gives_more_than_the_token_had_and_the_client_may_have) {
    const auto token = web_token();
    EXPECT_EQ(text(json_of(exchange(token, {{"scope", "https://api.example/v1/read"}})), "scope"),
              "https://api.example/v1/read");
    for (const char* scope : {"phone", "https://api.example/v1/write", "aws.cognito.signin.user.admin"}) {
        EXPECT_EQ(error_of(exchange(token, {{"scope", scope}})), "invalid_scope") << scope;
    }
    EXPECT_EQ(error_of(exchange(web_token("https://api.example/v1/write"))), "invalid_scope");
}

TEST_F(TokenExchangeTest, the_new_token_does_not_outlive_the_other) {
    const auto token = web_token();
    clock.advance(std::chrono::minutes(50));
    const auto got = json_of(exchange(token));
    EXPECT_EQ(got.at("expires_in").as_int64(), 600);
    clock.advance(std::chrono::minutes(10));
    EXPECT_EQ(user_info(text(got, "access_token")).status, 401);
    EXPECT_EQ(error_of(exchange(token)), "invalid_request");
}

TEST_F(TokenExchangeTest, it_ends_with_the_users_sign_in) {
    const auto got = get_tokens({{"scope", "openid"}});
    const auto mine = text(json_of(exchange(text(got, "access_token"))), "access_token");
    ASSERT_EQ(user_info(mine).status, 200);
    post("/oauth2/revoke", Pairs{{"token", text(got, "refresh_token")}}, {{"Authorization", basic(web.str(), secret)}});
    EXPECT_EQ(user_info(mine).status, 401);
    EXPECT_EQ(error_of(exchange(text(got, "access_token"))), "invalid_request");
}

TEST_F(TokenExchangeTest, only_tokens_of_clients_that_the_client_is_set_to) {
    extend_client(robot, [](auto& e) { e.exchanges_tokens_of = Words{"somebody"}; });
    EXPECT_EQ(error_of(exchange(web_token())), "invalid_request");
    extend_client(web, [](auto& e) { e.grant_types = Words{std::string(token_exchange_type)}; });
    const auto own = exchange(web_token(), {{"scope", "phone"}}, web);  // it may narrow its own
    ASSERT_EQ(own.status, 200) << own.body;
    EXPECT_FALSE(claims_of(text(json_of(own), "access_token")).contains("act"));
}

TEST_F(TokenExchangeTest, RFC8693_2_2_2_refuses_what_is_no_access_token_of_a_user) {
    const auto got = get_tokens();
    const auto robots = text(json_of(post("/oauth2/token", Pairs{{"grant_type", "client_credentials"}},
                                          {{"Authorization", basic(robot.str(), secret)}})),
                             "access_token");
    for (const auto& token :
         {text(got, "id_token"), text(got, "refresh_token"), robots, std::string("none"), std::string()}) {
        EXPECT_EQ(error_of(exchange(token)), "invalid_request") << token;
    }
    const auto token = web_token();
    for (const char* type : {"", "urn:ietf:params:oauth:token-type:refresh_token", "access_token"}) {
        EXPECT_EQ(error_of(exchange(token, {{"subject_token_type", type}})), "invalid_request") << type;
    }
    EXPECT_EQ(error_of(exchange(token, {{"requested_token_type", "urn:ietf:params:oauth:token-type:saml2"}})),
              "invalid_request");
}

TEST_F(TokenExchangeTest, is_for_clients_that_are_set_to_it) {
    EXPECT_EQ(error_of(exchange(web_token(), {}, web)), "unauthorized_client");
}

TEST_F(TokenExchangeTest, RFC8693_2_1_a_target_is_a_resource_server_of_the_pool) {
    const auto token = web_token();
    const auto got = json_of(exchange(token, {{"resource", "https://api.example/v1"}}));
    EXPECT_EQ(text(claims_of(text(got, "access_token")), "aud"), "https://api.example/v1");
    EXPECT_EQ(error_of(exchange(token, {{"resource", "https://elsewhere.example"}})), "invalid_target");
    EXPECT_EQ(error_of(exchange(token, {{"audience", "https://elsewhere.example"}})), "invalid_target");
}

TEST_F(TokenExchangeTest, RFC8693_4_1_the_chain_of_those_who_act_is_kept) {
    extend_client(web, [](auto& e) { e.access_token_format = directory::AccessTokenFormat::opaque; });
    const auto first = text(json_of(exchange(web_token())), "access_token");
    extend_client(web, [](auto& e) {
        e.grant_types = Words{std::string(token_exchange_type)};
        e.exchanges_tokens_of = Words{robot.str()};
        e.access_token_format.reset();
    });
    const auto second = exchange(first, {{"scope", "openid"}}, web);
    ASSERT_EQ(second.status, 200) << second.body;
    const auto actor = claims_of(text(json_of(second), "access_token")).at("act").as_object();
    EXPECT_EQ(text(actor, "sub"), web.str());
    EXPECT_EQ(text(actor.at("act").as_object(), "sub"), robot.str());
}

TEST_F(TokenExchangeTest, RFC8693_4_4_a_token_may_name_who_alone_acts) {
    const auto with_may_act = [&](const std::string& sub) {
        auto claims = claims_of(web_token());
        claims["may_act"] = boost::json::object{{"sub", sub}};
        return crypto::jose::sign_jwt(test_key(1), claims);  // the pool's own key, as a hook's claim would be
    };
    EXPECT_EQ(exchange(with_may_act(robot.str())).status, 200);
    EXPECT_EQ(error_of(exchange(with_may_act("another"))), "invalid_request");
}

}  // namespace
}  // namespace symbolon::oauth
