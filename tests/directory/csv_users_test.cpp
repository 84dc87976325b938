#include "directory/transfer/csv_users.hpp"

#include "directory/attribute_rules.hpp"
#include "directory/pool_rules.hpp"
#include "directory/refusals.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::directory::transfer {
namespace {

constexpr Instant now{std::chrono::milliseconds(1'800'000'000'000)};
const std::string bcrypt_hash = "$2b$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

using Columns = std::map<std::string, std::string>;

/// A pool of user names that verifies e-mail addresses and phone numbers, with attributes of its own.
class CsvUsersTest : public testing::Test {
protected:
    CsvUsersTest() {
        pool.id = PoolId("us-east-1_Csv");
        pool.settings.AutoVerifiedAttributes =
            List<VerifiedAttributeType>{VerifiedAttributeType::email, VerifiedAttributeType::phone_number};
        SchemaAttributeType plan;
        plan.Name = shape::PlainString("plan");
        SchemaAttributeType paid = plan;
        paid.Name = shape::PlainString("paid");
        paid.AttributeDataType = AttributeDataType::Boolean;
        pool.settings.SchemaAttributes = make_schema(SchemaList{plan, paid});
        apply_defaults(pool.settings);
    }

    static Columns jane(const Columns& more = {}) {
        Columns row = {{"cognito:username", "jane"},
                       {"cognito:mfa_enabled", "FALSE"},
                       {"email", "jane@example.com"},
                       {"email_verified", "TRUE"}};
        for (const auto& [column, value] : more) row[column] = value;
        return row;
    }

    User read(const Columns& columns) const {
        std::vector<std::string> header, row;
        for (const auto& [column, value] : columns) {
            header.push_back(column);
            row.push_back(value);
        }
        return CsvUsers(pool, header).to_user(row, UserId("sub-1"), now);
    }
    std::string refused(const Columns& columns) const {
        return message_of([&] { read(columns); });
    }
    std::string refused_header(const std::vector<std::string>& header) const {
        return message_of([&] { CsvUsers(pool, header); });
    }

