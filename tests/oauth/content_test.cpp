// What tokens say beyond the sign-in: groups, devices, and what the pool's pre token generation hook changes
// (oauth-and-hosted-ui.md §2.2, §2.3; cognito-api.md §6.3).
#include "oauth/tokens/content.hpp"

#include "directory/groups.hpp"
#include "oauth/house.hpp"

#include <boost/json/serialize.hpp>

#include <string>
#include <vector>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;

const std::string hook = "arn:aws:lambda:us-east-1:123456789012:function:claims";

class Contents : public House {
protected:
    void add_to_group(const std::string& name, std::optional<std::int64_t> precedence, const std::string& role = "") {
        directory::Group group;
        group.pool_id = pool_id;
        group.name = name;
        group.id = "id of " + name;
        if (!role.empty()) group.role_arn = role;
        group.precedence = precedence;
        write([&](db::Transaction& tx) {
            directory::Groups(tx).create(group);
            directory::Groups(tx).add(group, user_id);
        });
    }
    void set_hook(directory::PreTokenGenerationLambdaVersionType version) {
        write([&](db::Transaction& tx) {
            auto changed = directory::Pools(tx).get(pool_id);
            changed.settings.LambdaConfig.emplace().PreTokenGenerationConfig =
                directory::PreTokenGenerationVersionConfigType{version, hook};
            directory::Pools(tx).save(changed);
        });
        catalog->forget(pool_id);
    }
    object access_of(const object& given) { return claims_of(text(given, "access_token")); }
    object id_of(const object& given) { return claims_of(text(given, "id_token")); }
    using Version = directory::PreTokenGenerationLambdaVersionType;
};

TEST_F(Contents, have_no_groups_of_who_is_in_none) {
    const auto given = get_tokens();
    for (const auto& claims : {access_of(given), id_of(given)}) {
        for (const char* claim : {"cognito:groups", "cognito:roles", "cognito:preferred_role", "device_key"})
            EXPECT_FALSE(claims.contains(claim)) << claim;
    }
}

TEST_F(Contents, name_the_groups_by_precedence_and_their_roles) {
    const std::string readers = "arn:aws:iam::123456789012:role/readers",
                      admins = "arn:aws:iam::123456789012:role/admins";
    add_to_group("plain", std::nullopt);
    add_to_group("readers", 10, readers);
    add_to_group("admins", 1, admins);
    const auto given = get_tokens();
    EXPECT_EQ(access_of(given).at("cognito:groups"), (array{"admins", "readers", "plain"}));
    EXPECT_FALSE(access_of(given).contains("cognito:roles"));
    EXPECT_EQ(id_of(given).at("cognito:groups"), (array{"admins", "readers", "plain"}));
    EXPECT_EQ(id_of(given).at("cognito:roles"), (array{admins, readers}));
    EXPECT_EQ(text(id_of(given), "cognito:preferred_role"), admins);
}

TEST_F(Contents, prefer_no_role_on_a_tie) {
    add_to_group("a", 1, "arn:aws:iam::123456789012:role/a-role");
    add_to_group("b", 1, "arn:aws:iam::123456789012:role/b-role");
    EXPECT_FALSE(id_of(get_tokens()).contains("cognito:preferred_role"));
}

TEST_F(Contents, show_a_new_group_from_the_next_refresh_on) {
    const auto token = text(get_tokens(), "refresh_token");
    add_to_group("late", 5);
    EXPECT_EQ(access_of(json_of(refresh(token))).at("cognito:groups"), array{"late"});
}

TEST_F(Contents, show_the_identities_that_are_linked_to_the_user) {
    change_user([](auto& user) {
        user.attributes["identities"] =
            R"([{"userId":"7","providerName":"Example","issuer":null,"primary":false,"dateCreated":1642699117273}])";
    });
    EXPECT_EQ(
        boost::json::serialize(id_of(get_tokens()).at("identities")),
        R"([{"userId":"7","providerName":"Example","issuer":null,"primary":"false","dateCreated":"1642699117273"}])");
}

TEST_F(Contents, name_a_device_that_was_known_before) {
    auto known = signed_in();
    known.device_key = "us-east-1_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    auto unknown = known;
    unknown.new_device = true;
    Issue issue;
    issue.hosted = false;
    const auto of_known = run(tokens->issue(pool(), client(web), known, issue));
    EXPECT_EQ(text(claims_of(of_known.access_token), "device_key"), known.device_key);
    const auto of_unknown = run(tokens->issue(pool(), client(web), unknown, issue));
    EXPECT_FALSE(claims_of(of_unknown.access_token).contains("device_key"));
}

