#include "directory/attribute_rules.hpp"

#include "directory/pool_rules.hpp"
#include "directory/refusals.hpp"

#include <gtest/gtest.h>

namespace symbolon::directory {
namespace {

SchemaAttributeType custom(const char* name, AttributeDataType type) {
    SchemaAttributeType attribute;
    attribute.Name = name;
    attribute.AttributeDataType = type;
    return attribute;
}

class AttributeRules : public testing::Test {
protected:
    AttributeRules() {
        auto text = custom("t", AttributeDataType::String);
        text.StringAttributeConstraints = StringAttributeConstraintsType{.MinLength = "2", .MaxLength = "4"};
        auto number = custom("n", AttributeDataType::Number);
        number.NumberAttributeConstraints = NumberAttributeConstraintsType{.MinValue = "-1.5", .MaxValue = "10"};
        auto fixed = custom("fixed", AttributeDataType::String);
        fixed.Mutable = false;
        auto email = custom("email", AttributeDataType::String);
        email.Required = true;
        auto name = custom("name", AttributeDataType::String);
        name.Required = true;
        settings_.SchemaAttributes =
            make_schema(SchemaList{text, number, fixed, email, name, custom("b", AttributeDataType::Boolean),
                                   custom("d", AttributeDataType::DateTime)});
        apply_defaults(settings_);
    }

    std::string refusal(const std::string& name, const std::string& value) {
        const auto error = refusal_of([&] { check_attributes(settings_, {{name, value}}); });
        EXPECT_EQ(error.code, Errc::invalid_parameter);
        return error.message;
    }
    bool takes(const std::string& name, const std::string& value) {
        return check_attributes(settings_, {{name, value}}).at(name) == value;
    }