    Pool pool;
};

TEST_F(CsvUsersTest, the_header_is_the_services) {
    EXPECT_EQ(csv_header(pool.settings), (std::vector<std::string>{"name",
                                                                   "given_name",
                                                                   "family_name",
                                                                   "middle_name",
                                                                   "nickname",
                                                                   "preferred_username",
                                                                   "profile",
                                                                   "picture",
                                                                   "website",
                                                                   "email",
                                                                   "email_verified",
                                                                   "gender",
                                                                   "birthdate",
                                                                   "zoneinfo",
                                                                   "locale",
                                                                   "phone_number",
                                                                   "phone_number_verified",
                                                                   "address",
                                                                   "updated_at",
                                                                   "custom:plan",
                                                                   "custom:paid",
                                                                   "cognito:mfa_enabled",
                                                                   "cognito:username"}));
}

TEST_F(CsvUsersTest, unknown_double_and_missing_columns_are_refused) {
    const std::string name = "cognito:username", mfa = "cognito:mfa_enabled";
    EXPECT_EQ(refused_header({name, mfa, "e-mail"}), "Column 3 is no attribute of the pool.");
    EXPECT_EQ(refused_header({name, "sub", mfa}), "Column 2 is no attribute of the pool.");
    EXPECT_EQ(refused_header({name, mfa, "email", " email "}), "There are two columns email.");
    EXPECT_EQ(refused_header({name, mfa, "password_hash", "password_hash"}), "There are two columns password_hash.");
    EXPECT_EQ(refused_header({mfa, "email"}), "There is no column cognito:username.");
    EXPECT_EQ(refused_header({name, "email"}), "There is no column cognito:mfa_enabled.");
}

TEST_F(CsvUsersTest, a_row_without_a_hash_is_a_user_who_sets_a_password_by_recovery) {
    const auto user = read(jane({{"name", "  Jane Doe "},
                                 {"birthdate", "12/31/1999"},
                                 {"updated_at", "1763812800"},
                                 {"custom:plan", "gold"},
                                 {"custom:paid", "True"},
                                 {"phone_number", ""},
                                 {"phone_number_verified", "FALSE"}}));
    EXPECT_EQ(user.pool_id, pool.id);
    EXPECT_EQ(user.id, UserId("sub-1"));
    EXPECT_EQ(user.username, "jane");
    EXPECT_EQ(user.status, UserStatus::RESET_REQUIRED);
    EXPECT_EQ(user.password_hash, "");
    EXPECT_TRUE(user.enabled);
    EXPECT_EQ(user.created, now);
    EXPECT_EQ(user.modified, now);
    EXPECT_FALSE(user.mfa.has(MfaFactor::SMS_MFA));
    EXPECT_EQ(user.attributes, (Attributes{{"name", "Jane Doe"},
                                           {"birthdate", "1999-12-31"},
                                           {"updated_at", "1763812800"},
                                           {"custom:plan", "gold"},
                                           {"custom:paid", "true"},
                                           {"email", "jane@example.com"},
                                           {"email_verified", "true"}}));
}

TEST_F(CsvUsersTest, a_row_with_a_hash_is_a_confirmed_user) {
    const auto user = read(jane({{"password_hash", bcrypt_hash}}));
    EXPECT_EQ(user.status, UserStatus::CONFIRMED);
    EXPECT_EQ(user.password_hash, bcrypt_hash);
    EXPECT_EQ(read(jane({{"password_hash", bcrypt_hash}, {"email_verified", "false"}})).status, UserStatus::CONFIRMED)
        << "who has a password needs no recovery to sign in";
    EXPECT_EQ(refused(jane({{"password_hash", "hunter2"}})),
              "The password hash is of no scheme that is known here: Argon2, bcrypt, PBKDF2 or scrypt.");
    EXPECT_EQ(refused(jane({{"password_hash", "$2b$31" + bcrypt_hash.substr(6)}})),
              "The password hash costs more than is accepted of bcrypt: cost 14.");
}

TEST_F(CsvUsersTest, the_user_name_is_there_and_one_of_the_pool) {
    EXPECT_EQ(refused(jane({{"cognito:username", " "}})), "cognito:username is missing.");
    EXPECT_EQ(refused(jane({{"cognito:username", std::string(129, 'j')}})),
              "cognito:username is longer than 128 characters.");
    EXPECT_EQ(refused(jane({{"cognito:username", "jane doe"}})),
              "Username can contain only letters, numbers, symbols and punctuation.");
    pool.settings.UsernameAttributes = List<UsernameAttributeType>{UsernameAttributeType::email};
    EXPECT_EQ(refused(jane()), "Username should be an email.");
    const auto user = read(jane({{"cognito:username", "jane@Example.com"}}));
    EXPECT_EQ(user.username, "sub-1") << "the sub, as for everybody in such a pool";
    EXPECT_EQ(user.attribute("email"), "jane@example.com");
    EXPECT_EQ(refused(jane({{"cognito:username", "john@example.com"}})),
              "Attributes did not conform to the schema: email: differs from the user name");
}

TEST_F(CsvUsersTest, a_user_without_a_password_has_a_verified_address_that_the_pool_verifies) {
    const std::string either = "email_verified or phone_number_verified must be true for a user without password_hash.";
    EXPECT_EQ(refused(jane({{"email_verified", "FALSE"}})), either);
    EXPECT_EQ(refused(jane({{"email_verified", ""}})), either);
    const Columns by_phone = {
        {"email_verified", ""}, {"phone_number", "+14155550123"}, {"phone_number_verified", "true"}};
    EXPECT_EQ(read(jane(by_phone)).status, UserStatus::RESET_REQUIRED);

    pool.settings.AutoVerifiedAttributes = List<VerifiedAttributeType>{VerifiedAttributeType::email};
    EXPECT_EQ(refused(jane(by_phone)), "email_verified must be true for a user without password_hash.");
    pool.settings.AutoVerifiedAttributes.reset();
    EXPECT_EQ(refused(jane()), "The pool verifies no addresses, so that users need a password_hash.");
}

TEST_F(CsvUsersTest, the_schema_and_its_words_are_those_of_the_api) {
    EXPECT_EQ(refused(jane({{"email", "jane"}})), "Invalid email address format.");
    EXPECT_EQ(refused(jane({{"phone_number", "(415) 555-0123"}})), "Invalid phone number format.");
    EXPECT_EQ(refused(jane({{"email", ""}})), "Email is required to verify/un-verify an email");
    EXPECT_EQ(refused(jane({{"phone_number_verified", "TRUE"}})),
              "Phone Number is required to verify/un-verify a phone number");
    EXPECT_EQ(refused(jane({{"email_verified", "yes"}})),
              "Attributes did not conform to the schema: email_verified: Value must be true or false.");
    EXPECT_EQ(refused(jane({{"updated_at", "today"}})),
              "Attributes did not conform to the schema: updated_at: Value must be a number.");
    EXPECT_EQ(refused(jane({{"name", "two\nlines"}})),
              "Attributes did not conform to the schema: name: Value contains a control character.");
    EXPECT_EQ(refused(jane({{"birthdate", "31.12.1999"}})), "birthdate must be mm/dd/yyyy.");
    EXPECT_EQ(read(jane({{"birthdate", "1999-12-31"}})).attribute("birthdate"), "1999-12-31");

    SchemaAttributeType family_name;
    family_name.Name = shape::PlainString("family_name");
    family_name.Required = true;
    pool.settings.SchemaAttributes = make_schema(SchemaList{family_name});
    EXPECT_EQ(refused(jane()), "Attributes did not conform to the schema: family_name: The attribute is required");
    EXPECT_NO_THROW(read(jane({{"family_name", "Doe"}})));
}

TEST_F(CsvUsersTest, the_second_factor_is_as_the_pool_has_it) {
    const auto with_mfa = [&](const std::string& enabled, const std::string& phone = "") {
        return jane({{"cognito:mfa_enabled", enabled}, {"phone_number", phone}});
    };
    EXPECT_EQ(refused(with_mfa("")), "cognito:mfa_enabled must be true or false.");
    EXPECT_EQ(refused(with_mfa("1")), "cognito:mfa_enabled must be true or false.");
    EXPECT_EQ(refused(with_mfa("true")), "cognito:mfa_enabled must be false: the pool has no second factor.");

    pool.settings.MfaConfiguration = UserPoolMfaType::ON;
    EXPECT_EQ(refused(with_mfa("false")), "cognito:mfa_enabled must be true: the pool requires a second factor.");
    EXPECT_TRUE(read(with_mfa("TRUE", "+14155550123")).mfa.preferred.has_value());
    EXPECT_FALSE(read(with_mfa("TRUE")).mfa.has(MfaFactor::SMS_MFA))
        << "to be set up, as for a user that an administrator made";

    pool.settings.MfaConfiguration = UserPoolMfaType::OPTIONAL;
    EXPECT_FALSE(read(with_mfa("false", "+14155550123")).mfa.has(MfaFactor::SMS_MFA));
    EXPECT_TRUE(read(with_mfa("true", "+14155550123")).mfa.has(MfaFactor::SMS_MFA));
    EXPECT_EQ(refused(with_mfa("true")),
              "cognito:mfa_enabled is true, and there is no phone_number that a code could be sent to.");
}

TEST_F(CsvUsersTest, a_row_has_a_value_for_every_column) {
    const CsvUsers columns(pool, {"cognito:username", "cognito:mfa_enabled", "email"});
    const auto wrong = [&](const std::vector<std::string>& row) {
        return message_of([&] { columns.to_user(row, UserId("sub-1"), now); });
    };
    EXPECT_EQ(wrong({"jane", "false"}), "The row has 2 values for 3 columns.");
    EXPECT_EQ(wrong({"jane", "false", "", ""}), "The row has 4 values for 3 columns.");
}

}  // namespace
}  // namespace symbolon::directory::transfer
