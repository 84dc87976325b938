#include "oauth/tokens/claims.hpp"
#include "oauth/tokens.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <set>

namespace symbolon::oauth {
namespace {

class Claims : public testing::Test {
protected:
    Claims() {
        user.id = UserId("sub-1");
        for (const char* name :
             {"email", "phone_number", "name", "family_name", "locale", "birthdate", "custom:tier"}) {
            user.attributes[name] = "v";
        }
        user.attributes["email_verified"] = "false";
        user.attributes["phone_number_verified"] = "true";
        user.attributes["address"] = "Main Street 1";
        user.attributes["updated_at"] = "1700000000";
        client.settings.ReadAttributes = List<directory::shape::ClientPermission>{
            "email",       "email_verified", "phone_number", "phone_number_verified",
            "name",        "family_name",    "locale",       "birthdate",
            "custom:tier", "address",        "updated_at"};
    }
    std::set<std::string> released(const std::vector<std::string>& scopes) {
        std::set<std::string> names;
        for (const auto& [name, value] : claims_for(pool, client, user, scopes)) names.insert(std::string(name));
        return names;
    }
    using Names = std::set<std::string>;

    directory::Pool pool;
    directory::Client client;
    directory::User user;
};

TEST_F(Claims, each_scope_releases_its_own) {
    EXPECT_EQ(released({"openid", "email"}), (Names{"sub", "email", "email_verified"}));
    EXPECT_EQ(released({"openid", "phone"}), (Names{"sub", "phone_number", "phone_number_verified"}));
    EXPECT_EQ(released({"openid", "profile"}),
              (Names{"sub", "name", "family_name", "locale", "birthdate", "custom:tier", "updated_at"}));
    EXPECT_EQ(released({"openid", "address"}), (Names{"sub", "address"}));
    EXPECT_EQ(released({"openid", "api/read"}), (Names{"sub"}));
    EXPECT_EQ(released({"openid", "aws.cognito.signin.user.admin"}), (Names{"sub"}));
}

TEST_F(Claims, openid_alone_and_the_json_api_release_everything) {
    EXPECT_EQ(released({"openid"}).size(), 12U);
    EXPECT_EQ(released({"aws.cognito.signin.user.admin"}).size(), 12U);
}

TEST_F(Claims, have_the_types_of_an_id_token) {
    const auto claims = claims_for(pool, client, user, {"openid"});
    EXPECT_EQ(claims.at("email_verified"), false);
    EXPECT_EQ(claims.at("phone_number_verified"), true);
    EXPECT_EQ(claims.at("updated_at"), 1700000000);
    EXPECT_EQ(boost::json::serialize(claims.at("address")), R"({"formatted":"Main Street 1"})");
    EXPECT_EQ(claims.at("custom:tier"), "v");
}

TEST_F(Claims, a_number_that_is_none_stays_text) {
    user.attributes["updated_at"] = "yesterday";
    EXPECT_EQ(claims_for(pool, client, user, {"openid"}).at("updated_at"), "yesterday");
}

TEST_F(Claims, never_show_what_the_client_may_not_read) {
    client.settings.ReadAttributes = List<directory::shape::ClientPermission>{"email"};
    EXPECT_EQ(released({"openid"}), (Names{"sub", "email"}));
    EXPECT_EQ(released({"openid", "phone"}), (Names{"sub"}));
}

}  // namespace
}  // namespace symbolon::oauth
