#include "directory/provider_rules.hpp"

#include "base/error.hpp"
#include "directory/pool_rules.hpp"

#include <gtest/gtest.h>

namespace symbolon::directory {
namespace {

using Type = IdentityProviderTypeType;

const ProviderMap oidc{{"client_id", "us"},
                       {"attributes_request_method", "GET"},
                       {"oidc_issuer", "https://op.example"},
                       {"authorize_scopes", "openid"}};

ProviderMap with(ProviderMap map, const std::string& key, const std::string& value) {
    map[key] = value;
    return map;
}

TEST(ProviderDetails, that_are_complete_are_complete_again) {
    const auto once = complete_details(Type::OIDC, oidc);
    EXPECT_EQ(complete_details(Type::OIDC, once), once);
    const ProviderMap social{{"client_id", "us"}, {"client_secret", "s"}, {"authorize_scopes", "email"}};
    for (const Type type : {Type::Facebook, Type::Google, Type::LoginWithAmazon}) {
        const auto details = complete_details(type, social);
        EXPECT_EQ(complete_details(type, details), details);
    }
}

TEST(ProviderDetails, are_of_bounded_size) {
    EXPECT_NO_THROW(complete_details(Type::OIDC, with(oidc, "client_id", std::string(2048, 'a'))));
    EXPECT_THROW(complete_details(Type::OIDC, with(oidc, "client_id", std::string(2049, 'a'))), Error);
    EXPECT_THROW(complete_details(Type::OIDC, with(oidc, "client_id", "")), Error);
}

TEST(ProviderNames, do_not_fall_together_when_case_is_folded) {
    EXPECT_EQ(provider_key("Partner"), provider_key("PARTNER"));
    EXPECT_EQ(provider_key(provider_key("Partner")), provider_key("Partner"));
    EXPECT_NO_THROW(check_provider_name("Partner", Type::OIDC));
    EXPECT_NO_THROW(check_provider_name("Google", Type::Google));
    EXPECT_THROW(check_provider_name("GOOGLE", Type::OIDC), Error);
    EXPECT_THROW(check_provider_name("cOgnito", Type::SAML), Error);
    EXPECT_THROW(check_provider_name("Facebook", Type::Google), Error);
}

TEST(AttributeMapping, leads_to_attributes_of_the_pool) {
    Pool pool;
    apply_defaults(pool.settings);
    EXPECT_EQ(complete_mapping(pool, Type::OIDC, {}), (ProviderMap{{"username", "sub"}}));
    EXPECT_EQ(complete_mapping(pool, Type::SAML, {}), ProviderMap{});
    EXPECT_EQ(complete_mapping(pool, Type::OIDC, {{"username", "upn"}}), (ProviderMap{{"username", "upn"}}));
    EXPECT_THROW(complete_mapping(pool, Type::OIDC, {{"nothing", "x"}}), Error);
    EXPECT_THROW(complete_mapping(pool, Type::OIDC, {{"email", ""}}), Error);
}

TEST(AcrMapping, has_four_levels_with_different_values) {
    EXPECT_NO_THROW(check_acr_mapping(Type::OIDC, {{"Level1", "a"}, {"Level2", "b"}}));
    EXPECT_NO_THROW(check_acr_mapping(Type::SAML, {}));
    EXPECT_THROW(check_acr_mapping(Type::SAML, {{"Level1", "a"}}), Error);
    EXPECT_THROW(check_acr_mapping(Type::OIDC, {{"Level5", "a"}}), Error);
    EXPECT_THROW(check_acr_mapping(Type::OIDC, {{"Level1", "a"}, {"Level2", "a"}}), Error);
}

}  // namespace
}  // namespace symbolon::directory
