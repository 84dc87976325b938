// serve --bootstrap: what a file says is there afterwards, once, whatever was there before.
#include "app/bootstrap/bootstrap.hpp"

#include "aws/house.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "temporary_folder.hpp"

#include <boost/json/serialize.hpp>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace symbolon::app {
namespace {

using namespace std::chrono_literals;
using aws::Refused;
using aws::text;
using aws::with;
using boost::json::array;
using boost::json::object;

constexpr const char* whole = R"(
UserPools:
  - Id: us-east-1_Dev000001
    PoolName: dev
    UsernameAttributes: [phone_number]
    AutoVerifiedAttributes: [phone_number]
    SmsConfiguration: {SnsCallerArn: "arn:aws:iam::000000000000:role/sms"}
    MfaConfiguration: OFF
    Policies: {PasswordPolicy: {MinimumLength: 8, RequireSymbols: false}}
    ResourceServers:
      - {Identifier: "https://api.example", Name: api, Scopes: [{ScopeName: read, ScopeDescription: Reads}]}
    Clients:
      - ClientId: devclient
        ClientName: app
        ClientSecret: ${SYMBOLON_TEST_SECRET}
        ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
        AllowedOAuthFlowsUserPoolClient: true
        AllowedOAuthFlows: [client_credentials]
        AllowedOAuthScopes: ["https://api.example/read"]
      - {ClientName: spa, ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]}
    Domains:
      - {Domain: dev-domain}
    Groups:
      - {GroupName: admins, Precedence: 1}
    Users:
      - Username: +14155550123
        Sub: 11111111-2222-4333-8444-555555555555
        Password: Correct-Horse-7
        Groups: [admins]
        UserAttributes: [{Name: phone_number_verified, Value: true}]
)";

class Bootstrap : public aws::House {
protected:
    Bootstrap() { ::setenv("SYMBOLON_TEST_SECRET", secret, 1); }
    ~Bootstrap() override { ::unsetenv("SYMBOLON_TEST_SECRET"); }

    void boot(const std::string& content) {
        std::ofstream(path, std::ios::binary) << content;
        bootstrap(path, door, *db, sealer, {clock, directory::NodeId("node")});
    }
    /// The message of the refusal, without the name of the file.
    std::string boot_refusal(const std::string& content) {
        try {
            boot(content);
        } catch (const Error& error) {
            EXPECT_TRUE(error.message.starts_with(path + ": ")) << error.message;
            return error.message.substr(std::min(error.message.size(), path.size() + 2));
        }
        return "(not refused)";
    }
    std::string show() {
        const object pool{{"UserPoolId", "us-east-1_Dev000001"}};
        return boost::json::serialize(call("DescribeUserPool", pool)) +
               boost::json::serialize(call("ListUserPoolClients", pool)) +
               boost::json::serialize(call("DescribeUserPoolClient", with(pool, {{"ClientId", "devclient"}}))) +
               boost::json::serialize(call("ListUsers", pool)) + boost::json::serialize(call("ListGroups", pool)) +
               boost::json::serialize(call("ListUserPools", {{"MaxResults", 60}}));
    }
    object user() { return call("AdminGetUser", {{"UserPoolId", "us-east-1_Dev000001"}, {"Username", jane}}); }

    static constexpr const char* secret = "0123456789012345678901234567";
    TemporaryFolder folder;
    const std::string path = folder.path() + "/pools.yaml";
};

TEST_F(Bootstrap, makes_what_the_file_says) {
    boot(whole);
    const object pool{{"UserPoolId", "us-east-1_Dev000001"}};
    EXPECT_EQ(text(call("DescribeUserPool", pool), "UserPool.Domain"), "dev-domain");
    EXPECT_EQ(secret_of("us-east-1_Dev000001", "devclient"), secret);
    EXPECT_EQ(text(user(), "UserStatus"), "CONFIRMED");
    EXPECT_EQ(text(user(), "Username"), "11111111-2222-4333-8444-555555555555");
    const auto groups = call("AdminListGroupsForUser", with(pool, {{"Username", jane}}));
    EXPECT_EQ(text(groups.at("Groups").as_array().at(0).as_object(), "GroupName"), "admins");
    const auto tokens =
        call("InitiateAuth",
             {{"AuthFlow", "USER_PASSWORD_AUTH"},
              {"ClientId", "devclient"},
              {"AuthParameters",
               object{{"USERNAME", jane}, {"PASSWORD", good}, {"SECRET_HASH", hash(secret, jane, "devclient")}}}});
    EXPECT_NE(text(tokens, "AuthenticationResult.AccessToken"), "");
    EXPECT_TRUE(messages("us-east-1_Dev000001").empty()) << "nobody is invited who has a password";
}

