// Attributes changed by their user and by administrators, and the proof of new numbers and addresses (cognito-api.md
// §2.7, §2.8, §4.3 to §4.5; attack rows 18, 32, 53).
#include "aws/house.hpp"

#include <chrono>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;

const Refused limited{"LimitExceeded", "Attempt limit exceeded, please try after some time."};
const Refused unwritable{"NotAuthorized", "A client attempted to write unauthorized attribute"};
constexpr std::string_view old_mail = "old@example.com";
constexpr std::string_view new_mail = "new@example.com";

using List = std::initializer_list<std::pair<std::string_view, std::string_view>>;

array attribute_list(List attributes) {
    array out;
    for (const auto& [name, value] : attributes) out.push_back(object{{"Name", name}, {"Value", value}});
    return out;
}

class UserAttributes : public House {
protected:
    explicit UserAttributes(const object& settings = parse(R"({"AutoVerifiedAttributes": ["email"]})"),
                            std::string_view username = "alice")
        : user(username), pool(make_pool(settings)), client(add_client(pool)) {
        add(user, {{"email", old_mail}, {"email_verified", "true"}, {"family_name", "A"}});
        renew_access();
    }
    /// Keys are made, which is slow, only for a pool with a schema of its own.
    std::string make_pool(const object& settings) {
        if (!settings.contains("Schema")) return add_pool(settings);
        return text(call("CreateUserPool", with(settings, {{"PoolName", "test"}})), "UserPool.Id");
    }
    void renew_access() { access = text(part(sign_in(client, user), "AuthenticationResult"), "AccessToken"); }
    void add(std::string_view username, List attributes) {
        call("AdminCreateUser", {{"UserPoolId", pool},
                                 {"Username", username},
                                 {"MessageAction", "SUPPRESS"},
                                 {"UserAttributes", attribute_list(attributes)}});
        call("AdminSetUserPassword",
             {{"UserPoolId", pool}, {"Username", username}, {"Password", good}, {"Permanent", true}});
    }
    object update_request(List attributes) const {
        return {{"AccessToken", access}, {"UserAttributes", attribute_list(attributes)}};
    }
    object update(List attributes) { return call("UpdateUserAttributes", update_request(attributes)); }
    Refused update_refusal(List attributes) { return refusal("UpdateUserAttributes", update_request(attributes)); }
    object admin_request(List attributes) const {
        return {{"UserPoolId", pool}, {"Username", user}, {"UserAttributes", attribute_list(attributes)}};
    }
    void admin_update(List attributes) {
        EXPECT_EQ(call("AdminUpdateUserAttributes", admin_request(attributes)), object{});
    }
    Refused admin_refusal(List attributes) { return refusal("AdminUpdateUserAttributes", admin_request(attributes)); }
    object delete_request(array names) const {
        return {{"AccessToken", access}, {"UserAttributeNames", std::move(names)}};
    }
    object verify_request(std::string_view code, std::string_view name = "email") const {
        return {{"AccessToken", access}, {"AttributeName", name}, {"Code", code}};
    }
    void verify(std::string_view code) { EXPECT_EQ(call("VerifyUserAttribute", verify_request(code)), object{}); }
    Refused verify_refusal(std::string_view code, std::string_view name = "email") {
        return refusal("VerifyUserAttribute", verify_request(code, name));
    }
    object ask_request(std::string_view name = "email") const {
        return {{"AccessToken", access}, {"AttributeName", name}};
    }
    std::string value(std::string_view name) { return value_of(user, name); }
    std::string value_of(std::string_view username, std::string_view name) {
        const auto found = call("AdminGetUser", {{"UserPoolId", pool}, {"Username", username}});
        return attribute(found.at("UserAttributes").as_array(), name);
    }
    Refused find_refusal(std::string_view username) {
        return refusal("AdminGetUser", {{"UserPoolId", pool}, {"Username", username}});
    }
    const std::string user;
    const std::string pool;
    const std::string client;
    std::string access;
};

