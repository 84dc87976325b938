// Resource indicators at the token endpoint (RFC 8707 §2.2).

#include "directory/resource_servers.hpp"
#include "oauth/house.hpp"

#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

class ResourceTokens : public House {
protected:
    ResourceTokens() {
        write([&](db::Transaction& tx) {
            directory::ResourceServers(tx).create({pool_id, "https://other.example", "Other", {{"use", "Use"}}});
        });
        change_client(web, [](auto& settings) {
            settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{"openid", "https://api.example/v1/read",
                                                                               "https://other.example/use"};
        });
    }
    std::string audience(const net::Response& answer) {
        EXPECT_EQ(answer.status, 200) << answer.body;
        const auto claims = claims_of(text(json_of(answer), "access_token"));
        return claims.contains("aud") ? boost::json::serialize(claims.at("aud")) : "";
    }
    net::Response ask_robot(const Pairs& more) {
        Pairs form{{"grant_type", "client_credentials"}};
        for (const auto& field : more) form.push_back(field);
        return post("/oauth2/token", form, {{"Authorization", basic(robot.str(), secret)}});
    }
    std::string code_for_both() {
        const auto query =
            authorize_query({{"scope", "openid https://api.example/v1/read https://other.example/use"}}) +
            "&resource=https%3A%2F%2Fapi.example%2Fv1&resource=https%3A%2F%2Fother.example";
        const auto code = parameter_of(location(get("/oauth2/authorize?" + query, {sign_in_browser()})), "code");
        EXPECT_NE(code, "");
        return code;
    }
};

TEST_F(ResourceTokens, RFC8707_2_a_client_for_itself_names_whom_its_token_is_for) {
    EXPECT_EQ(audience(ask_robot({})), "");
    EXPECT_EQ(audience(ask_robot({{"resource", "https://api.example/v1"}})), R"("https://api.example/v1")");
    for (const char* resource : {"https://elsewhere.example", "no-uri", "https://api.example/v1#x"}) {
        EXPECT_EQ(text(json_of(ask_robot({{"resource", resource}})), "error"), "invalid_target") << resource;
    }
}

TEST_F(ResourceTokens, RFC8707_2_2_one_token_may_be_for_fewer_than_were_granted) {
    const auto one = post("/oauth2/token", code_form(code_for_both(), {{"resource", "https://other.example"}}));
    EXPECT_EQ(audience(one), R"("https://other.example")");
    const auto token = text(json_of(one), "refresh_token");
    EXPECT_EQ(audience(refresh(token, {{"resource", "https://api.example/v1"}})), R"("https://api.example/v1")");
    EXPECT_EQ(audience(refresh(token)), R"(["https://api.example/v1","https://other.example"])");
}

TEST_F(ResourceTokens, RFC8707_2_2_and_never_for_another) {
    const auto got = json_of(post("/oauth2/token", code_form(code_for_both())));
    const auto token = text(got, "refresh_token");
    EXPECT_EQ(text(json_of(refresh(token, {{"resource", "https://elsewhere.example"}})), "error"), "invalid_target");
    EXPECT_EQ(refresh(token).status, 200);
    const auto none = get_tokens({{"scope", "openid"}});
    EXPECT_EQ(text(json_of(refresh(text(none, "refresh_token"), {{"resource", "https://api.example/v1"}})), "error"),
              "invalid_target");
}

}  // namespace
}  // namespace symbolon::oauth
