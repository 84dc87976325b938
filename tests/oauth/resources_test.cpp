// Resource indicators: RFC 8707.
#include "oauth/resources.hpp"

#include "directory/resource_servers.hpp"
#include "oauth/house.hpp"

#include <boost/json/array.hpp>

namespace symbolon::oauth {
namespace {

class Resources : public House {
protected:
    static constexpr const char* api = "https://api.example/v1";
    boost::json::object access_token_for(Pairs parameters) {
        return claims_of(text(get_tokens(std::move(parameters)), "access_token"));
    }
    std::string error_of(const std::string& resources) {
        const auto answer = get("/oauth2/authorize?" + authorize_query() + "&" + resources, {sign_in_browser()});
        return parameter_of(location(answer), "error");
    }
};

TEST_F(Resources, become_the_audience) {
    EXPECT_EQ(text(access_token_for({{"resource", api}}), "aud"), api);
    EXPECT_FALSE(access_token_for({}).contains("aud")) << "the service's access tokens have none";
}

TEST_F(Resources, stay_the_audience_after_a_refresh) {
    const auto first = get_tokens({{"resource", api}});
    const auto second = json_of(refresh(text(first, "refresh_token")));
    EXPECT_EQ(text(claims_of(text(second, "access_token")), "aud"), api);
}

TEST_F(Resources, may_be_several) {
    write([&](db::Transaction& tx) {
        directory::ResourceServers(tx).create({pool_id, "urn:api:2", "API 2", {{"read", "Read"}}});
    });
    catalog->forget(pool_id);
    const auto answer = get("/oauth2/authorize?" + authorize_query() + "&resource=https%3A%2F%2Fapi.example%2Fv1" +
                                "&resource=urn%3Aapi%3A2&resource=urn%3Aapi%3A2",
                            {sign_in_browser()});
    const auto set = json_of(post("/oauth2/token", code_form(parameter_of(location(answer), "code"))));
    EXPECT_EQ(claims_of(text(set, "access_token")).at("aud"), (boost::json::array{api, "urn:api:2"}));
}

TEST_F(Resources, are_those_of_the_pool) {
    EXPECT_EQ(error_of("resource=https%3A%2F%2Fapi.example"), "invalid_target");
    EXPECT_EQ(error_of("resource=https%3A%2F%2Fapi.example%2Fv1%2Fread"), "invalid_target");
    EXPECT_EQ(error_of("resource=https%3A%2F%2Fapi.example%2Fv1%23x"), "invalid_target");
    EXPECT_EQ(error_of("resource=relative"), "invalid_target");
    EXPECT_EQ(error_of("resource=https%3A%2F%2Fapi.example%2Fv1&resource=urn%3Aunknown"), "invalid_target");
}

TEST_F(Resources, are_narrowed_never_widened) {
    using Names = std::vector<std::string>;
    EXPECT_EQ(narrow_resources({"a:1", "b:1"}, {}), (Names{"a:1", "b:1"}));
    EXPECT_EQ(narrow_resources({"a:1", "b:1"}, {"b:1"}), Names{"b:1"});
    EXPECT_EQ(narrow_resources({"a:1"}, {"b:1"}), std::nullopt);
    EXPECT_EQ(narrow_resources({}, {"b:1"}), std::nullopt);
}

}  // namespace
}  // namespace symbolon::oauth
