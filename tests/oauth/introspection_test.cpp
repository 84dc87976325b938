// Introspection (RFC 7662).

#include "directory/grants.hpp"
#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class Introspection : public House {
protected:
    net::Response ask(const std::string& token, const ClientId& by = web) {
        return post("/oauth2/introspect", Pairs{{"token", token}}, {{"Authorization", basic(by.str(), secret)}});
    }
    bool is_active(const std::string& token, const ClientId& by = web) {
        const auto answer = ask(token, by);
        EXPECT_EQ(answer.status, 200) << answer.body;
        const auto body = json_of(answer);
        const bool active = body.at("active").as_bool();
        EXPECT_TRUE(active || body.size() == 1U) << answer.body;  // nothing but that
        return active;
    }
    std::string robot_token() {
        const auto answer = post("/oauth2/token", Pairs{{"grant_type", "client_credentials"}},
                                 {{"Authorization", basic(robot.str(), secret)}});
        return text(json_of(answer), "access_token");
    }
};

TEST_F(Introspection, RFC7662_2_2_says_what_an_access_token_of_the_client_is) {
    const auto access = text(get_tokens(), "access_token");
    const auto answer = ask(access);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto said = json_of(answer);
    const auto claims = claims_of(access);
    EXPECT_TRUE(said.at("active").as_bool());
    EXPECT_EQ(text(said, "scope"), "openid phone");
    EXPECT_EQ(text(said, "client_id"), web.str());
    EXPECT_EQ(text(said, "username"), "alice");
    EXPECT_EQ(text(said, "sub"), user_id.str());
    EXPECT_EQ(text(said, "iss"), pool_url);
    EXPECT_EQ(text(said, "token_type"), "Bearer");
    EXPECT_EQ(text(said, "jti"), text(claims, "jti"));
    EXPECT_EQ(said.at("exp"), claims.at("exp"));
    EXPECT_EQ(said.at("iat"), claims.at("iat"));
    EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
}

TEST_F(Introspection, RFC7662_2_2_knows_refresh_tokens) {
    const auto got = get_tokens();
    const auto said = json_of(ask(text(got, "refresh_token")));
    EXPECT_TRUE(said.at("active").as_bool());
    EXPECT_EQ(text(said, "token_use"), "refresh");
    EXPECT_EQ(text(said, "sub"), user_id.str());
    EXPECT_FALSE(is_active(text(got, "refresh_token") + "x"));
}

TEST_F(Introspection, RFC7662_2_1_answers_only_who_proves_itself) {
    const auto access = text(get_tokens(), "access_token");
    const Pairs named{{"token", access}, {"client_id", app.str()}};
    const auto by_public = post("/oauth2/introspect", named);
    EXPECT_EQ(by_public.status, 401);
    EXPECT_EQ(text(json_of(by_public), "error"), "invalid_client");
    EXPECT_EQ(post("/oauth2/introspect", Pairs{{"token", access}, {"client_id", web.str()}}).status, 401);
    EXPECT_EQ(post("/oauth2/introspect", Pairs{{"token", access}}).status, 400);
    EXPECT_EQ(post("/oauth2/introspect", Pairs{{"token", access}}, {{"Authorization", "Bearer " + access}}).status,
              401);
    EXPECT_EQ(ask("").status, 400);
    EXPECT_EQ(get("/oauth2/introspect?token=" + access).status, 405);
}

// RFC 7662 §4: a difference between a foreign token and none at all would let anybody try tokens out.
TEST_F(Introspection, says_of_foreign_tokens_what_it_says_of_none) {
    const auto got = get_tokens();
    for (const auto& token :
         {text(got, "access_token"), text(got, "refresh_token"), std::string("none"), std::string("a.b.c")}) {
        EXPECT_EQ(ask(token, robot).body, R"({"active":false})") << token;
    }
    EXPECT_FALSE(is_active(text(got, "id_token")));
}

TEST_F(Introspection, a_resource_server_sees_what_concerns_it) {
    const auto access = robot_token();
    EXPECT_FALSE(is_active(access));
    extend_client(web, [](auto& e) {
        e.resource_servers = List<directory::shape::ExtensionWord, 0, 20>{"https://api.example/v1"};
    });
    const auto said = json_of(ask(access));
    EXPECT_TRUE(said.at("active").as_bool());
    EXPECT_EQ(text(said, "scope"), "https://api.example/v1/read https://api.example/v1/write");
    EXPECT_EQ(text(said, "sub"), robot.str());
    EXPECT_FALSE(said.contains("username"));
    extend_client(
        web, [](auto& e) { e.resource_servers = List<directory::shape::ExtensionWord, 0, 20>{"https://api.example"}; });
    EXPECT_FALSE(is_active(access));
}

// Attack class 15: each way to end a token is seen at once.
TEST_F(Introspection, RFC7662_4_sees_every_end_of_a_token) {
    const auto ends = [&](const std::function<void(const boost::json::object&)>& end) {
        const auto got = get_tokens();
        const auto access = text(got, "access_token");
        const auto refresh_token = text(got, "refresh_token");
        EXPECT_TRUE(is_active(access));
        EXPECT_TRUE(is_active(refresh_token));
        end(got);
        EXPECT_FALSE(is_active(access));
        EXPECT_FALSE(is_active(refresh_token));
    };
    ends([&](const auto& got) {
        post("/oauth2/revoke", Pairs{{"token", text(got, "refresh_token")}},
             {{"Authorization", basic(web.str(), secret)}});
    });
    ends([&](const auto&) {
        clock.advance(std::chrono::seconds(1));
        run(tokens->sign_out_everywhere(pool_id, user_id));
        clock.advance(std::chrono::seconds(1));
    });
    ends([&](const auto&) { clock.advance(std::chrono::hours(24 * 31)); });
    ends([&](const auto&) { change_user([](auto& user) { user.enabled = false; }); });
}

}  // namespace
}  // namespace symbolon::oauth