TEST_F(UserAttributes, are_set_and_deleted_by_their_user) {
    EXPECT_EQ(update({{"name", "Alice"}, {"nickname", "Al"}}), (object{{"CodeDeliveryDetailsList", array{}}}));
    EXPECT_EQ(value("name"), "Alice");
    update({{"nickname", ""}});
    EXPECT_EQ(value("nickname"), "");
    EXPECT_EQ(call("DeleteUserAttributes", delete_request({"name"})), object{});
    EXPECT_EQ(value("name"), "");
}

class SchemaOfUserAttributes : public UserAttributes {
protected:
    SchemaOfUserAttributes()
        : UserAttributes(parse(R"({"AutoVerifiedAttributes": ["email"],
              "Schema": [{"Name": "employee", "AttributeDataType": "String", "Mutable": false},
                         {"Name": "family_name", "AttributeDataType": "String", "Required": true, "Mutable": true}]})")) {
    }
};

TEST_F(SchemaOfUserAttributes, is_followed) {
    const std::string start = "Attributes did not conform to the schema: ";
    EXPECT_EQ(update_refusal({{"family_name", ""}}),
              (Refused{"InvalidParameter", start + "family_name: The attribute is required"}));
    EXPECT_EQ(refusal("DeleteUserAttributes", delete_request({"family_name"})).type, "InvalidParameter");
    EXPECT_EQ(admin_refusal({{"family_name", ""}}).type, "InvalidParameter");
    EXPECT_EQ(update_refusal({{"sub", "x"}}),
              (Refused{"InvalidParameter", "Cannot modify the non-mutable attribute sub"}));
    EXPECT_EQ(update_refusal({{"custom:none", "x"}}),
              (Refused{"InvalidParameter", start + "custom:none: Attribute does not exist in the schema."}));
    EXPECT_EQ(update_refusal({{"email", "no address"}}),
              (Refused{"InvalidParameter", "Invalid email address format."}));
    EXPECT_EQ(admin_refusal({{"custom:employee", "2"}}),
              (Refused{"InvalidParameter", "user.custom:employee: Attribute cannot be updated."}));
}

TEST_F(SchemaOfUserAttributes, is_written_as_far_as_the_client_may) {
    EXPECT_EQ(update_refusal({{"custom:employee", "1"}}), unwritable);
    EXPECT_EQ(update_refusal({{"email_verified", "true"}}), unwritable);
    EXPECT_EQ(refusal("DeleteUserAttributes", delete_request({"email_verified"})), unwritable);
    const auto narrow = add_client(pool, {{"WriteAttributes", array{"family_name", "nickname"}}});
    access = text(part(sign_in(narrow, user), "AuthenticationResult"), "AccessToken");
    update({{"nickname", "Al"}});
    EXPECT_EQ(update_refusal({{"name", "Alice"}, {"nickname", "B"}}), unwritable);
    EXPECT_EQ(refusal("DeleteUserAttributes", delete_request({"email"})), unwritable);
    EXPECT_EQ(value("nickname"), "Al") << "all or nothing";
}

// Attack row 53.
TEST_F(UserAttributes, a_new_address_is_unverified_and_gets_a_code) {
    update({{"email", new_mail}});
    EXPECT_EQ(value("email"), new_mail);
    EXPECT_EQ(value("email_verified"), "false");
    ASSERT_EQ(messages(pool).size(), 1U);
    EXPECT_EQ(messages(pool).front().to, new_mail);
    const auto code = last_code(pool);
    EXPECT_EQ(verify_refusal(other_than(code)), wrong_code);
    EXPECT_EQ(verify_refusal(code, "phone_number"), expired_code) << "a code of another attribute";
    verify(code);
    EXPECT_EQ(value("email_verified"), "true");
    EXPECT_EQ(verify_refusal(code), expired_code) << "a code is used once";
}

