// Ids that whoever makes something chooses: LocalStack's habits, and what a bootstrap file says.
#include "aws/house.hpp"
#include "directory/deleted_pools.hpp"

namespace symbolon::aws {
namespace {

class CustomIds : public House {
protected:
    object create_pool(const std::string& id) {
        return call("CreateUserPool", {{"PoolName", "local"}, {"UserPoolTags", object{{"_custom_id_", id}}}});
    }
    Refused pool_refusal(const std::string& id) {
        return refusal("CreateUserPool", {{"PoolName", "local"}, {"UserPoolTags", object{{"_custom_id_", id}}}});
    }
};

TEST_F(CustomIds, a_tag_chooses_the_id_of_a_pool) {
    const auto pool = create_pool("us-east-1_localpool");
    EXPECT_EQ(text(pool, "UserPool.Id"), "us-east-1_localpool");
    EXPECT_EQ(text(pool, "UserPool.Arn"), "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_localpool");
    const auto described = call("DescribeUserPool", {{"UserPoolId", "us-east-1_localpool"}});
    EXPECT_EQ(text(described, "UserPool.UserPoolTags._custom_id_"), "us-east-1_localpool");
}

TEST_F(CustomIds, an_id_is_a_pool_s_and_taken_once) {
    for (const char* id : {"nowhere", "a b_c", "us-east-1_", "../us-east-1_x", "us-east-1_a-b"}) {
        EXPECT_EQ(pool_refusal(id),
                  (Refused{"InvalidParameter", std::string(id) + " is no id of a user pool: <region>_<letters and "
                                                                 "digits>, at most 55 characters."}));
    }
    EXPECT_EQ(pool_refusal("us-east-1_" + std::string(46, 'a')).type, "InvalidParameter");
    create_pool("us-east-1_localpool");
    EXPECT_EQ(pool_refusal("us-east-1_localpool"),
              (Refused{"InvalidParameter", "User pool us-east-1_localpool already exists."}));
}

// Else the users of the deleted pool would be those of the new one.
TEST_F(CustomIds, the_id_of_a_deleted_pool_is_free_when_its_users_are_gone) {
    create_pool("us-east-1_localpool");
    const object user{{"UserPoolId", "us-east-1_localpool"}, {"Username", "alice"}};
    call("AdminCreateUser", with(user, {{"MessageAction", "SUPPRESS"}}));
    call("DeleteUserPool", {{"UserPoolId", "us-east-1_localpool"}});
    EXPECT_EQ(pool_refusal("us-east-1_localpool"),
              (Refused{"InvalidParameter",
                       "The users of the former user pool us-east-1_localpool are still being "
                       "removed. Try again later."}));
    while (write([&](db::Transaction& tx) { return directory::remove_deleted(tx, clock.now(), 100); }) >= 100) {
    }
    create_pool("us-east-1_localpool");
    EXPECT_EQ(refusal("AdminGetUser", user), unknown_user);
}

TEST_F(CustomIds, a_name_chooses_the_id_of_a_client) {
    const auto pool = add_pool();
    const object body{{"UserPoolId", pool}, {"ClientName", "_custom_id_:myclient123"}};
    const auto client = call("CreateUserPoolClient", body);
    EXPECT_EQ(text(client, "UserPoolClient.ClientId"), "myclient123");
    EXPECT_EQ(text(client, "UserPoolClient.ClientName"), "_custom_id_:myclient123");
    EXPECT_EQ(refusal("CreateUserPoolClient", body),
              (Refused{"InvalidParameter", "User pool client myclient123 already exists."}));
    EXPECT_EQ(refusal("CreateUserPoolClient", with(body, {{"UserPoolId", add_pool()}})),
              (Refused{"InvalidParameter", "User pool client myclient123 already exists."}));
    call("UpdateUserPoolClient", with(body, {{"ClientId", "myclient123"}}));
    const auto tokens = sign_in_refusal("myclient123", "nobody", good);
    EXPECT_EQ(tokens.type, "InvalidParameter");  // the client is there, its flow is not allowed
}

/// A client that is deleted and made again under the same id: what emulators' users do at every start of their tests.
class RemadeClient : public House {
protected:
    object body() const {
        return {{"UserPoolId", pool},
                {"ClientName", "_custom_id_:again"},
                {"ExplicitAuthFlows", array{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}}};
    }
    void remake() {
        call("DeleteUserPoolClient", {{"UserPoolId", pool}, {"ClientId", "again"}});
        clock.advance(std::chrono::seconds(1));
        call("CreateUserPoolClient", body());
    }
    object refresh_request(const object& given) const {
        return {{"AuthFlow", "REFRESH_TOKEN_AUTH"},
                {"ClientId", "again"},
                {"AuthParameters", object{{"REFRESH_TOKEN", text(given, "RefreshToken")}}}};
    }

