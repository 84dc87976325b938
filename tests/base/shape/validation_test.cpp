#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "base/shape/example.hpp"
#include "base/shape/problems.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <string>
#include <string_view>

namespace symbolon {
namespace {

/// The message for a request that is valid but for `members`.
std::string message_of(std::string_view members) {
    const std::string body = R"({"UserPoolId":"a_b",)" + std::string(members) + "}";
    Problems problems;
    decode<example::Request>(boost::json::parse(body).as_object(), problems);
    return problems.empty() ? "" : problems.message();
}

TEST(Validation, one_problem_is_singular_and_a_sensitive_value_is_not_shown) {
    EXPECT_EQ(message_of(R"("Password":"short")"),
              "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must have length "
              "greater than or equal to 6");
}

TEST(Validation, problems_of_the_whole_request_are_reported_in_order) {
    Problems problems;
    decode<example::Request>(boost::json::parse(R"({"UserPoolId":"abc","Password":"x y","Age":-1})").as_object(),
                             problems);
    EXPECT_EQ(
        problems.message(),
        "4 validation errors detected: "
        "Value 'abc' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: "
        R"([\w-]+_[0-9a-zA-Z]+; )"
        "Value at 'password' failed to satisfy constraint: Member must have length greater than or equal to 6; "
        R"(Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\S]+; )"
        "Value '-1' at 'age' failed to satisfy constraint: Member must have value greater than or equal to 0");
}

TEST(Validation, problems_are_thrown_as_one_invalid_parameter) {
    try {
        decode<example::Request>({});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::invalid_parameter);
        EXPECT_EQ(error.message,
                  "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must "
                  "not be null");
    }
}

TEST(Validation, a_missing_sensitive_member_is_not_called_null) {
    Problems problems;
    problems.add_missing("username", true);
    EXPECT_EQ(problems.message(),
              "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must not be null");
}

TEST(Validation, an_empty_text_that_must_not_be_empty_is_one_problem) {
    Problems problems;
    decode<example::Request>(boost::json::parse(R"({"UserPoolId":""})").as_object(), problems);
    EXPECT_EQ(problems.count(), 1u);
    EXPECT_NE(problems.message().find("Value '' at 'userPoolId'"), std::string::npos);
    EXPECT_NE(problems.message().find("greater than or equal to 1"), std::string::npos);
}

TEST(Validation, lengths_are_counted_in_characters) {
    std::string twelve, thirteen;
    for (int i = 0; i < 13; ++i) {
        if (i < 12) twelve += "\xE2\x82\xAC";
        thirteen += "\xE2\x82\xAC";
    }
    EXPECT_EQ(message_of("\"Password\":\"" + twelve + '"'), "");
    EXPECT_NE(message_of("\"Password\":\"" + thirteen + '"').find("less than or equal to 12"), std::string::npos);
}

TEST(Validation, numbers_are_checked_at_both_ends) {
    EXPECT_EQ(message_of(R"("Age":0)"), "");
    EXPECT_EQ(message_of(R"("Age":365)"), "");
    EXPECT_NE(message_of(R"("Age":366)")
                  .find("Value '366' at 'age' failed to satisfy constraint: Member must have value "
                        "less than or equal to 365"),
              std::string::npos);
}

TEST(Validation, an_unknown_word_names_the_whole_set) {
    EXPECT_EQ(message_of(R"("AuthFlow":"user_auth")"),
              "1 validation error detected: Value 'user_auth' at 'authFlow' failed to satisfy constraint: Member must "
              "satisfy enum value set: [USER_AUTH, REFRESH]");
}

TEST(Validation, paths_lead_through_structures_and_list_elements) {
    EXPECT_NE(message_of(R"("Policies":{"PasswordPolicy":{"MinimumLength":400}})")
                  .find("at 'policies.passwordPolicy.minimumLength'"),
              std::string::npos);
    EXPECT_EQ(
        message_of(R"("UserAttributes":[{"Name":"a"},{"Name":"b","Value":"x"}])"),
        "1 validation error detected: Value at 'userAttributes.2.member.value' failed to satisfy constraint: Member "
        "must have length greater than or equal to 6");
    EXPECT_NE(message_of(R"("UserAttributes":[{}])").find("Value null at 'userAttributes.1.member.name'"),
              std::string::npos);
    EXPECT_NE(message_of(R"("ByName":{"One":{}})").find("Value null at 'byName.one.name'"), std::string::npos);
}

TEST(Validation, list_sizes_are_checked_at_both_ends) {
    EXPECT_EQ(message_of(R"("URLs":[])"),
              "1 validation error detected: Value '[]' at 'uRLs' failed to satisfy constraint: Member must have length "
              "greater than or equal to 1");
    EXPECT_EQ(message_of(R"("URLs":["a","b","c"])"),
              "1 validation error detected: Value '[a, b, c]' at 'uRLs' failed to satisfy constraint: Member must have "
              "length less than or equal to 2");
}

TEST(Validation, elements_of_simple_lists_are_reported_at_the_list) {
    EXPECT_EQ(message_of(R"("URLs":["toolong",""])"),
              "1 validation error detected: Value '[toolong, ]' at 'uRLs' failed to satisfy constraint: Member must "
              "satisfy constraint: [Member must have length less than or equal to 4, Member must have length greater "
              "than or equal to 1]");
    EXPECT_EQ(message_of(R"("Flows":["FOO"])"),
              "1 validation error detected: Value '[FOO]' at 'flows' failed to satisfy constraint: Member must satisfy "
              "constraint: [Member must satisfy enum value set: [USER_AUTH, REFRESH]]");
}

TEST(Validation, a_list_of_secrets_is_never_shown) {
    EXPECT_EQ(message_of(R"("Passwords":["hunter","hunter2"])"),
              "1 validation error detected: Value at 'passwords' failed to satisfy constraint: Member must have length "
              "less than or equal to 1");
    EXPECT_EQ(message_of(R"("Passwords":["hunt"])").find("hunt"), std::string::npos);
}

TEST(Validation, keys_and_values_of_maps_are_reported_at_the_map) {
    EXPECT_EQ(message_of(R"("Tags":{"toolong":"x"})"),
              "1 validation error detected: Value '{toolong=x}' at 'tags' failed to satisfy constraint: Map keys must "
              "satisfy constraint: [Member must have length less than or equal to 4, Member must have length greater "
              "than or equal to 1]");
    EXPECT_NE(message_of(R"("Tags":{"x":"toolong"})")
                  .find("Map value must satisfy constraint: [Member must have length less than or equal to 4]"),
              std::string::npos);
}

}  // namespace
}  // namespace symbolon
