#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

constexpr const char* gone = "Access token is expired, disabled, or deleted, or the user has globally signed out.";

class UserInfo : public House {
protected:
    void expect_invalid_token(const net::Response& answer) {
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(header(answer, "WWW-Authenticate"),
                  std::string("Bearer error=\"invalid_token\", error_description=\"") + gone + "\"");
        EXPECT_EQ(text(json_of(answer), "error"), "invalid_token");
    }
    std::string token(const std::string& scope = "openid phone") {
        return text(get_tokens({{"scope", scope}}), "access_token");
    }
};

TEST_F(UserInfo, says_what_the_scopes_release_with_everything_as_text) {
    const auto answer = user_info(token());
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(header(answer, "Content-Type"), "application/json;charset=UTF-8");
    EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
    EXPECT_EQ(answer.body, R"({"sub":"11111111-2222-4333-8444-555555555555","phone_number":"+14155550123",)"
                           R"("phone_number_verified":"true","username":"alice"})");
}

TEST_F(UserInfo, openid_alone_releases_every_readable_attribute) {
    const auto body = json_of(user_info(token("openid")));
    EXPECT_EQ(text(body, "name"), "Alice \"A\" \\ Ärmel");
    EXPECT_EQ(text(body, "email"), "alice@example.com");
    EXPECT_EQ(text(body, "address"), "Main Street 1");
}

TEST_F(UserInfo, never_says_what_the_client_may_not_read) {
    change_client(web,
                  [](auto& settings) { settings.ReadAttributes = List<directory::shape::ClientPermission>{"email"}; });
    const auto body = json_of(user_info(token("openid")));
    EXPECT_EQ(text(body, "email"), "alice@example.com");
    EXPECT_FALSE(body.contains("phone_number"));
    EXPECT_TRUE(body.contains("sub"));
}

TEST_F(UserInfo, shows_a_change_at_once) {
    const auto access = token();
    EXPECT_EQ(text(json_of(user_info(access)), "phone_number"), "+14155550123");
    change_user([](auto& user) { user.attributes["phone_number"] = "+14155550199"; });
    EXPECT_EQ(text(json_of(user_info(access)), "phone_number"), "+14155550199");
}

TEST_F(UserInfo, reads_the_user_again_only_when_something_was_committed_since) {
    const auto access = token();
    ASSERT_EQ(user_info(access).status, 200);
    const auto reads = db->counters().reads;
    ASSERT_EQ(user_info(access).status, 200);
    EXPECT_EQ(db->counters().reads, reads);
    change_user([](auto& user) { user.attributes["nickname"] = "Al"; });
    ASSERT_EQ(user_info(access).status, 200);
    EXPECT_GT(db->counters().reads, reads);
}

TEST_F(UserInfo, takes_the_token_from_the_header_or_from_a_posted_form) {
    const auto access = token();
    EXPECT_EQ(post("/oauth2/userInfo", "", {{"Authorization", "bearer " + access}}).status, 200);
    EXPECT_EQ(post("/oauth2/userInfo", Pairs{{"access_token", access}}).status, 200);
}

TEST_F(UserInfo, never_takes_the_token_from_the_query) {
    const auto answer = get("/oauth2/userInfo?access_token=" + token());
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(header(answer, "WWW-Authenticate"), "Bearer");
}

TEST_F(UserInfo, without_credentials_names_the_scheme_and_no_error) {
    for (const auto& answer :
         {get("/oauth2/userInfo"), post("/oauth2/userInfo", ""),
          get("/oauth2/userInfo", {{"Authorization", "Basic YTpi"}}),
          get("/oauth2/userInfo", {{"Authorization", "Bearer"}}), get("/oauth2/userInfo", {{"Authorization", ""}})}) {
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(header(answer, "WWW-Authenticate"), "Bearer");
        EXPECT_EQ(answer.body, "");
    }
}

TEST_F(UserInfo, two_tokens_are_a_bad_request) {
    const auto access = token();
    const auto both =
        post("/oauth2/userInfo", Pairs{{"access_token", access}}, {{"Authorization", "Bearer " + access}});
    EXPECT_EQ(both.status, 400);
    EXPECT_EQ(header(both, "WWW-Authenticate"),
              "Bearer error=\"invalid_request\", error_description=\"Bad OAuth2 request at UserInfo Endpoint\"");
    const auto twice = get("/oauth2/userInfo", {{"Authorization", "Bearer " + access}, {"Authorization", "Bearer x"}});
    EXPECT_EQ(twice.status, 400);
}

TEST_F(UserInfo, refuses_what_is_no_access_token_of_ours) {
    const auto body = get_tokens();
    for (const auto& wrong : {std::string("x"), text(body, "id_token"), text(body, "refresh_token"),
                              text(body, "access_token") + "x", "x" + text(body, "access_token")}) {
        expect_invalid_token(user_info(wrong));
    }
}

TEST_F(UserInfo, a_token_of_another_pool_opens_nothing) {
    net::Request request;
    request.method = net::Method::get;
    request.path = "/" + foreign_pool_id.str() + "/oauth2/userInfo";
    request.headers.add("Authorization", "Bearer " + token());
    expect_invalid_token(send(request));
}

TEST_F(UserInfo, wants_the_scope_openid) {
    const auto answer = user_info(token("phone"));
    EXPECT_EQ(answer.status, 403);
    EXPECT_NE(header(answer, "WWW-Authenticate").find("Bearer error=\"insufficient_scope\""), std::string::npos);
    EXPECT_NE(header(answer, "WWW-Authenticate").find("scope=\"openid\""), std::string::npos);
}

TEST_F(UserInfo, ends_to_the_second_when_the_token_expires) {
    const auto access = token();
    clock.advance(std::chrono::seconds(3600) - std::chrono::milliseconds(1));
    EXPECT_EQ(user_info(access).status, 200);
    clock.advance(std::chrono::milliseconds(1));
    expect_invalid_token(user_info(access));
}

// Attack classes 15 and 16: a token that was good a moment ago, and is remembered as genuine.
TEST_F(UserInfo, a_disabled_user_has_no_user_info) {
    const auto access = token();
    EXPECT_EQ(user_info(access).status, 200);
    change_user([](auto& user) { user.enabled = false; });
    expect_invalid_token(user_info(access));
}

TEST_F(UserInfo, a_deleted_user_has_no_user_info) {
    const auto access = token();
    EXPECT_EQ(user_info(access).status, 200);
    write([&](db::Transaction& tx) { directory::Users(tx).erase(*pool(), user_id); });
    expect_invalid_token(user_info(access));
}

TEST_F(UserInfo, a_deleted_client_has_no_user_info) {
    const auto access = token();
    write([&](db::Transaction& tx) { directory::Clients(tx, *sealer).erase(pool_id, web); });
    catalog->forget(pool_id);
    expect_invalid_token(user_info(access));
}

}  // namespace
}  // namespace symbolon::oauth
