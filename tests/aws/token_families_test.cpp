// GetTokensFromRefreshToken with rotation, GetClientToken, RevokeToken of linked sessions (cognito-api.md §2.13, §3.8).
#include "aws/house.hpp"
#include "crypto/jose/jwt.hpp"

#include <future>
#include <set>
#include <string>
#include <vector>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;

object claims_of(const std::string& token) {
    return crypto::jose::parse_jwt(token)->claims;
}

class TokenFamilies : public House {
protected:
    object get_request(const std::string& token) const { return {{"RefreshToken", token}, {"ClientId", client}}; }
    object get(const std::string& token) {
        return part(call("GetTokensFromRefreshToken", get_request(token)), "AuthenticationResult");
    }
    Refused get_refusal(const std::string& token) { return refusal("GetTokensFromRefreshToken", get_request(token)); }
    static object rotating(std::int64_t grace) {
        return {{"ExplicitAuthFlows", array{"ALLOW_USER_PASSWORD_AUTH"}},
                {"RefreshTokenRotation", object{{"Feature", "ENABLED"}, {"RetryGracePeriodSeconds", grace}}}};
    }
    const std::string pool = add_pool(tutorial());
    std::string client = add_client(pool, rotating(30));
    const std::string sub = add_user(pool, client);
    object given = tokens(pool, client);
    std::string first = text(given, "RefreshToken");
};

TEST_F(TokenFamilies, a_refresh_gives_the_next_token_with_all_the_others) {
    const auto result = get(first);
    EXPECT_NE(text(result, "RefreshToken"), first);
    EXPECT_EQ(text(result, "TokenType"), "Bearer");
    EXPECT_EQ(result.at("ExpiresIn").as_int64(), 3600);
    EXPECT_EQ(text(call("GetUser", {{"AccessToken", text(result, "AccessToken")}}), "Username"), sub);
    EXPECT_EQ(text(claims_of(text(result, "IdToken")), "origin_jti"),
              text(claims_of(text(given, "IdToken")), "origin_jti"));
}

TEST_F(TokenFamilies, a_former_token_lives_for_its_grace_and_ends_the_family_after_it) {
    const auto second = text(get(first), "RefreshToken");
    clock.advance(29s);
    EXPECT_EQ(text(get(first), "RefreshToken"), second);
    clock.advance(1s);
    EXPECT_EQ(get_refusal(first).type, "RefreshTokenReuse");
    EXPECT_EQ(get_refusal(second), revoked_refresh);
    EXPECT_EQ(refusal("GetUser", {{"AccessToken", text(given, "AccessToken")}}),
              (Refused{"NotAuthorized", "Access Token has been revoked"}));
}

TEST_F(TokenFamilies, sixty_four_parallel_refreshes_give_one_successor) {
    std::vector<std::future<object>> asked;
    for (int i = 0; i < 64; ++i) asked.push_back(std::async(std::launch::async, [&] { return get(first); }));
    std::set<std::string> successors;
    for (auto& answer : asked) successors.insert(text(answer.get(), "RefreshToken"));
    EXPECT_EQ(successors.size(), 1U);
}

TEST_F(TokenFamilies, the_older_flow_is_closed_where_tokens_rotate) {
    const object request{
        {"AuthFlow", "REFRESH_TOKEN_AUTH"}, {"ClientId", client}, {"AuthParameters", object{{"REFRESH_TOKEN", first}}}};
    EXPECT_EQ(refusal("InitiateAuth", request).type, "InvalidParameter");
    EXPECT_NE(text(get(first), "RefreshToken"), "") << "and has used nothing up";
}

TEST_F(TokenFamilies, without_rotation_no_refresh_token_is_given) {
    client = add_client(pool);
    first = text(tokens(pool, client), "RefreshToken");
    for (int i = 0; i < 2; ++i) EXPECT_FALSE(get(first).contains("RefreshToken"));
}

TEST_F(TokenFamilies, what_is_no_refresh_token_of_this_client_is_invalid) {
    for (const auto& token : {std::string("rubbish"), text(given, "AccessToken"), first.substr(1)}) {
        EXPECT_EQ(get_refusal(token), invalid_refresh);
    }
    client = add_client(pool, rotating(30));
    EXPECT_EQ(get_refusal(first), invalid_refresh);
    client = add_client(add_pool(tutorial()), rotating(30));
    EXPECT_EQ(get_refusal(first), invalid_refresh);
}

TEST_F(TokenFamilies, a_client_with_a_secret_gives_it_in_clear) {
    auto settings = rotating(30);
    settings["GenerateSecret"] = true;
    client = add_client(pool, settings);
    const object request = get_request(first);
    EXPECT_EQ(refusal("GetTokensFromRefreshToken", request),
              (Refused{"NotAuthorized", "Client " + client + " is configured for secret but secret was not received"}));
    EXPECT_EQ(refusal("GetTokensFromRefreshToken", with(request, {{"ClientSecret", std::string(52, 'a')}})),
              (Refused{"NotAuthorized", "Unable to verify secret for client " + client}));
    EXPECT_EQ(refusal("GetTokensFromRefreshToken", with(request, {{"ClientSecret", secret_of(pool, client)}})),
              invalid_refresh)
        << "the token is of another client";
}

