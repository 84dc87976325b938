#include "base/error.hpp"
#include "directory/pools.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace symbolon::directory {
namespace {

PoolExtensions of_the_profile(std::optional<SignatureAlgorithm> algorithm, std::optional<bool> strict) {
    PoolExtensions extensions;
    extensions.security_profile = SecurityProfile::fapi2;
    extensions.signing_alg = algorithm;
    extensions.strict_oidc = strict;
    return extensions;
}

bool is_taken(const PoolExtensions& extensions) {
    try {
        check_pool_extensions(extensions);
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::invalid_parameter);
        return false;
    }
    return true;
}

TEST(PoolExtensions, of_the_fapi_profile_have_its_keys_and_follow_the_standard) {
    EXPECT_TRUE(is_taken({}));
    for (const auto algorithm : {SignatureAlgorithm::PS256, SignatureAlgorithm::ES256, SignatureAlgorithm::EdDSA}) {
        EXPECT_TRUE(is_taken(of_the_profile(algorithm, true)));
    }
    EXPECT_FALSE(is_taken(of_the_profile(SignatureAlgorithm::RS256, true)));
    EXPECT_FALSE(is_taken(of_the_profile(std::nullopt, true)));
    EXPECT_FALSE(is_taken(of_the_profile(SignatureAlgorithm::ES256, std::nullopt)));
}

TEST(PoolExtensions, name_countries_by_what_their_numbers_begin_with) {
    const auto of = [](const char* prefix) {
        PoolExtensions extensions;
        extensions.sms_prefixes = List<shape::PhonePrefix, 1, 250>{"+1", prefix};
        return extensions;
    };
    for (const char* prefix : {"+44", "+7", "+1242", "+4915112"}) EXPECT_TRUE(is_taken(of(prefix))) << prefix;
    for (const char* prefix : {"44", "+", "+044", "+4 4", "+44*", "++44", "+12345678", "0044", ""})
        EXPECT_FALSE(is_taken(of(prefix))) << prefix;
}

TEST(PoolExtensions, hold_clients_to_the_ways_of_the_profile) {
    Pool pool;
    pool.extensions = of_the_profile(SignatureAlgorithm::ES256, true);
    ClientExtensions client;
    const auto check = [&] { check_client_extensions(pool, client); };
    EXPECT_THROW(check(), Error);  // a secret, or nothing
    client.token_endpoint_auth_method = ClientAuthMethod::client_secret_jwt;
    EXPECT_THROW(check(), Error);
    client.token_endpoint_auth_method = ClientAuthMethod::private_key_jwt;
    client.jwks_uri = shape::ExtensionUri("https://client.example/jwks.json");
    EXPECT_NO_THROW(check());
}

}  // namespace
}  // namespace symbolon::directory
