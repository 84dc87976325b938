// Tags of user pools (cognito-api.md §2.20, §5.11).
#include "aws/house.hpp"

#include <string>

namespace symbolon::aws {
namespace {

class Tags : public House {
protected:
    static std::string arn(const std::string& of) {
        return "arn:aws:cognito-idp:us-east-1:000000000000:userpool/" + of;
    }
    object tags() { return part(call("ListTagsForResource", {{"ResourceArn", arn(pool)}}), "Tags"); }
    std::string pool = add_pool();
};

TEST_F(Tags, are_laid_over_those_that_are_there_and_taken_away_by_key) {
    EXPECT_EQ(tags(), object{});
    EXPECT_EQ(call("TagResource", {{"ResourceArn", arn(pool)}, {"Tags", object{{"team", "red"}, {"cost", "1"}}}}),
              object{});
    call("TagResource", {{"ResourceArn", arn(pool)}, {"Tags", object{{"team", "blue"}, {"empty", ""}}}});
    EXPECT_EQ(tags(), (object{{"cost", "1"}, {"empty", ""}, {"team", "blue"}}));
    EXPECT_EQ(part(call("DescribeUserPool", {{"UserPoolId", pool}}), "UserPool.UserPoolTags"), tags());
    EXPECT_EQ(call("UntagResource", {{"ResourceArn", arn(pool)}, {"TagKeys", array{"cost", "none"}}}), object{});
    EXPECT_EQ(tags(), (object{{"empty", ""}, {"team", "blue"}}));
}

TEST_F(Tags, are_fifty_at_most_and_none_of_aws) {
    object many;
    for (int i = 0; i < 50; ++i) many["k" + std::to_string(i)] = "v";
    call("TagResource", {{"ResourceArn", arn(pool)}, {"Tags", many}});
    EXPECT_EQ(refusal("TagResource", {{"ResourceArn", arn(pool)}, {"Tags", object{{"one more", ""}}}}).type,
              "InvalidParameter");
    EXPECT_EQ(refusal("TagResource", {{"ResourceArn", arn(pool)}, {"Tags", object{{"aws:x", ""}}}}).type,
              "InvalidParameter");
    EXPECT_EQ(tags().size(), 50U);
}

// Attack row 37: a name of a pool is its name byte for byte.
TEST_F(Tags, are_of_a_pool_that_is_named_exactly) {
    EXPECT_EQ(refusal("ListTagsForResource", {{"ResourceArn", arn("us-east-1_Nowhere99")}}),
              (Refused{"ResourceNotFound", "User pool us-east-1_Nowhere99 does not exist."}));
    for (const std::string& other :
         {"arn:aws:cognito-idp:us-east-1:111111111111:userpool/" + pool,
          "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/" + pool,
          "arn:aws-cn:cognito-idp:us-east-1:000000000000:userpool/" + pool,
          "arn:aws:cognito-sync:us-east-1:000000000000:userpool/" + pool,
          "arn:aws:cognito-idp:us-east-1:000000000000:identitypool/" + pool, arn(pool) + "/x", arn("./" + pool)})
        EXPECT_EQ(refusal("ListTagsForResource", {{"ResourceArn", other}}).type, "ResourceNotFound") << other;
    for (const std::string& malformed : {pool, std::string("arn:aws:cognito-idp"), arn(pool) + ":a:b:c"})
        EXPECT_EQ(refusal("ListTagsForResource", {{"ResourceArn", malformed}}).type, "InvalidParameter") << malformed;
}

}  // namespace
}  // namespace symbolon::aws