TEST_F(TokenFamilies, a_revoked_successor_takes_the_family_along) {
    const auto second = text(get(first), "RefreshToken");
    call("RevokeToken", {{"Token", second}, {"ClientId", client}, {"RevokeAssociatedSessions", "LINKED"}});
    EXPECT_EQ(get_refusal(first), revoked_refresh);
    EXPECT_EQ(get_refusal(second), revoked_refresh);
    call("RevokeToken", {{"Token", second}, {"ClientId", client}, {"RevokeAssociatedSessions", "NONE"}});
}

TEST_F(TokenFamilies, signing_out_everywhere_ends_rotated_families) {
    const auto second = get(first);
    clock.advance(1s);
    call("GlobalSignOut", {{"AccessToken", text(second, "AccessToken")}});
    EXPECT_EQ(get_refusal(text(second, "RefreshToken")), revoked_refresh);
}

class ClientTokens : public House {
protected:
    object request(const object& more = {}) {
        return with({{"ClientId", client}, {"Secret", secret_of(pool, client)}}, more);
    }
    static object machine(const array& flows) {
        return {{"ExplicitAuthFlows", flows},
                {"GenerateSecret", true},
                {"AllowedOAuthFlows", array{"client_credentials"}},
                {"AllowedOAuthScopes", array{"orders/read", "orders/write"}},
                {"AllowedOAuthFlowsUserPoolClient", true}};
    }
    std::string add_pool_with_server() {
        const auto made = add_pool();
        call("CreateResourceServer",
             {{"UserPoolId", made},
              {"Identifier", "orders"},
              {"Name", "Orders"},
              {"Scopes", array{object{{"ScopeName", "read"}, {"ScopeDescription", "Read"}},
                               object{{"ScopeName", "write"}, {"ScopeDescription", "Write"}}}}});
        return made;
    }
    const std::string pool = add_pool_with_server();
    std::string client = add_client(pool, machine({"ALLOW_CLIENT_TOKEN_AUTH"}));
};

TEST_F(ClientTokens, speak_for_the_client) {
    const auto result = part(call("GetClientToken", request()), "ClientAuthenticationResult");
    EXPECT_EQ(text(result, "TokenType"), "Bearer");
    EXPECT_EQ(result.at("ExpiresIn").as_int64(), 3600);
    const auto claims = claims_of(text(result, "AccessToken"));
    EXPECT_EQ(text(claims, "sub"), client);
    EXPECT_EQ(text(claims, "client_id"), client);
    EXPECT_EQ(text(claims, "scope"), "orders/read orders/write");
    EXPECT_FALSE(claims.contains("username"));
    EXPECT_EQ(refusal("GetUser", {{"AccessToken", text(result, "AccessToken")}}).type, "NotAuthorized");
}

// Attack row 17.
TEST_F(ClientTokens, have_the_scopes_that_are_asked_for_and_no_others) {
    const auto narrow = call("GetClientToken", request({{"Scopes", array{"orders/read"}}}));
    EXPECT_EQ(text(claims_of(text(narrow, "ClientAuthenticationResult.AccessToken")), "scope"), "orders/read");
    for (const char* wider : {"orders/delete", "openid", "aws.cognito.signin.user.admin"}) {
        EXPECT_EQ(refusal("GetClientToken", request({{"Scopes", array{"orders/read", wider}}})),
                  (Refused{"InvalidParameter", "Invalid scopes requested."}));
    }
}

TEST_F(ClientTokens, are_for_who_knows_the_secret) {
    EXPECT_EQ(refusal("GetClientToken", request({{"Secret", std::string(52, 'a')}})),
              (Refused{"NotAuthorized", "Unable to verify secret for client " + client}));
    const auto open = add_client(pool);
    EXPECT_EQ(refusal("GetClientToken", {{"ClientId", open}, {"Secret", std::string(52, 'a')}}),
              (Refused{"NotAuthorized", "Client " + open + " is not configured with a secret"}));
}

TEST_F(ClientTokens, are_given_to_clients_made_for_them_alone) {
    client = add_client(pool, machine({"ALLOW_USER_SRP_AUTH"}));
    EXPECT_EQ(refusal("GetClientToken", request()),
              (Refused{"InvalidParameter", "CLIENT_TOKEN_AUTH flow not enabled for this client"}));
    const object mixed = with({{"UserPoolId", pool}, {"ClientName", "mixed"}},
                              machine({"ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"}));
    EXPECT_EQ(refusal("CreateUserPoolClient", mixed).type, "InvalidParameter");
}

}  // namespace
}  // namespace symbolon::aws