TEST_F(Contents, a_refresh_names_its_device_where_the_pool_tracks_devices) {
    auto on_device = signed_in();
    on_device.device_key = "us-east-1_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    Issue issue;
    issue.hosted = false;
    const auto token = run(tokens->issue(pool(), client(web), on_device, issue)).refresh_token;
    EXPECT_NE(run(tokens->refresh(pool(), client(web), {token})).access_token, "") << "devices are not tracked";
    write([&](db::Transaction& tx) {
        auto changed = directory::Pools(tx).get(pool_id);
        changed.settings.DeviceConfiguration.emplace();
        directory::Pools(tx).save(changed);
    });
    catalog->forget(pool_id);
    for (const std::string& key : {std::string(), std::string("us-east-1_another")}) {
        const auto refusal = refusal_of([&] { run(tokens->refresh(pool(), client(web), {token, {}, key})); });
        EXPECT_EQ(refusal.code, Errc::oauth_invalid_grant);
        EXPECT_EQ(refusal.message, "Invalid Refresh Token");
    }
    EXPECT_NE(run(tokens->refresh(pool(), client(web), {token, {}, on_device.device_key})).access_token, "");
}

TEST_F(Contents, a_hook_of_the_first_version_changes_the_id_token) {
    set_hook(Version::V1_0);
    functions.add_answer(hook,
                         {{"claimsOverrideDetails",
                           object{{"claimsToAddOrOverride", object{{"tier", "gold"}, {"email", "other@example.com"}}},
                                  {"claimsToSuppress", array{"phone_number"}}}}});
    const auto given = get_tokens({{"scope", "openid"}});
    EXPECT_EQ(text(id_of(given), "tier"), "gold");
    EXPECT_EQ(text(id_of(given), "email"), "other@example.com");
    EXPECT_FALSE(id_of(given).contains("phone_number"));
    EXPECT_FALSE(access_of(given).contains("tier"));
    ASSERT_EQ(functions.seen.size(), 1U);
    EXPECT_EQ(text(functions.seen[0].event, "triggerSource"), "TokenGeneration_HostedAuth");
}

TEST_F(Contents, a_hook_of_the_second_version_changes_both_tokens_and_the_scopes) {
    set_hook(Version::V2_0);
    functions.add_answer(
        hook, {{"claimsAndScopeOverrideDetails",
                object{{"idTokenGeneration", object{{"claimsToAddOrOverride", object{{"nested", object{{"a", 1}}}}}}},
                       {"accessTokenGeneration", object{{"claimsToAddOrOverride", object{{"tenant", array{"x", 2}}}},
                                                        {"scopesToAdd", array{"orders/read", "two words", "quo\"te"}},
                                                        {"scopesToSuppress", array{"phone"}}}}}}});
    const auto given = get_tokens({{"scope", "openid phone"}});
    EXPECT_EQ(boost::json::serialize(id_of(given).at("nested")), R"({"a":1})");
    EXPECT_EQ(boost::json::serialize(access_of(given).at("tenant")), R"(["x",2])");
    EXPECT_EQ(text(access_of(given), "scope"), "openid orders/read");
    EXPECT_EQ(text(given, "scope"), "openid orders/read");
    EXPECT_EQ(text(id_of(given), "phone_number"), "+14155550123") << "released by what was granted";
}

TEST_F(Contents, a_hook_replaces_the_groups_in_both_tokens) {
    add_to_group("admins", 1, "arn:aws:iam::123456789012:role/admins");
    set_hook(Version::V1_0);
    functions.add_answer(hook, {{"claimsOverrideDetails",
                                 object{{"groupOverrideDetails", object{{"groupsToOverride", array{"guests"}}}}}}});
    const auto given = get_tokens();
    EXPECT_EQ(access_of(given).at("cognito:groups"), array{"guests"});
    EXPECT_EQ(id_of(given).at("cognito:groups"), array{"guests"});
    EXPECT_FALSE(id_of(given).contains("cognito:roles"));
}