TEST_F(UserAttributes, what_went_where_is_told) {
    EXPECT_EQ(update({{"email", new_mail}}),
              (object{{"CodeDeliveryDetailsList",
                       array{object{
                           {"Destination", "n***@e***"}, {"DeliveryMedium", "EMAIL"}, {"AttributeName", "email"}}}}}));
    EXPECT_EQ(update({{"phone_number", jane}}), (object{{"CodeDeliveryDetailsList", array{}}}))
        << "the pool does not verify numbers";
    EXPECT_EQ(value("phone_number_verified"), "false");
}

// Attack row 20.
TEST_F(UserAttributes, a_code_is_of_one_address_and_lives_for_a_day) {
    update({{"email", new_mail}});
    const auto first = last_code(pool);
    update({{"email", "other@example.com"}});
    if (first != last_code(pool)) {
        EXPECT_EQ(verify_refusal(first), wrong_code);
    }
    EXPECT_EQ(value("email_verified"), "false");
    clock.advance(24h);
    renew_access();
    EXPECT_EQ(verify_refusal(last_code(pool)), expired_code);
    update({{"email", new_mail}});
    const auto code = last_code(pool);
    admin_update({{"email", "third@example.com"}, {"email_verified", "false"}});
    if (code != last_code(pool)) {
        EXPECT_EQ(verify_refusal(code), wrong_code) << "it was sent to another address";
    }
    EXPECT_EQ(value("email_verified"), "false");
}

TEST_F(UserAttributes, a_code_is_sent_on_demand) {
    const auto sent = call("GetUserAttributeVerificationCode", ask_request());
    EXPECT_EQ(text(sent, "CodeDeliveryDetails.Destination"), "o***@e***");
    EXPECT_EQ(messages(pool).front().to, old_mail);
    verify(last_code(pool));
    EXPECT_EQ(refusal("GetUserAttributeVerificationCode", ask_request("phone_number")).type, "InvalidParameter")
        << "there is none";
    EXPECT_EQ(refusal("GetUserAttributeVerificationCode", ask_request("name")).type, "InvalidParameter");
    EXPECT_EQ(verify_refusal("123456", "name").type, "InvalidParameter");
}

// Attack rows 18 and 54.
TEST_F(UserAttributes, codes_and_guesses_are_limited) {
    for (int i = 0; i < 5; ++i) call("GetUserAttributeVerificationCode", ask_request());
    EXPECT_EQ(refusal("GetUserAttributeVerificationCode", ask_request()), limited);
    const auto sent = messages(pool).size();
    int evaluated = 0;
    for (int i = 0; i < 1000; ++i) {
        if (verify_refusal(other_than(last_code(pool))) == wrong_code) ++evaluated;
    }
    EXPECT_EQ(evaluated, 5) << "then the code is dead";
    EXPECT_EQ(verify_refusal(last_code(pool)), limited);
    EXPECT_EQ(messages(pool).size(), sent);
    clock.advance(1h - 1s);
    renew_access();
    clock.advance(1s);
    call("GetUserAttributeVerificationCode", ask_request());
    verify(last_code(pool));
}

TEST_F(UserAttributes, changes_that_send_codes_are_limited_and_then_change_nothing) {
    std::string last;
    for (int i = 0; i < 10; ++i) {
        last = "new" + std::to_string(i) + "@example.com";
        update({{"email", last}});
    }
    EXPECT_EQ(update_refusal({{"email", "more@example.com"}, {"name", "Alice"}}), limited);
    EXPECT_EQ(value("email"), last);
    EXPECT_EQ(value("name"), "");
    update({{"name", "Alice"}});
}

