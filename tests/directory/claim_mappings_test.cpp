#include "directory/claim_mappings.hpp"

#include "base/shape/codec.hpp"
#include "directory/client_extensions.hpp"
#include "directory/pools.hpp"
#include "refusals.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <string>

namespace symbolon::directory {
namespace {

std::string mapping(const std::string& claim, const std::string& from, const std::string& in = "\"id_token\"") {
    return R"({"claim":")" + claim + R"(","from":")" + from + R"(","in":[)" + in + "]}";
}

/// The refusal of these mappings; "" when they are taken, by a pool and by a client.
std::string refused(const std::string& list) {
    const auto json = boost::json::parse(R"({"claim_mappings":[)" + list + "]}").as_object();
    std::string of_client;
    try {
        check_client_extensions(Pool{}, decode<ClientExtensions>(json));
    } catch (const Error& error) {
        of_client = error.message;
    }
    try {
        check_pool_extensions(decode<PoolExtensions>(json));
    } catch (const Error& error) {
        EXPECT_EQ(error.message, of_client);
        return error.message;
    }
    EXPECT_EQ(of_client, "");
    return {};
}

TEST(ClaimMappings, are_from_attributes_and_groups) {
    EXPECT_EQ(
        refused(mapping("dept", "custom:dept") + "," + mapping("roles", "groups", R"("access_token","userinfo")")), "");
    EXPECT_EQ(refused(mapping("https://example.com/dept", "website")), "");
    for (const char* from : {"dept", "sub", "identities", "cognito:groups", "password"})
        EXPECT_EQ(refused(mapping("dept", from)),
                  "Extensions.claim_mappings: \"" + std::string(from) + "\" is no attribute.");
}

// Nobody is made somebody else, or anything else than what was proven, by an attribute.
TEST(ClaimMappings, touch_no_reserved_claim) {
    for (const char* claim : {"sub",
                              "iss",
                              "aud",
                              "exp",
                              "iat",
                              "nbf",
                              "auth_time",
                              "nonce",
                              "acr",
                              "amr",
                              "azp",
                              "at_hash",
                              "c_hash",
                              "s_hash",
                              "jti",
                              "origin_jti",
                              "sid",
                              "scope",
                              "client_id",
                              "username",
                              "token_use",
                              "version",
                              "event_id",
                              "device_key",
                              "identities",
                              "cnf",
                              "act",
                              "may_act",
                              "active",
                              "events",
                              "userinfo_claims",
                              "email",
                              "email_verified",
                              "phone_number",
                              "phone_number_verified",
                              "cognito:groups",
                              "cognito:roles",
                              "dev:x"})
        EXPECT_EQ(refused(mapping(claim, "website")),
                  "Extensions.claim_mappings: the claim \"" + std::string(claim) + "\" is reserved.");
}

TEST(ClaimMappings, are_one_for_a_claim_and_place) {
    EXPECT_EQ(refused(mapping("a", "website") + "," + mapping("a", "profile", "\"userinfo\"")), "");
    EXPECT_EQ(refused(mapping("a", "website") + "," + mapping("a", "profile")),
              "Extensions.claim_mappings: the claim \"a\" is mapped twice.");
    EXPECT_NE(refused(mapping("a", "website", R"("userinfo","userinfo")")), "");
}

TEST(ClaimMappings, have_a_form) {
    for (const auto& bad : {mapping("", "website"), mapping("a b", "website"), mapping("a", "website", ""),
                            mapping("a", "website", "\"cookie\""), mapping(std::string(257, 'a'), "website")})
        EXPECT_NE(refused(bad), "") << bad;
}

}  // namespace
}  // namespace symbolon::directory
