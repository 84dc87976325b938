// What the program says of its own API (aws/model): tests/e2e/model.test.mjs compares it with the service's model.
#include "aws/model.hpp"

#include "aws/operation.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <string>

namespace symbolon::aws {
namespace {

TEST(ApiModel, has_every_operation_with_what_it_takes_and_answers) {
    const auto model = describe_api();
    EXPECT_EQ(model.size(), operations().size());
    const auto& revoke = model.at("RevokeToken").as_object();
    EXPECT_EQ(revoke.at("access"), "client");
    EXPECT_EQ(boost::json::serialize(revoke.at("request")),
              R"({"type":"structure","members":{"Token":{"type":"string","required":true},)"
              R"("ClientId":{"type":"string","required":true},"ClientSecret":{"type":"string","required":false},)"
              R"("RevokeAssociatedSessions":{"type":"string","required":false}}})");
    EXPECT_EQ(boost::json::serialize(revoke.at("response")), R"({"type":"structure","members":{}})");
}

TEST(ApiModel, tells_an_empty_body_from_an_empty_object) {
    const auto model = describe_api();
    EXPECT_TRUE(model.at("DeleteUserPool").at("response").is_null());
    EXPECT_TRUE(model.at("UpdateUserPool").at("response").is_object());
}

TEST(ApiModel, goes_into_lists_maps_and_structures) {
    const auto pool = describe_api().at("CreateUserPool").at("request").at("members").as_object();
    EXPECT_EQ(pool.at("UserPoolTags").at("of").at("type"), "string");
    EXPECT_EQ(pool.at("UsernameAttributes").at("type"), "list");
    const auto& policy = pool.at("Policies").at("members").at("PasswordPolicy").at("members");
    EXPECT_EQ(policy.at("MinimumLength").at("type"), "integer");
    EXPECT_EQ(policy.at("RequireNumbers").at("type"), "boolean");
    EXPECT_EQ(describe_api()
                  .at("DescribeUserPool")
                  .at("response")
                  .at("members")
                  .at("UserPool")
                  .at("members")
                  .at("CreationDate")
                  .at("type"),
              "timestamp");
}

}  // namespace
}  // namespace symbolon::aws
