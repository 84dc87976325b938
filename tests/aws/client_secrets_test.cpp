// Secrets of app clients (cognito-api.md §2.2): two at most, each accepted wherever a secret is.
#include "aws/house.hpp"

#include <string>

namespace symbolon::aws {
namespace {

class ClientSecrets : public House {
protected:
    ClientSecrets() {
        call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", "ann"}, {"MessageAction", "SUPPRESS"}});
        call("AdminSetUserPassword",
             {{"UserPoolId", pool}, {"Username", "ann"}, {"Password", good}, {"Permanent", true}});
    }
    object of(const object& more = {}) const { return with({{"UserPoolId", pool}, {"ClientId", client}}, more); }
    object add(const object& more = {}) {
        return part(call("AddUserPoolClientSecret", of(more)), "ClientSecretDescriptor");
    }
    array list() { return call("ListUserPoolClientSecrets", of()).at("ClientSecrets").as_array(); }
    object sign_in_with(const std::string& secret) {
        return {{"AuthFlow", "USER_PASSWORD_AUTH"},
                {"ClientId", client},
                {"AuthParameters",
                 object{{"USERNAME", "ann"}, {"PASSWORD", good}, {"SECRET_HASH", hash(secret, "ann", client)}}}};
    }
    bool opens(const std::string& secret) { return send("InitiateAuth", sign_in_with(secret)).status == 200; }

    const std::string own = "My_own+secret_of_24_char";
    std::string pool = add_pool();
    std::string client = add_client(pool, {{"GenerateSecret", true}});
    std::string first = secret_of(pool, client);
};

TEST_F(ClientSecrets, are_shown_once_and_only_when_they_were_made_here) {
    const auto made = add();
    EXPECT_EQ(text(made, "ClientSecretValue").size(), 52U);
    EXPECT_EQ(made.at("ClientSecretCreateDate"), 1.8e9);
    const auto all = list();
    ASSERT_EQ(all.size(), 2U);
    for (const auto& one : all) EXPECT_FALSE(one.as_object().contains("ClientSecretValue"));
    EXPECT_EQ(text(all[1].as_object(), "ClientSecretId"), text(made, "ClientSecretId"));
    EXPECT_TRUE(text(made, "ClientSecretId").starts_with(client + "--"));
    call("DeleteUserPoolClientSecret", of({{"ClientSecretId", text(made, "ClientSecretId")}}));
    EXPECT_FALSE(add({{"ClientSecret", own}}).contains("ClientSecretValue"));
}

TEST_F(ClientSecrets, are_accepted_while_they_live) {
    EXPECT_TRUE(opens(first));
    EXPECT_FALSE(opens(own));
    add({{"ClientSecret", own}});
    EXPECT_TRUE(opens(first));
    EXPECT_TRUE(opens(own));
    EXPECT_FALSE(opens("another_secret_of_24_char"));
    call("DeleteUserPoolClientSecret", of({{"ClientSecretId", text(list()[0].as_object(), "ClientSecretId")}}));
    EXPECT_FALSE(opens(first));
    EXPECT_TRUE(opens(own));
    EXPECT_EQ(secret_of(pool, client), own);
}

TEST_F(ClientSecrets, in_clear_are_accepted_while_they_live) {
    add({{"ClientSecret", own}});
    const auto given = part(call("InitiateAuth", sign_in_with(own)), "AuthenticationResult");
    const object revoke{{"ClientId", client}, {"Token", text(given, "RefreshToken")}};
    EXPECT_NE(send("RevokeToken", with(revoke, {{"ClientSecret", "another_secret_of_24_char"}})).status, 200);
    EXPECT_EQ(send("RevokeToken", with(revoke, {{"ClientSecret", own}})).status, 200);
}

TEST_F(ClientSecrets, are_two_at_most_and_one_at_least) {
    EXPECT_EQ(
        refusal("DeleteUserPoolClientSecret", of({{"ClientSecretId", text(list()[0].as_object(), "ClientSecretId")}}))
            .type,
        "InvalidParameter");
    add();
    EXPECT_EQ(refusal("AddUserPoolClientSecret", of()).type, "LimitExceeded");
    EXPECT_EQ(refusal("DeleteUserPoolClientSecret", of({{"ClientSecretId", client + "--1"}})).type, "ResourceNotFound");
    EXPECT_TRUE(opens(first));
}

TEST_F(ClientSecrets, are_not_for_public_clients) {
    client = add_client(pool);
    EXPECT_EQ(refusal("AddUserPoolClientSecret", of()).type, "InvalidParameter");
    EXPECT_EQ(list(), array{});
}

TEST_F(ClientSecrets, survive_an_update_of_the_client) {
    add({{"ClientSecret", own}});
    call("UpdateUserPoolClient",
         of({{"ExplicitAuthFlows", array{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}}}));
    EXPECT_TRUE(opens(first));
    EXPECT_TRUE(opens(own));
}

// Attack row 37.
TEST_F(ClientSecrets, of_another_pools_client_are_out_of_reach) {
    const auto id = text(add(), "ClientSecretId");
    const Refused unknown{"ResourceNotFound", "User pool client " + client + " does not exist."};
    const object foreign{{"UserPoolId", add_pool()}, {"ClientId", client}};
    EXPECT_EQ(refusal("AddUserPoolClientSecret", foreign), unknown);
    EXPECT_EQ(refusal("ListUserPoolClientSecrets", foreign), unknown);
    EXPECT_EQ(refusal("DeleteUserPoolClientSecret", with(foreign, {{"ClientSecretId", id}})), unknown);
    EXPECT_EQ(list().size(), 2U);
}

}  // namespace
}  // namespace symbolon::aws
