// The three forms of access tokens: the service's JWT, the JWT of RFC 9068, and opaque ones; and how they are revoked.

#include "crypto/jose/jwt.hpp"
#include "directory/access_tokens.hpp"
#include "oauth/house.hpp"

#include <algorithm>

namespace symbolon::oauth {
namespace {

using directory::AccessTokenFormat;

class TokenFormats : public House {
protected:
    void set(const ClientId& id, AccessTokenFormat format) {
        extend_client(id, [&](auto& e) { e.access_token_format = format; });
    }
    net::Response revoke(const std::string& token, const ClientId& by = web) {
        return post("/oauth2/revoke", Pairs{{"token", token}}, {{"Authorization", basic(by.str(), secret)}});
    }
    std::string robot_token() {
        const auto answer = post("/oauth2/token", Pairs{{"grant_type", "client_credentials"}},
                                 {{"Authorization", basic(robot.str(), secret)}});
        return text(json_of(answer), "access_token");
    }
    bool is_active(const std::string& token, const ClientId& by) {
        const auto answer =
            post("/oauth2/introspect", Pairs{{"token", token}}, {{"Authorization", basic(by.str(), secret)}});
        return json_of(answer).at("active").as_bool();
    }
};

TEST_F(TokenFormats, the_services_form_is_the_default) {
    const auto jwt = crypto::jose::parse_jwt(text(get_tokens(), "access_token"));
    ASSERT_TRUE(jwt);
    EXPECT_EQ(jwt->typ, "");
    EXPECT_FALSE(jwt->claims.contains("aud"));
}

TEST_F(TokenFormats, RFC9068_2_has_its_type_and_claims) {
    set(web, AccessTokenFormat::jwt);
    const auto access = text(get_tokens(), "access_token");
    const auto jwt = crypto::jose::parse_jwt(access);
    ASSERT_TRUE(jwt);
    EXPECT_EQ(jwt->typ, "at+jwt");
    EXPECT_EQ(text(jwt->claims, "iss"), pool_url);
    EXPECT_EQ(text(jwt->claims, "aud"), pool_url);
    EXPECT_NE(text(jwt->claims, "aud"), web.str());  // §5: not that of ID tokens
    EXPECT_EQ(text(jwt->claims, "sub"), user_id.str());
    EXPECT_EQ(text(jwt->claims, "client_id"), web.str());
    EXPECT_EQ(text(jwt->claims, "scope"), "openid phone");
    for (const char* claim : {"exp", "iat", "auth_time", "jti"}) EXPECT_TRUE(jwt->claims.contains(claim)) << claim;
    EXPECT_EQ(user_info(access).status, 200);
    EXPECT_TRUE(is_active(access, web));
}

TEST_F(TokenFormats, RFC9068_2_2_has_an_id_even_where_revocation_is_off) {
    change_client(web, [](auto& settings) { settings.EnableTokenRevocation = false; });
    set(web, AccessTokenFormat::jwt);
    EXPECT_NE(text(claims_of(text(get_tokens(), "access_token")), "jti"), "");
}

TEST_F(TokenFormats, an_opaque_token_says_nothing_and_works_everywhere) {
    set(web, AccessTokenFormat::opaque);
    const auto got = get_tokens();
    const auto access = text(got, "access_token");
    EXPECT_FALSE(crypto::jose::parse_jwt(access));
    EXPECT_EQ(std::count(access.begin(), access.end(), '.'), 1);
    EXPECT_TRUE(crypto::jose::parse_jwt(text(got, "id_token")));
    EXPECT_EQ(text(json_of(user_info(access)), "phone_number"), "+14155550123");
    EXPECT_TRUE(is_active(access, web));
    const auto live = run(tokens->verify_access(access));
    EXPECT_EQ(live.token->client_id, web);
    EXPECT_EQ(live.user->id, user_id);
    EXPECT_EQ(live.token->scopes, (std::vector<std::string>{"openid", "phone"}));
    // A refresh gives another one, and the first still holds.
    const auto next = text(json_of(refresh(text(got, "refresh_token"))), "access_token");
    EXPECT_NE(next, access);
    EXPECT_EQ(user_info(next).status, 200);
    EXPECT_EQ(user_info(access).status, 200);
}

TEST_F(TokenFormats, opaque_tokens_are_stored_as_hashes_of_their_pool) {
    set(web, AccessTokenFormat::opaque);
    const auto access = text(get_tokens(), "access_token");
    EXPECT_EQ(user_info(access + "x").status, 401);
    EXPECT_EQ(user_info("x" + access).status, 401);
    EXPECT_EQ(user_info(foreign_pool_id.str() + access.substr(access.find('.'))).status, 401);
    const auto found = write(
        [&](db::Transaction& tx) { return directory::AccessTokens(tx).find(pool_id, bytes_of(access)).has_value(); });
    EXPECT_FALSE(found);  // not by the token itself
}

TEST_F(TokenFormats, an_opaque_token_expires) {
    set(web, AccessTokenFormat::opaque);
    const auto access = text(get_tokens(), "access_token");
    clock.advance(std::chrono::minutes(59));
    EXPECT_EQ(user_info(access).status, 200);
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(user_info(access).status, 401);
}

TEST_F(TokenFormats, RFC7009_2_1_an_access_token_ends_with_its_family) {
    for (const auto format : {AccessTokenFormat::jwt, AccessTokenFormat::opaque}) {
        set(web, format);
        set(robot, format);
        const auto got = get_tokens();
        const auto access = text(got, "access_token");
        ASSERT_EQ(user_info(access).status, 200);
        EXPECT_EQ(revoke(access, robot).status, 400);  // of another client
        EXPECT_EQ(user_info(access).status, 200);
        EXPECT_EQ(revoke(access).status, 200);
        EXPECT_EQ(user_info(access).status, 401);
        EXPECT_FALSE(is_active(access, web));
        EXPECT_EQ(text(json_of(refresh(text(got, "refresh_token"))), "error"), "invalid_grant");
        EXPECT_EQ(revoke(access).status, 200);  // again, and of nobody
        EXPECT_EQ(revoke("us-east-1_OkPool123." + std::string(43, 'a')).status, 200);
    }
}

TEST_F(TokenFormats, RFC7009_2_1_a_token_of_a_client_for_itself_ends_alone) {
    for (const auto format : {AccessTokenFormat::jwt, AccessTokenFormat::opaque}) {
        set(robot, format);
        const auto access = robot_token();
        const auto other = robot_token();
        ASSERT_TRUE(is_active(access, robot));
        EXPECT_EQ(revoke(access, robot).status, 200);
        EXPECT_FALSE(is_active(access, robot));
        EXPECT_EQ(refusal_of([&] { run(tokens->verify_access(access)); }).code, Errc::token_not_accepted);
        EXPECT_TRUE(is_active(other, robot));
    }
}

TEST_F(TokenFormats, the_service_revokes_no_access_tokens) {
    const auto access = text(get_tokens(), "access_token");
    EXPECT_EQ(text(json_of(revoke(access)), "error"), "unsupported_token_type");
    EXPECT_EQ(user_info(access).status, 200);
}

}  // namespace
}  // namespace symbolon::oauth