/// What is proven stays what it is, whatever a hook answers.
TEST_F(Contents, a_hook_changes_nothing_that_was_proven) {
    const auto before = get_tokens({{"nonce", "n-1"}});
    set_hook(Version::V2_0);
    object wanted;
    for (const char* claim : {"acr",
                              "amr",
                              "at_hash",
                              "auth_time",
                              "azp",
                              "aud",
                              "cognito:username",
                              "cognito:groups",
                              "device_key",
                              "event_id",
                              "exp",
                              "iat",
                              "identities",
                              "iss",
                              "jti",
                              "nbf",
                              "nonce",
                              "origin_jti",
                              "sub",
                              "token_use",
                              "username",
                              "version",
                              "client_id",
                              "scope",
                              "dev:x",
                              ""}) {
        wanted[claim] = "forged";
    }
    array suppressed;
    for (const auto& [name, value] : wanted) suppressed.emplace_back(name);
    for (const bool suppress : {false, true}) {
        const object changes =
            suppress ? object{{"claimsToSuppress", suppressed}} : object{{"claimsToAddOrOverride", wanted}};
        functions.add_answer(hook, {{"claimsAndScopeOverrideDetails",
                                     object{{"idTokenGeneration", changes}, {"accessTokenGeneration", changes}}}});
        const auto given = get_tokens({{"nonce", "n-1"}});
        for (const char* token : {"access_token", "id_token"}) {
            const auto was = claims_of(text(before, token)), is = claims_of(text(given, token));
            ASSERT_EQ(was.size(), is.size()) << boost::json::serialize(is);
            for (const auto& [name, value] : is) {
                ASSERT_TRUE(was.contains(name)) << name;
                EXPECT_NE(boost::json::serialize(value), "\"forged\"") << name;
            }
            for (const char* same : {"sub", "token_use", "iss"}) EXPECT_EQ(was.at(same), is.at(same));
        }
        EXPECT_EQ(text(id_of(given), "nonce"), "n-1");
        EXPECT_EQ(user_info(text(given, "access_token")).status, 200);
    }
}

TEST_F(Contents, a_hook_keeps_the_types_of_claims) {
    set_hook(Version::V2_0);
    functions.add_answer(
        hook,
        {{"claimsAndScopeOverrideDetails",
          object{{"idTokenGeneration", object{{"claimsToAddOrOverride", object{{"phone_number_verified", "false"},
                                                                               {"email_verified", 7},
                                                                               {"updated_at", "soon"},
                                                                               {"address", "Other Street 2"}}}}}}}});
    const auto id = id_of(get_tokens({{"scope", "openid"}}));
    EXPECT_EQ(id.at("phone_number_verified"), false);
    EXPECT_FALSE(id.contains("email_verified")) << "the user has none, and 7 is none";
    EXPECT_EQ(id.at("updated_at"), 1700000000);
    EXPECT_EQ(boost::json::serialize(id.at("address")), R"({"formatted":"Other Street 2"})");
}

TEST_F(Contents, a_hook_that_refuses_leaves_no_live_family) {
    set_hook(Version::V1_0);
    functions.add(hook, [](object) -> object { throw std::runtime_error("not today"); });
    Issue issue;
    issue.hosted = false;
    issue.grant_id = "11111111-0000-4000-8000-000000000000";
    const auto refusal = refusal_of([&] { run(tokens->issue(pool(), client(web), signed_in(), issue)); });
    EXPECT_EQ(refusal.code, Errc::hook_refused);
    EXPECT_EQ(refusal.message, "PreTokenGeneration failed with error not today.");
    const auto find = [&](db::Transaction& tx) { return directory::Grants(tx).find(pool_id, issue.grant_id); };
    EXPECT_TRUE(run(db->read(find)).value().revoked);
}

TEST_F(Contents, a_refresh_that_a_hook_refuses_can_be_tried_again) {
    change_client(web, [](auto& settings) {
        settings.RefreshTokenRotation = directory::RefreshTokenRotationType{directory::FeatureType::ENABLED, 0};
    });
    const auto token = text(get_tokens(), "refresh_token");
    set_hook(Version::V1_0);
    functions.add(hook, [](object) -> object { throw std::runtime_error("not today"); });
    EXPECT_NE(refresh(token).status, 200);
    functions.add_answer(hook, {});
    EXPECT_EQ(refresh(token).status, 200);
    EXPECT_EQ(functions.sources().back(), "TokenGeneration_RefreshTokens");
}

TEST_F(Contents, of_a_token_of_a_client_for_itself_are_changed_by_the_third_version_alone) {
    const Pairs form{{"grant_type", "client_credentials"}, {"scope", "https://api.example/v1/read"}};
    const std::pair<std::string, std::string> proof{"Authorization", basic(robot.str(), secret)};
    functions.add_answer(
        hook, {{"claimsAndScopeOverrideDetails",
                object{{"accessTokenGeneration",
                        object{{"claimsToAddOrOverride", object{{"tenant", "x"}}}, {"scopesToAdd", array{"more"}}}}}}});
    set_hook(Version::V2_0);
    EXPECT_FALSE(access_of(json_of(post("/oauth2/token", form, {proof}))).contains("tenant"));
    EXPECT_TRUE(functions.seen.empty());
    set_hook(Version::V3_0);
    const auto claims = access_of(json_of(post("/oauth2/token", form, {proof})));
    EXPECT_EQ(text(claims, "tenant"), "x");
    EXPECT_EQ(text(claims, "scope"), "https://api.example/v1/read more");
    EXPECT_EQ(functions.sources(), std::vector<std::string>{"TokenGeneration_ClientCredentials"});
}

}  // namespace
}  // namespace symbolon::oauth