    PoolSettings settings_;
};

TEST_F(AttributeRules, know_the_form_of_identifiers) {
    EXPECT_EQ(check_attributes(settings_, {{"email", "Jane@EXAMPLE.com"}}).at("email"), "Jane@example.com");
    EXPECT_EQ(check_attributes(settings_, {{"phone_number", "+4402079460000"}}).at("phone_number"), "+442079460000");
    EXPECT_EQ(refusal("email", "jane"), "Invalid email address format.");
    for (const char* number : {"4155550123", "+1 415 555 0123", "+1-415-555-0123", "+1", "+1415555O123"})
        EXPECT_EQ(refusal("phone_number", number), "Invalid phone number format.") << number;
}

TEST_F(AttributeRules, refuse_names_that_the_schema_does_not_have) {
    EXPECT_EQ(refusal("custom:x", "1"),
              "Attributes did not conform to the schema: custom:x: Attribute does not exist in the schema.");
    EXPECT_EQ(refusal("t", "abc"), "Type for attribute {t} could not be determined");
    EXPECT_EQ(refusal("sub", "1"), "Cannot modify the non-mutable attribute sub");
    EXPECT_EQ(refusal("cognito:user_status", "1"), "Cannot modify the non-mutable attribute cognito:user_status");
    EXPECT_EQ(refusal("a\r\nX-Header: 1", "1"),
              "Attributes did not conform to the schema: ?: Attribute does not exist in the schema.");
}

// Attack row 43: nothing in an attribute may end a header or a line of a text.
TEST_F(AttributeRules, refuse_control_characters_in_every_value) {
    for (const std::string& value :
         {std::string("a\rb"), std::string("a\nb"), std::string("a\0b", 3), std::string("\x7f"),
          std::string("a\u2028b"), std::string("\u0085"), std::string("\xff")}) {
        EXPECT_EQ(refusal("given_name", value),
                  "Attributes did not conform to the schema: given_name: Value contains a control character.");
        EXPECT_NE(refusal("email", "a@b.c" + value), "");
        EXPECT_NE(refusal("phone_number", "+14155550123" + value), "");
    }
}

TEST_F(AttributeRules, check_lengths_in_characters) {
    EXPECT_TRUE(takes("custom:t", "\u00e9\u00e9\u00e9\u00e9"));
    EXPECT_EQ(refusal("custom:t", "aaaaa"),
              "Attributes did not conform to the schema: custom:t: String must be no longer than 4 characters");
    EXPECT_EQ(refusal("custom:t", "a"),
              "Attributes did not conform to the schema: custom:t: String must be at least 2 characters long");
    EXPECT_NE(refusal("birthdate", "1990-1-1"), "");
    EXPECT_TRUE(takes("birthdate", "1990-01-01"));
    EXPECT_NE(refusal("nickname", std::string(2049, 'a')), "");
}

TEST_F(AttributeRules, check_types) {
    for (const char* value : {"10", "-1.5", "0"}) EXPECT_TRUE(takes("custom:n", value)) << value;
    for (const char* value : {"11", "-2", "x", "1x", "nan", "inf", " 1", "0x1"})
        EXPECT_NE(refusal("custom:n", value), "");
    EXPECT_TRUE(takes("custom:b", "true"));
    for (const char* value : {"True", "1", "yes"}) EXPECT_NE(refusal("custom:b", value), "");
    EXPECT_TRUE(takes("custom:d", "2026-11-22T16:03:00Z"));
    EXPECT_TRUE(takes("custom:d", "2026-11-22"));
    for (const char* value : {"yesterday", "2026-11-2", "2026-11-22 16:03"}) EXPECT_NE(refusal("custom:d", value), "");
}

TEST_F(AttributeRules, let_an_empty_value_delete) {
    EXPECT_TRUE(takes("custom:t", ""));
}

TEST_F(AttributeRules, want_an_address_beside_its_verified_flag) {
    const auto flags = [](const Attributes& given) { return refusal_of([&] { check_verified_flags(given); }).message; };
    EXPECT_EQ(flags({{"email_verified", "true"}}), "Email is required to verify/un-verify an email");
    EXPECT_EQ(flags({{"email", ""}, {"email_verified", "true"}}), "Email is required to verify/un-verify an email");
    EXPECT_EQ(flags({{"phone_number_verified", "true"}}),
              "Phone Number is required to verify/un-verify a phone number");
    EXPECT_NO_THROW(check_verified_flags({{"email", "a@b.c"}, {"email_verified", "true"}}));
    EXPECT_NE(refusal("email_verified", "yes"), "");

    const Attributes stored{{"email", "a@b.c"}};
    EXPECT_NO_THROW(check_verified_flags({{"email_verified", "true"}}, stored)) << "it is there already";
    EXPECT_THROW(check_verified_flags({{"email", ""}, {"email_verified", "true"}}, stored), Error);
    EXPECT_THROW(check_verified_flags({{"phone_number_verified", "true"}}, stored), Error);
}

TEST_F(AttributeRules, say_which_address_is_proven_before_it_is_changed) {
    Pool pool;
    EXPECT_FALSE(is_proven_before_update(pool, "email"));
    pool.settings.UserAttributeUpdateSettings =
        UserAttributeUpdateSettingsType{List<VerifiedAttributeType>{VerifiedAttributeType::email}};
    EXPECT_FALSE(is_proven_before_update(pool, "email")) << "the pool could send no code";
    pool.settings.AutoVerifiedAttributes =
        List<VerifiedAttributeType>{VerifiedAttributeType::email, VerifiedAttributeType::phone_number};
    EXPECT_TRUE(is_proven_before_update(pool, "email"));
    EXPECT_FALSE(is_proven_before_update(pool, "phone_number"));
}

TEST_F(AttributeRules, name_every_required_attribute_that_is_missing) {
    EXPECT_EQ(
        message_of([&] { check_required_attributes(settings_, {{"email", ""}}); }),
        "Attributes did not conform to the schema: name.formatted: The attribute is required email: The attribute "
        "is required");
    EXPECT_NO_THROW(check_required_attributes(settings_, {{"email", "a@b.c"}, {"name", "A"}}));
}

TEST_F(AttributeRules, keep_what_cannot_be_changed) {
    const Attributes stored{{"email", "a@b.c"}, {"custom:fixed", "1"}};
    EXPECT_NO_THROW(check_attribute_update(settings_, {{"custom:fixed", "1"}, {"custom:t", "ab"}}, stored));
    EXPECT_EQ(message_of([&] { check_attribute_update(settings_, {{"custom:fixed", "2"}}, stored); }),
              "user.custom:fixed: Attribute cannot be updated.");
    EXPECT_EQ(message_of([&] { check_attribute_update(settings_, {{"custom:fixed", ""}}, stored); }),
              "user.custom:fixed: Attribute cannot be updated.");
    EXPECT_THROW(check_attribute_update(settings_, {{"email", ""}}, stored), Error);
    EXPECT_THROW(check_attribute_update(settings_, {{"sub", "x"}}, stored), Error);
}

TEST_F(AttributeRules, leave_a_user_something_to_sign_in_with) {
    PoolSettings settings;
    settings.UsernameAttributes =
        List<UsernameAttributeType>{UsernameAttributeType::phone_number, UsernameAttributeType::email};
    const Attributes both{{"phone_number", "+14155550123"}, {"email", "a@b.c"}};
    EXPECT_NO_THROW(check_attribute_update(settings, {{"email", ""}}, both));
    EXPECT_THROW(check_attribute_update(settings, {{"email", ""}, {"phone_number", ""}}, both), Error);
    EXPECT_THROW(check_attribute_update(settings, {{"phone_number", ""}}, {{"phone_number", "+14155550123"}}), Error);
    EXPECT_THROW(check_attribute_update(settings, {{"phone_number", ""}, {"email", "a@b.c"}},
                                        {{"phone_number", "+14155550123"}}),
                 Error)
        << "a number becomes another number, not an address";
    EXPECT_NO_THROW(
        check_attribute_update(settings, {{"phone_number", "+14155550199"}}, {{"phone_number", "+14155550123"}}));
}

TEST_F(AttributeRules, let_a_client_write_what_it_may_and_what_is_required) {
    Client client;
    client.settings.WriteAttributes = List<shape::ClientPermission>{"custom:t"};
    EXPECT_NO_THROW(check_writable(settings_, client, {{"custom:t", "ab"}, {"email", "a@b.c"}}));
    const auto refusal = refusal_of([&] { check_writable(settings_, client, {{"phone_number", "+14155550123"}}); });
    EXPECT_EQ(refusal.code, Errc::not_authorized);
    EXPECT_EQ(refusal.message, "A client attempted to write unauthorized attribute");
    for (const char* name : {"email_verified", "phone_number_verified", "sub"})
        EXPECT_THROW(check_writable(settings_, Client{}, {{name, "true"}}), Error) << name;
}

TEST_F(AttributeRules, show_a_client_the_sub_first_and_what_it_may_read) {
    User user;
    user.id = UserId("s");
    user.attributes = {{"email", "a@b.c"}, {"custom:t", "ab"}, {"phone_number", "+14155550123"}};
    Client client;
    client.settings.ReadAttributes = List<shape::ClientPermission>{"custom:t", "email"};
    const std::vector<std::pair<std::string, std::string>> expected{
        {"sub", "s"}, {"custom:t", "ab"}, {"email", "a@b.c"}};
    EXPECT_EQ(readable_attributes(client, user), expected);
}

}  // namespace
}  // namespace symbolon::directory