    const std::string pool = add_pool(tutorial());
    const std::string client = text(call("CreateUserPoolClient", body()), "UserPoolClient.ClientId");
    const std::string sub = add_user(pool, client);
};

TEST_F(RemadeClient, inherits_no_tokens) {
    const auto given = tokens(pool, client);
    call("InitiateAuth", refresh_request(given));
    remake();
    EXPECT_EQ(refusal("InitiateAuth", refresh_request(given)), (Refused{"NotAuthorized", "Invalid Refresh Token"}));
    EXPECT_EQ(
        refusal("GetTokensFromRefreshToken", {{"RefreshToken", text(given, "RefreshToken")}, {"ClientId", "again"}}),
        (Refused{"NotAuthorized", "Invalid Refresh Token"}));
    EXPECT_EQ(refusal("GetUser", {{"AccessToken", text(given, "AccessToken")}}),
              (Refused{"NotAuthorized", "Access Token has been revoked"}));
    clock.advance(std::chrono::seconds(1));  // a message after that of the former sign-in
    const auto fresh = tokens(pool, client);
    call("InitiateAuth", refresh_request(fresh));
    EXPECT_EQ(text(call("GetUser", {{"AccessToken", text(fresh, "AccessToken")}}), "Username"), sub);
}

TEST_F(RemadeClient, inherits_no_sign_in_that_is_under_way) {
    const auto asked = sign_in(client);
    const auto answer = answer_request(client, asked, last_code(pool));
    remake();
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer), invalid_session);
}

TEST_F(CustomIds, a_client_s_id_has_its_form) {
    const object body{{"UserPoolId", add_pool()}};
    EXPECT_EQ(refusal("CreateUserPoolClient", with(body, {{"ClientName", "_custom_id_:my-client"}})),
              (Refused{"InvalidParameter",
                       "my-client is no id of an app client: letters, digits, _ and +, at most 128 characters."}));
    for (const char* name : {"_custom_id_:", "_custom_id_:a/b", "_custom_id_:a:b", "other:a"}) {
        const auto refused = refusal("CreateUserPoolClient", with(body, {{"ClientName", name}}));
        EXPECT_EQ(refused.type, "InvalidParameter") << name;
        EXPECT_NE(refused.message.find(R"(regular expression pattern: [\w\s+=,.@-]+)"), std::string::npos) << refused;
    }
}

TEST_F(CustomIds, the_server_itself_chooses_ids_of_all_that_it_makes) {
    const std::string sub = "11111111-2222-4333-8444-555555555555";
    const auto made = run(door.call("test", "CreateUserPool", {{"PoolName", "fixed"}}, {.pool = "us-east-1_fixed"}));
    EXPECT_EQ(text(*made, "UserPool.Id"), "us-east-1_fixed");
    const object pool{{"UserPoolId", "us-east-1_fixed"}};
    const auto client =
        run(door.call("test", "CreateUserPoolClient", with(pool, {{"ClientName", "c"}}), {.client = "fixedclient"}));
    EXPECT_EQ(text(*client, "UserPoolClient.ClientId"), "fixedclient");
    const auto user = run(door.call("test", "AdminCreateUser",
                                    with(pool, {{"Username", "alice"}, {"MessageAction", "SUPPRESS"}}), {.user = sub}));
    EXPECT_EQ(attribute(user->at("User").at("Attributes").as_array(), "sub"), sub);
}

}  // namespace
}  // namespace symbolon::aws
