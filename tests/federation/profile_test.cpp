#include "signin/federated_profile.hpp"

#include "base/error.hpp"
#include "directory/pool_rules.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace symbolon::signin {
namespace {

namespace json = boost::json;

TEST(FederatedProfile, claims_become_text) {
    const auto text = [](const char* claim) { return claim_text(json::parse(claim)); };
    EXPECT_EQ(text(R"("plain")"), "plain");
    EXPECT_EQ(text("true"), "true");
    EXPECT_EQ(text("17"), "17");
    EXPECT_EQ(text("null"), "");
    EXPECT_EQ(text(R"(["a b","c,d","e*f-g_h.i"])"), "[a+b,c%2Cd,e*f-g_h.i]");
    EXPECT_EQ(text("[]"), "[]");
    EXPECT_EQ(text(R"({"formatted":"x"})"), R"({"formatted":"x"})");
}

TEST(FederatedProfile, mapping_goes_by_the_names_of_the_pool) {
    directory::IdentityProvider provider;
    provider.attribute_mapping = {{"username", "sub"}, {"email", "mail"}, {"custom:team", "team"}, {"name", "none"}};
    const auto mapped = map_claims(provider, {{"sub", "s"}, {"mail", "a@b.example"}, {"team", ""}, {"other", "x"}});
    EXPECT_EQ(mapped, (directory::Attributes{{"email", "a@b.example"}, {"custom:team", ""}}));
}

TEST(FederatedProfile, names_fold_where_the_pool_folds) {
    directory::Pool pool;
    EXPECT_EQ(username_of(pool, "Google", "ABC"), "Google_ABC");
    pool.settings.UsernameConfiguration.emplace().CaseSensitive = false;
    EXPECT_EQ(username_of(pool, "Google", "ABC"), "google_abc");
    EXPECT_THROW(username_of(pool, "Google", ""), Error);
    EXPECT_THROW(username_of(pool, "Google", "a\nb"), Error);
    EXPECT_THROW(username_of(pool, "Google", std::string(122, 'x')), Error);
}

TEST(FederatedProfile, an_address_that_has_to_be_proven_stays) {
    directory::Pool pool;
    pool.settings.AutoVerifiedAttributes =
        List<directory::VerifiedAttributeType>{directory::VerifiedAttributeType::email};
    pool.settings.UserAttributeUpdateSettings.emplace();
    pool.settings.UserAttributeUpdateSettings->AttributesRequireVerificationBeforeUpdate =
        List<directory::VerifiedAttributeType>{directory::VerifiedAttributeType::email};
    directory::User user;
    user.attributes = {{"email", "old@a.example"}, {"email_verified", "true"}};
    EXPECT_FALSE(update_profile(pool, user, {{"email", "new@a.example"}}));
    EXPECT_EQ(user.attribute("email"), "old@a.example");
    EXPECT_EQ(user.attribute("email_verified"), "true");
    // Nor does the provider's word about the other address change what is known of this one.
    EXPECT_FALSE(update_profile(pool, user, {{"email", "new@a.example"}, {"email_verified", "false"}}));
    EXPECT_TRUE(update_profile(pool, user, {{"email", "new@a.example"}, {"email_verified", "true"}}));
    EXPECT_EQ(user.attribute("email"), "new@a.example");
    EXPECT_EQ(user.attribute("email_verified"), "true");
}

TEST(FederatedProfile, what_cannot_change_does_not) {
    directory::Pool pool;
    auto schema = directory::standard_schema();
    for (auto& attribute : schema)
        if (attribute.Name->str() == "name") attribute.Mutable = false;
    pool.settings.SchemaAttributes = List<directory::SchemaAttributeType>(schema);
    directory::User user;
    fill_profile(pool, user, {{"name", "Jane"}});
    EXPECT_EQ(user.attribute("name"), "Jane");
    EXPECT_FALSE(update_profile(pool, user, {{"name", "Jane"}}));
    EXPECT_THROW(update_profile(pool, user, {{"name", "Joan"}}), Error);
    EXPECT_THROW(update_profile(pool, user, {{"nickname", "a\nb"}}), Error);
}

}  // namespace
}  // namespace symbolon::signin
