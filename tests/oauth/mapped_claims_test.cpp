// Claims by declaration (directory/claim_mappings.hpp), and claims that are added to tokens nobody can read.

#include "directory/groups.hpp"
#include "oauth/house.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;
using directory::AccessTokenFormat;
using directory::ClaimMapping;
using directory::ClaimMappings;
using directory::ClaimPlace;

const std::string mapping_hook = "arn:aws:lambda:us-east-1:123456789012:function:claims";

class MappedClaims : public House {
protected:
    MappedClaims() {
        change_user([](auto& user) {
            user.attributes["custom:dept"] = "R&D \"7\"";
            user.attributes["nickname"] = "Janie";
            user.attributes["address"] = "1 Way";
        });
        // Custom attributes are for clients that are set to read them.
        for (const auto& id : {web, app})
            change_client(id, [](auto& settings) {
                settings.ReadAttributes = List<directory::shape::ClientPermission>{"phone_number", "nickname",
                                                                                   "address", "website", "custom:dept"};
            });
        directory::Group group;
        group.pool_id = pool_id;
        group.name = "admins";
        group.id = "id of admins";
        write([&](db::Transaction& tx) {
            directory::Groups(tx).create(group);
            directory::Groups(tx).add(group, user_id);
        });
    }
    static ClaimMapping map(std::string claim, std::string from, std::vector<ClaimPlace> in) {
        return {directory::shape::MappedClaim(std::move(claim)), directory::shape::MappedSource(std::move(from)),
                List<ClaimPlace, 1, 3>(std::move(in))};
    }
    void map_in_pool(std::vector<ClaimMapping> mappings) {
        extend_pool([&](auto& e) { e.claim_mappings = ClaimMappings(std::move(mappings)); });
    }
    void map_in_client(std::vector<ClaimMapping> mappings) {
        extend_client(web, [&](auto& e) { e.claim_mappings = ClaimMappings(std::move(mappings)); });
    }
    object introspected(const std::string& token) {
        return json_of(
            post("/oauth2/introspect", Pairs{{"token", token}}, {{"Authorization", basic(web.str(), secret)}}));
    }
    static object access_of(const object& given) { return claims_of(text(given, "access_token")); }
    static object id_of(const object& given) { return claims_of(text(given, "id_token")); }
};

TEST_F(MappedClaims, stand_where_they_are_declared) {
    map_in_pool({map("dept", "custom:dept", {ClaimPlace::id_token}),
                 map("roles", "groups", {ClaimPlace::access_token, ClaimPlace::userinfo}),
                 map("https://example.com/address", "address", {ClaimPlace::userinfo})});
    const auto given = get_tokens();
    EXPECT_EQ(text(id_of(given), "dept"), "R&D \"7\"");
    EXPECT_FALSE(id_of(given).contains("roles"));
    EXPECT_EQ(access_of(given).at("roles"), array{"admins"});
    EXPECT_FALSE(access_of(given).contains("dept"));
    const auto info = json_of(user_info(text(given, "access_token")));
    EXPECT_EQ(info.at("roles"), array{"admins"});
    EXPECT_EQ(info.at("https://example.com/address"), (object{{"formatted", "1 Way"}}));
    EXPECT_FALSE(info.contains("dept"));
    const auto again = json_of(refresh(text(given, "refresh_token")));
    EXPECT_EQ(text(id_of(again), "dept"), "R&D \"7\"");
}

TEST_F(MappedClaims, of_the_client_win_and_of_others_are_not_seen) {
    map_in_pool({map("who", "custom:dept", {ClaimPlace::id_token})});
    map_in_client({map("who", "nickname", {ClaimPlace::id_token})});
    EXPECT_EQ(text(id_of(get_tokens()), "who"), "Janie");
    const Pairs other{{"client_id", app.str()}, {"scope", "openid"}};
    const auto code = parameter_of(location(authorize(other, {sign_in_browser()})), "code");
    const auto given =
        json_of(post("/oauth2/token", code_form(code, {{"client_id", app.str()}, {"client_secret", ""}})));
    EXPECT_EQ(text(id_of(given), "who"), "R&D \"7\"");
}

TEST_F(MappedClaims, give_no_client_what_it_may_not_read) {
    map_in_pool({map("dept", "custom:dept", {ClaimPlace::id_token, ClaimPlace::userinfo})});
    change_client(web, [](auto& settings) {
        settings.ReadAttributes = List<directory::shape::ClientPermission>{"phone_number"};
    });
    const auto given = get_tokens();
    EXPECT_FALSE(id_of(given).contains("dept"));
    EXPECT_FALSE(json_of(user_info(text(given, "access_token"))).contains("dept"));
}

TEST_F(MappedClaims, take_the_place_of_attributes_once) {
    map_in_pool({map("nickname", "custom:dept", {ClaimPlace::userinfo})});
    const auto body = user_info(text(get_tokens({{"scope", "openid"}}), "access_token")).body;
    EXPECT_EQ(text(boost::json::parse(body).as_object(), "nickname"), "R&D \"7\"");
    EXPECT_EQ(body.find("nickname"), body.rfind("nickname")) << body;
}

TEST_F(MappedClaims, are_nothing_where_the_user_has_nothing) {
    map_in_pool({map("site", "website", {ClaimPlace::id_token, ClaimPlace::access_token, ClaimPlace::userinfo})});
    const auto given = get_tokens();
    EXPECT_FALSE(id_of(given).contains("site"));
    EXPECT_FALSE(access_of(given).contains("site"));
    EXPECT_FALSE(json_of(user_info(text(given, "access_token"))).contains("site"));
}

TEST_F(MappedClaims, of_a_hook_are_above_declared_ones) {
    map_in_pool({map("dept", "custom:dept", {ClaimPlace::id_token})});
    write([&](db::Transaction& tx) {
        auto changed = directory::Pools(tx).get(pool_id);
        changed.settings.LambdaConfig.emplace().PreTokenGenerationConfig =
            directory::PreTokenGenerationVersionConfigType{directory::PreTokenGenerationLambdaVersionType::V2_0,
                                                           mapping_hook};
        directory::Pools(tx).save(changed);
    });
    catalog->forget(pool_id);
    const object answer{{"idTokenGeneration", object{{"claimsToAddOrOverride", object{{"dept", "of the hook"}}}}}};
    functions.add_answer(mapping_hook, {{"claimsAndScopeOverrideDetails", answer}});
    EXPECT_EQ(text(id_of(get_tokens()), "dept"), "of the hook");
}

// Its holder cannot read an opaque token, so it is told; resource servers ask.
TEST_F(MappedClaims, of_an_opaque_token_are_told_by_user_info_and_introspection) {
    extend_client(web, [](auto& e) { e.access_token_format = AccessTokenFormat::opaque; });
    map_in_pool({map("dept", "custom:dept", {ClaimPlace::access_token})});
    const auto access = text(get_tokens(), "access_token");
    EXPECT_EQ(text(json_of(user_info(access)), "dept"), "R&D \"7\"");
    const auto said = introspected(access);
    EXPECT_TRUE(said.at("active").as_bool());
    EXPECT_EQ(text(said, "dept"), "R&D \"7\"");
}

TEST_F(MappedClaims, of_a_jwt_are_told_by_introspection_alone) {
    map_in_pool({map("dept", "custom:dept", {ClaimPlace::access_token})});
    const auto access = text(get_tokens(), "access_token");
    EXPECT_FALSE(json_of(user_info(access)).contains("dept"));
    EXPECT_EQ(text(introspected(access), "dept"), "R&D \"7\"");
}

}  // namespace
}  // namespace symbolon::oauth