TEST_F(Bootstrap, changes_nothing_when_all_is_there) {
    boot(whole);
    const auto before = show();
    clock.advance(10min);
    boot(whole);
    EXPECT_EQ(show(), before);
}

TEST_F(Bootstrap, puts_extensions_that_later_calls_leave_alone) {
    boot(R"(
UserPools:
  - Id: us-east-1_Dev000001
    PoolName: dev
    Extensions: {strict_oidc: true}
    Clients:
      - {ClientId: devclient, ClientName: app, Extensions: {response_types: [code id_token], require_pkce: true}}
)");
    const object pool{{"UserPoolId", "us-east-1_Dev000001"}};
    call("UpdateUserPool", with(pool, {{"PoolName", "renamed"}}));
    call("UpdateUserPoolClient", with(pool, {{"ClientId", "devclient"}, {"ClientName", "renamed"}}));
    const auto read = [&](db::Transaction& tx) {
        return std::pair{directory::Pools(tx).get(PoolId("us-east-1_Dev000001")),
                         *directory::Clients(tx, sealer).find(ClientId("devclient"))};
    };
    const auto [found_pool, found_client] = run(db->read(read));
    EXPECT_EQ(found_pool.name, "renamed");
    EXPECT_EQ(found_pool.extensions.strict_oidc, true);
    EXPECT_EQ(found_client.name, "renamed");
    EXPECT_EQ(found_client.extensions.require_pkce, true);
    ASSERT_TRUE(found_client.extensions.response_types);
    EXPECT_EQ((*found_client.extensions.response_types)[0].str(), "code id_token");
}

TEST_F(Bootstrap, extensions_that_do_not_fit_are_refused_with_their_place) {
    const auto with_client = [](const std::string& extensions) {
        return "UserPools: [{PoolName: dev, Clients: [{ClientName: app, Extensions: " + extensions + "}]}]";
    };
    EXPECT_EQ(boot_refusal(with_client("{nonsense: true}")),
              "UserPools[0].Clients[0].Extensions.nonsense: there is no such member.");
    EXPECT_EQ(boot_refusal(with_client("{subject_type: private}")),
              "UserPools[0].Clients[0]: Extensions.subject_type: public or pairwise is expected.");
}

TEST_F(Bootstrap, what_was_changed_since_stays_and_what_is_missing_is_made) {
    boot(whole);
    const object pool{{"UserPoolId", "us-east-1_Dev000001"}};
    call("UpdateUserPool", with(pool, {{"PoolName", "renamed"}}));
    call("AdminSetUserPassword",
         with(pool, {{"Username", jane}, {"Password", "Another-Horse-8"}, {"Permanent", true}}));
    call("DeleteUserPoolClient", with(pool, {{"ClientId", "devclient"}}));
    boot(whole);
    EXPECT_EQ(text(call("DescribeUserPool", pool), "UserPool.Name"), "renamed");
    EXPECT_EQ(secret_of("us-east-1_Dev000001", "devclient"), secret);
    const auto spa =
        text(call("ListUserPoolClients", pool).at("UserPoolClients").as_array().at(1).as_object(), "ClientId");
    EXPECT_NE(spa, "");
    const auto old =
        call("InitiateAuth", {{"AuthFlow", "USER_PASSWORD_AUTH"},
                              {"ClientId", "devclient"},
                              {"AuthParameters", object{{"USERNAME", jane},
                                                        {"PASSWORD", "Another-Horse-8"},
                                                        {"SECRET_HASH", hash(secret, jane, "devclient")}}}});
    EXPECT_NE(text(old, "AuthenticationResult.AccessToken"), "");
}