TEST_F(UserAttributes, administrators_set_what_they_know) {
    admin_update({{"email", new_mail}, {"email_verified", "true"}});
    EXPECT_EQ(value("email"), new_mail);
    EXPECT_EQ(value("email_verified"), "true");
    EXPECT_TRUE(messages(pool).empty());
    admin_update({{"email_verified", "false"}});
    EXPECT_EQ(value("email_verified"), "false");
    admin_update({{"email", "third@example.com"}});
    EXPECT_EQ(messages(pool).front().to, "third@example.com");
    verify(last_code(pool));
    EXPECT_EQ(admin_refusal({{"phone_number_verified", "true"}}),
              (Refused{"InvalidParameter", "Phone Number is required to verify/un-verify a phone number"}));
    EXPECT_EQ(call("AdminDeleteUserAttributes",
                   {{"UserPoolId", pool}, {"Username", user}, {"UserAttributeNames", array{"email"}}}),
              object{});
    EXPECT_EQ(value("email") + value("email_verified"), "");
    EXPECT_EQ(refusal("AdminUpdateUserAttributes", with(admin_request({}), {{"Username", "nobody"}})), unknown_user);
}

// Proof before the change: AttributesRequireVerificationBeforeUpdate.
class ProvenFirst : public UserAttributes {
protected:
    ProvenFirst()
        : UserAttributes(parse(R"({"AutoVerifiedAttributes": ["email"], "AliasAttributes": ["email"],
              "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]}})")) {}
};

// Attack row 53.
TEST_F(ProvenFirst, the_former_address_stays_until_the_new_one_is_proven) {
    EXPECT_EQ(update({{"email", new_mail}}).at("CodeDeliveryDetailsList").as_array().size(), 1U);
    EXPECT_EQ(messages(pool).front().to, new_mail);
    EXPECT_EQ(value("email"), old_mail);
    EXPECT_EQ(value("email_verified"), "true");
    EXPECT_EQ(value_of(old_mail, "family_name"), "A") << "it still names the user";
    EXPECT_EQ(find_refusal(new_mail), unknown_user);
    verify(last_code(pool));
    EXPECT_EQ(value("email"), new_mail);
    EXPECT_EQ(value("email_verified"), "true");
    EXPECT_EQ(value_of(new_mail, "family_name"), "A");
    EXPECT_EQ(find_refusal(old_mail), unknown_user);
}

TEST_F(ProvenFirst, a_newer_change_takes_the_place_of_one_that_waits) {
    update({{"email", new_mail}});
    const auto first = last_code(pool);
    update({{"email", "third@example.com"}});
    const auto second = last_code(pool);
    if (first != second) {
        EXPECT_EQ(verify_refusal(first), wrong_code);
    }
    verify(second);
    EXPECT_EQ(value("email"), "third@example.com");
    update({{"email", new_mail}});
    update({{"email", "third@example.com"}});
    EXPECT_EQ(verify_refusal(last_code(pool)), expired_code) << "back to what it was: nothing waits";
    EXPECT_EQ(value("email"), "third@example.com");
}

TEST_F(ProvenFirst, a_code_on_demand_goes_to_the_address_that_waits) {
    update({{"email", new_mail}});
    call("GetUserAttributeVerificationCode", ask_request());
    EXPECT_EQ(messages(pool).front().to, new_mail);
    verify(last_code(pool));
    EXPECT_EQ(value("email"), new_mail);
}

TEST_F(ProvenFirst, an_address_that_somebody_proved_meanwhile_is_not_taken) {
    update({{"email", new_mail}});
    const auto code = last_code(pool);
    add("bob", {{"email", new_mail}, {"email_verified", "true"}});
    EXPECT_EQ(verify_refusal(code), (Refused{"AliasExists", "An account with the email already exists."}));
    EXPECT_EQ(value("email"), old_mail);
    call("AdminDeleteUser", {{"UserPoolId", pool}, {"Username", "bob"}});
    verify(code);
    EXPECT_EQ(value("email"), new_mail);
}

// An alias is a name as long as it is verified.
class AliasAttributes : public UserAttributes {
protected:
    AliasAttributes()
        : UserAttributes(parse(R"({"AutoVerifiedAttributes": ["email"],
              "AliasAttributes": ["email", "preferred_username"]})")) {}
};