TEST_F(Bootstrap, without_ids_pools_and_clients_are_known_by_name) {
    const std::string file = "UserPools: [{PoolName: dev, Clients: [{ClientName: a}, {ClientName: b}]}]";
    boot(file);
    boot(file);
    const auto pools = call("ListUserPools", {{"MaxResults", 60}}).at("UserPools").as_array();
    ASSERT_EQ(pools.size(), 1U);
    const auto id = text(pools.at(0).as_object(), "Id");
    EXPECT_EQ(call("ListUserPoolClients", {{"UserPoolId", id}}).at("UserPoolClients").as_array().size(), 2U);
}

TEST_F(Bootstrap, reads_json) {
    boot(R"({"UserPools": [{"Id": "us-east-1_Json00001", "PoolName": "json", "UserPoolTags": {"a": "1"}}]})");
    const auto pool = call("DescribeUserPool", {{"UserPoolId", "us-east-1_Json00001"}});
    EXPECT_EQ(text(pool, "UserPool.UserPoolTags.a"), "1");
}

TEST_F(Bootstrap, an_empty_file_makes_nothing) {
    boot("");
    boot("UserPools:\n");
    EXPECT_EQ(call("ListUserPools", {{"MaxResults", 60}}).at("UserPools").as_array().size(), 0U);
}

TEST_F(Bootstrap, a_text_stays_a_text_however_it_looks) {
    boot(
        R"(UserPools: [{Id: us-east-1_Texts0001, PoolName: 0123, MfaConfiguration: OFF, UserPoolTags: {a: true, b: 1.0}}])");
    const auto pool = call("DescribeUserPool", {{"UserPoolId", "us-east-1_Texts0001"}});
    EXPECT_EQ(text(pool, "UserPool.Name"), "0123");
    EXPECT_EQ(text(pool, "UserPool.UserPoolTags.a"), "true");
    EXPECT_EQ(text(pool, "UserPool.UserPoolTags.b"), "1.0");
}

TEST_F(Bootstrap, the_environment_is_read_and_may_be_escaped) {
    boot(
        R"(UserPools: [{Id: us-east-1_Envs00001, PoolName: "a ${SYMBOLON_TEST_SECRET}", UserPoolTags: {a: "$${HOME} $5"}}])");
    const auto pool = call("DescribeUserPool", {{"UserPoolId", "us-east-1_Envs00001"}});
    EXPECT_EQ(text(pool, "UserPool.Name"), std::string("a ") + secret);
    EXPECT_EQ(text(pool, "UserPool.UserPoolTags.a"), "${HOME} $5");
    EXPECT_EQ(boot_refusal("UserPools: [{PoolName: '${SYMBOLON_TEST_NOWHERE}'}]"),
              "UserPools[0].PoolName: the environment has no SYMBOLON_TEST_NOWHERE.");
    EXPECT_EQ(boot_refusal("UserPools: [{PoolName: '${HOME'}]"), "UserPools[0].PoolName: \"${\" without \"}\".");
}

TEST_F(Bootstrap, what_is_wrong_is_named_with_its_place_before_anything_is_made) {
    const auto expect = [&](const std::string& pool, const std::string& message) {
        EXPECT_EQ(boot_refusal("UserPools:\n  - {PoolName: good}\n  - {PoolName: bad, " + pool + "}"),
                  "UserPools[1]" + message);
    };
    expect("Regoin: here", ".Regoin: there is no such member.");
    expect("Policies: {PasswordPolicy: {MinimumLenght: 8}}",
           ".Policies.PasswordPolicy.MinimumLenght: there is no such member.");
    expect("Policies: {PasswordPolicy: {MinimumLength: eight}}",
           ".Policies.PasswordPolicy.MinimumLength: a number is expected.");
    expect("Policies: {PasswordPolicy: {RequireNumbers: yes}}",
           ".Policies.PasswordPolicy.RequireNumbers: true or false is expected.");
    expect("AutoVerifiedAttributes: email", ".AutoVerifiedAttributes: a list is expected.");
    expect("Clients: {ClientName: a}", ".Clients: a list is expected.");
    expect("Clients: [{GenerateSecret: true}]", ".Clients[0]: ClientName is missing.");
    expect("Clients: [{ClientName: a, UserPoolId: x}]", ".Clients[0].UserPoolId: is the pool around it.");
    expect("Clients: [{ClientName: a}, {ClientName: a}]", ".Clients[1]: there is another one of this id or name.");
    expect("Users: [{Username: a}, {Username: a}]", ".Users[1]: there is another one of this id or name.");
    expect("Users: [{Username: a, Sub: nobody}]", ".Users[0].Sub: a UUID in lower case is expected.");
    expect("Users: [{Username: a, Groups: all}]", ".Users[0].Groups: a list is expected.");
    expect("PoolName: again", ".PoolName: is given twice.");
    EXPECT_EQ(boot_refusal("UserPools: [{PoolName: a}, {PoolName: a}]"),
              "UserPools[1]: there is another pool of this id or name.");
    EXPECT_EQ(boot_refusal("Pools: []"), "Pools: there is no such section.");
    EXPECT_EQ(boot_refusal("[]"), "a map is expected.");
    EXPECT_NE(boot_refusal("UserPools: [").find("line 1"), std::string::npos);
    EXPECT_EQ(call("ListUserPools", {{"MaxResults", 60}}).at("UserPools").as_array().size(), 0U);
}