TEST_F(AliasAttributes, a_new_address_names_its_user_once_it_is_proven) {
    EXPECT_EQ(value_of(old_mail, "family_name"), "A");
    update({{"email", new_mail}});
    EXPECT_EQ(find_refusal(old_mail), unknown_user);
    EXPECT_EQ(find_refusal(new_mail), unknown_user);
    EXPECT_EQ(sign_in_refusal(client, new_mail, good), unknown_user);
    verify(last_code(pool));
    EXPECT_EQ(value_of(new_mail, "family_name"), "A");
}

TEST_F(AliasAttributes, a_preferred_name_is_one_users) {
    add("bob", {});
    update({{"preferred_username", "ally"}});
    EXPECT_EQ(value_of("ally", "family_name"), "A");
    EXPECT_EQ(
        refusal("AdminUpdateUserAttributes", {{"UserPoolId", pool},
                                              {"Username", "bob"},
                                              {"UserAttributes", attribute_list({{"preferred_username", "ally"}})}}),
        (Refused{"AliasExists", "An account with the preferred_username already exists."}));
}

// User names that are addresses or numbers.
class UsernameAttributes : public UserAttributes {
protected:
    explicit UsernameAttributes(const object& more = {})
        : UserAttributes(with(parse(R"({"AutoVerifiedAttributes": ["email"],
                                        "UsernameAttributes": ["email", "phone_number"]})"),
                              more),
                         old_mail) {}
    std::string find(std::string_view username) { return value_of(username, "family_name"); }
};

TEST_F(UsernameAttributes, a_new_address_is_the_name_at_once) {
    update({{"email", new_mail}});
    EXPECT_EQ(find(new_mail), "A");
    EXPECT_EQ(find_refusal(old_mail), unknown_user);
    EXPECT_EQ(value_of(new_mail, "email_verified"), "false");
}

TEST_F(UsernameAttributes, the_address_one_signs_in_with_can_change_and_not_go) {
    const Refused kept{"InvalidParameter", "Cannot delete the attribute that the user signs in with."};
    EXPECT_EQ(update_refusal({{"email", ""}}), kept);
    EXPECT_EQ(update_refusal({{"email", ""}, {"phone_number", jane}}), kept) << "nor become a number";
    EXPECT_EQ(refusal("DeleteUserAttributes", delete_request({"email"})), kept);
    EXPECT_EQ(admin_refusal({{"email", ""}}), kept);
    EXPECT_EQ(find(old_mail), "A");
}

// Attack row 32.
TEST_F(UsernameAttributes, a_name_of_somebody_else_is_taken_in_every_spelling) {
    call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", new_mail}, {"MessageAction", "SUPPRESS"}});
    const Refused taken{"AliasExists", "An account with the given email already exists."};
    EXPECT_EQ(update_refusal({{"email", new_mail}}), taken);
    EXPECT_EQ(update_refusal({{"email", "new@EXAMPLE.com"}}), taken);
    EXPECT_EQ(admin_refusal({{"email", new_mail}, {"email_verified", "true"}}), taken);
    EXPECT_EQ(value("email"), old_mail);
}

class ProvenUsername : public UsernameAttributes {
protected:
    ProvenUsername()
        : UsernameAttributes(
              parse(R"({"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]}})")) {}
};

TEST_F(ProvenUsername, the_former_name_is_good_until_the_new_one_is_proven) {
    update({{"email", new_mail}});
    EXPECT_EQ(find_refusal(new_mail), unknown_user);
    EXPECT_EQ(find(old_mail), "A");
    verify(last_code(pool));
    EXPECT_EQ(find(new_mail), "A");
    EXPECT_EQ(find_refusal(old_mail), unknown_user);
}

TEST_F(ProvenUsername, a_taken_name_is_refused_before_a_code_is_sent) {
    call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", new_mail}, {"MessageAction", "SUPPRESS"}});
    EXPECT_EQ(update_refusal({{"email", new_mail}}),
              (Refused{"AliasExists", "An account with the given email already exists."}));
    EXPECT_TRUE(messages(pool).empty());
}

}  // namespace
}  // namespace symbolon::aws