TEST_F(Bootstrap, a_file_that_is_not_there_is_an_error) {
    EXPECT_THROW(bootstrap(folder.path() + "/nowhere.yaml", door, *db, sealer, {clock, directory::NodeId("node")}),
                 Error);
}

TEST_F(Bootstrap, what_an_operation_refuses_is_named_with_its_place) {
    EXPECT_EQ(boot_refusal("UserPools: [{Id: nowhere, PoolName: a}]"),
              "UserPools[0]: 1 validation error detected: Value 'nowhere' at 'userPoolId' failed to satisfy "
              R"(constraint: Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+)");
    EXPECT_EQ(boot_refusal("UserPools: [{PoolName: a, Users: [{Username: u, Password: short}]}]"),
              "UserPools[0].Users[0]: Password did not conform with policy: Password not long enough");
    boot("UserPools: [{PoolName: b, Domains: [{Domain: taken}]}]");
    EXPECT_EQ(boot_refusal("UserPools: [{PoolName: c, Domains: [{Domain: taken}]}]"),
              "UserPools[0].Domains[0]: Domain already associated with another user pool.");
}

TEST_F(Bootstrap, a_user_whom_an_interrupted_start_has_left_without_the_password_is_finished) {
    boot("UserPools: [{Id: us-east-1_Dev000001, PoolName: dev, UsernameAttributes: [phone_number]}]");
    call("AdminCreateUser", {{"UserPoolId", "us-east-1_Dev000001"}, {"Username", jane}, {"MessageAction", "SUPPRESS"}});
    EXPECT_EQ(text(user(), "UserStatus"), "FORCE_CHANGE_PASSWORD");
    boot(whole);
    EXPECT_EQ(text(user(), "UserStatus"), "CONFIRMED");
}

TEST_F(Bootstrap, a_password_may_be_temporary) {
    boot(
        "UserPools: [{Id: us-east-1_Dev000001, PoolName: dev, Users: [{Username: a, Password: Correct-Horse-7, "
        "Confirmed: false}]}]");
    const auto made = call("AdminGetUser", {{"UserPoolId", "us-east-1_Dev000001"}, {"Username", "a"}});
    EXPECT_EQ(text(made, "UserStatus"), "FORCE_CHANGE_PASSWORD");
}

TEST_F(Bootstrap, nobody_else_s_sub_is_taken) {
    const std::string sub = "11111111-2222-4333-8444-555555555555";
    EXPECT_EQ(boot_refusal("UserPools: [{PoolName: dev, Users: [{Username: a, Sub: " + sub +
                           "}, {Username: b, Sub: " + sub + "}]}]"),
              "UserPools[0].Users[1]: there is another user with this Sub.");
}

TEST_F(Bootstrap, the_example_of_the_documentation_works) {
    std::ifstream in(SYMBOLON_BOOTSTRAP_DOC);
    const std::string page{std::istreambuf_iterator<char>(in), {}};
    const std::string mark = "```yaml\n";
    const auto begin = page.find(mark);
    ASSERT_NE(begin, std::string::npos);
    const auto end = page.find("```", begin + mark.size());
    boot(page.substr(begin + mark.size(), end - begin - mark.size()));
    EXPECT_GE(call("ListUserPools", {{"MaxResults", 60}}).at("UserPools").as_array().size(), 1U);
}

}  // namespace
}  // namespace symbolon::app
