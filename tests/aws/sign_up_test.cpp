// Signing up and its confirmation, with and without a client's secret (cognito-api.md §3.1, §3.2, §3.14).
#include "aws/house.hpp"

namespace symbolon::aws {
namespace {

class SignUpCalls : public House {
protected:
    object of(std::string_view username, const object& more = {}) const {
        return with({{"ClientId", client}, {"Username", username}}, more);
    }
    object request(std::string_view username = jane) const { return of(username, {{"Password", good}}); }
    void hide_users() { client = add_client(pool, {{"PreventUserExistenceErrors", "ENABLED"}}); }
    Refused confirm_refusal(std::string_view username, std::string_view code) {
        return refusal("ConfirmSignUp", of(username, {{"ConfirmationCode", code}}));
    }
    object admin_get(std::string_view username = jane) {
        return call("AdminGetUser", {{"UserPoolId", pool}, {"Username", username}});
    }
    const std::string pool = add_pool(tutorial());
    std::string client = add_client(pool);
};

TEST_F(SignUpCalls, a_number_signs_up_confirms_and_is_verified) {
    const auto made = call("SignUp", request());
    EXPECT_EQ(made.at("UserConfirmed"), false);
    EXPECT_EQ(made.at("CodeDeliveryDetails"),
              (object{{"Destination", "+*******0123"}, {"DeliveryMedium", "SMS"}, {"AttributeName", "phone_number"}}));
    EXPECT_FALSE(made.contains("Session"));
    const auto sub = text(made, "UserSub");
    auto user = admin_get();
    EXPECT_EQ(text(user, "UserStatus"), "UNCONFIRMED");
    EXPECT_EQ(text(user, "Username"), sub);
    EXPECT_EQ(attribute(user.at("UserAttributes").as_array(), "phone_number_verified"), "false");

    EXPECT_EQ(call("ConfirmSignUp", of(jane, {{"ConfirmationCode", last_code(pool)}})), object{});
    user = admin_get(sub);
    EXPECT_EQ(text(user, "UserStatus"), "CONFIRMED");
    EXPECT_EQ(attribute(user.at("UserAttributes").as_array(), "phone_number_verified"), "true");
    EXPECT_EQ(attribute(user.at("UserAttributes").as_array(), "sub"), sub);
}

TEST_F(SignUpCalls, a_username_is_a_phone_number_and_given_once) {
    for (const char* name : {"jane", "jane@example.com", "4155550123", "+1", "+1415555012x"}) {
        EXPECT_EQ(refusal("SignUp", request(name)), (Refused{"InvalidParameter", "Username should be a phone number."}))
            << name;
    }
    call("SignUp", request());
    EXPECT_EQ(refusal("SignUp", request()),
              (Refused{"UsernameExists", "An account with the given phone_number already exists."}));
}

TEST_F(SignUpCalls, a_number_that_no_text_goes_to_is_refused) {
    services.limits.text_prefixes = {"+44"};
    EXPECT_EQ(refusal("SignUp", request()),
              (Refused{"CodeDeliveryFailure", "Text messages are not sent to phone numbers of this country."}));
}

TEST_F(SignUpCalls, a_password_follows_the_policy) {
    const auto refuse = [&](std::string_view password, std::string_view why) {
        EXPECT_EQ(refusal("SignUp", of(jane, {{"Password", password}})),
                  (Refused{"InvalidPassword", "Password did not conform with policy: " + std::string(why)}))
            << password;
    };
    refuse("Aa1!aaa", "Password not long enough");
    refuse("aa1!aaaa", "Password must have uppercase characters");
    refuse("AA1!AAAA", "Password must have lowercase characters");
    refuse("AAa!AAAA", "Password must have numeric characters");
    refuse("AAa1AAAA", "Password must have symbol characters");
    EXPECT_EQ(refusal("SignUp", of(jane)),
              (Refused{"InvalidPassword", "Password did not conform with policy: Password not long enough"}));
}

TEST_F(SignUpCalls, attributes_follow_the_schema_and_the_clients_permissions) {
    const auto attributes = [&](std::string_view name, std::string_view value) {
        return with(request(), {{"UserAttributes", array{object{{"Name", name}, {"Value", value}}}}});
    };
    EXPECT_EQ(refusal("SignUp", attributes("custom:x", "1")),
              (Refused{"InvalidParameter",
                       "Attributes did not conform to the schema: custom:x: Attribute does not exist in the schema."}));
    EXPECT_EQ(refusal("SignUp", attributes("sub", "1")),
              (Refused{"InvalidParameter", "Cannot modify the non-mutable attribute sub"}));
    EXPECT_EQ(refusal("SignUp", attributes("email", "no-address")),
              (Refused{"InvalidParameter", "Invalid email address format."}));
    for (const char* flag : {"phone_number_verified", "email_verified"}) {
        for (const char* value : {"true", "false"}) {
            EXPECT_EQ(refusal("SignUp", attributes(flag, value)),
                      (Refused{"NotAuthorized", "A client attempted to write unauthorized attribute"}))
                << flag;
        }
    }
    EXPECT_EQ(refusal("SignUp", attributes("phone_number", john)).type, "InvalidParameter") << "not the user name";
    client = add_client(pool, {{"WriteAttributes", array{"name"}}});
    EXPECT_EQ(refusal("SignUp", attributes("email", "jane@example.com")),
              (Refused{"NotAuthorized", "A client attempted to write unauthorized attribute"}));
    call("SignUp", attributes("name", "Jane"));
}

// Attack row 43: nothing that a pool or a person sets ends up as a header of a message.
TEST_F(SignUpCalls, no_text_adds_a_header_to_a_message) {
    const std::string breaks = "Welcome\r\nBcc: evil@example.com\nX: y";
    const auto mailing =
        add_pool(with(parse(R"({"AutoVerifiedAttributes": ["email"]})"),
                      {{"EmailVerificationSubject", breaks}, {"EmailVerificationMessage", "Line\r\nbreak {####}"}}));
    client = add_client(mailing);
    const auto sign_up = [&](std::string_view name, std::string_view attribute, std::string_view value) {
        array attributes{object{{"Name", "email"}, {"Value", "jane@example.com"}}};
        if (attribute == "email") attributes.clear();
        attributes.push_back(object{{"Name", attribute}, {"Value", value}});
        return send("SignUp", with(request(name), {{"UserAttributes", attributes}}));
    };
    for (const std::string_view value :
         std::vector<std::string_view>{"a\rb", "a\nb", {"a\0b", 3}, "a\u0085b", "a\u2028b"}) {
        EXPECT_EQ(sign_up("alice", "name", value).status, 400) << value;
        EXPECT_EQ(sign_up(value, "name", "x").status, 400) << value;
        EXPECT_EQ(sign_up("alice", "email", std::string(value) + "@example.com").status, 400) << value;
    }
    EXPECT_EQ(sign_up("alice", "name", std::string(2049, 'x')).status, 400);
    EXPECT_TRUE(messages(mailing).empty());
    EXPECT_EQ(sign_up("alice", "name", "\u202Egnp.exe \u05D0\u05D1").status, 200)
        << "a name may be written from right to left";
    ASSERT_EQ(messages(mailing).size(), 1U);
    const auto mail = messages(mailing).front();
    EXPECT_EQ(mail.to, "jane@example.com");
    EXPECT_EQ(mail.subject, "Welcome  Bcc: evil@example.com X: y");
}

TEST_F(SignUpCalls, a_missing_required_attribute_is_named) {
    const auto strict = add_pool(parse(R"({"AliasAttributes": ["email"]})"));
    const auto made = call("CreateUserPool", parse(R"({"PoolName": "p",
        "Schema": [{"Name": "email", "AttributeDataType": "String", "Required": true}]})"));
    client = add_client(text(made, "UserPool.Id"));
    EXPECT_EQ(
        refusal("SignUp", request("jane")),
        (Refused{"InvalidParameter", "Attributes did not conform to the schema: email: The attribute is required"}));
    client = add_client(strict);
    EXPECT_EQ(refusal("SignUp", request("jane@example.com")),
              (Refused{"InvalidParameter",
                       "Username cannot be of email format, since user pool is configured for email alias."}));
}

TEST_F(SignUpCalls, a_wrong_code_can_be_tried_again_and_a_right_one_only_once) {
    call("SignUp", request());
    const auto code = last_code(pool);
    EXPECT_EQ(confirm_refusal(jane, other_than(code)), wrong_code);
    EXPECT_EQ(confirm_refusal(jane, "nonsense"), wrong_code);
    call("ConfirmSignUp", of(jane, {{"ConfirmationCode", code}}));
    EXPECT_EQ(confirm_refusal(jane, code),
              (Refused{"NotAuthorized", "User cannot be confirmed. Current status is CONFIRMED"}));
}

TEST_F(SignUpCalls, guessing_ends_the_code) {
    call("SignUp", request());
    const auto code = last_code(pool);
    for (int i = 0; i < services.limits.tries_per_code; ++i)
        EXPECT_EQ(confirm_refusal(jane, other_than(code)), wrong_code);
    EXPECT_EQ(confirm_refusal(jane, code), expired_code);
}

TEST_F(SignUpCalls, a_code_lives_a_day) {
    call("SignUp", request());
    clock.advance(std::chrono::hours(24));
    EXPECT_EQ(confirm_refusal(jane, last_code(pool)), expired_code);
}

TEST_F(SignUpCalls, a_resent_code_ends_the_former) {
    call("SignUp", request());
    const auto former = last_code(pool);
    const auto delivery = call("ResendConfirmationCode", of(jane));
    EXPECT_EQ(text(delivery, "CodeDeliveryDetails.Destination"), "+*******0123");
    ASSERT_NE(last_code(pool), former);
    EXPECT_EQ(confirm_refusal(jane, former), wrong_code);
    call("ConfirmSignUp", of(jane, {{"ConfirmationCode", last_code(pool)}}));
    EXPECT_EQ(refusal("ResendConfirmationCode", of(jane)), (Refused{"InvalidParameter", "User is already confirmed."}));
}

TEST_F(SignUpCalls, resending_is_limited) {
    call("SignUp", request());
    for (int i = 0; i < services.limits.resends_per_hour; ++i) call("ResendConfirmationCode", of(jane));
    EXPECT_EQ(refusal("ResendConfirmationCode", of(jane)),
              (Refused{"LimitExceeded", "Attempt limit exceeded, please try after some time."}));
}

TEST_F(SignUpCalls, an_unknown_user_is_told_or_hidden_as_the_client_says) {
    EXPECT_EQ(confirm_refusal(nobody, "123456"), unknown_user_of_client);
    EXPECT_EQ(refusal("ResendConfirmationCode", of(nobody)), unknown_user_of_client);
    hide_users();
    call("SignUp", request(jane));
    EXPECT_EQ(text(call("ResendConfirmationCode", of(nobody)), "CodeDeliveryDetails.DeliveryMedium"), "SMS");
    EXPECT_EQ(confirm_refusal(nobody, "123456"), wrong_code);
    EXPECT_EQ(confirm_refusal(john, "123456"), expired_code);
}

// §3.1: SECRET_HASH.
class SecretHash : public SignUpCalls {
protected:
    SecretHash() {
        client = add_client(pool, {{"GenerateSecret", true}});
        secret = secret_of(pool, client);
    }
    object hashed(const object& body, std::string_view by) const { return with(body, {{"SecretHash", by}}); }
    std::string secret;
};

TEST_F(SecretHash, every_operation_of_a_client_with_a_secret_wants_it) {
    const Refused missing{"NotAuthorized",
                          "Client " + client + " is configured with secret but SECRET_HASH was not received"};
    const Refused wrong{"NotAuthorized", "Unable to verify secret hash for client " + client};
    const std::vector<std::pair<const char*, object>> calls{
        {"SignUp", request()},
        {"ConfirmSignUp", of(jane, {{"ConfirmationCode", "123456"}})},
        {"ResendConfirmationCode", of(jane)},
        {"ForgotPassword", of(jane)},
        {"ConfirmForgotPassword", of(jane, {{"ConfirmationCode", "123456"}, {"Password", good}})}};
    for (const auto& [operation, body] : calls) {
        EXPECT_EQ(refusal(operation, body), missing) << operation;
        for (const auto& by : {hash(secret, john, client), hash(secret, jane, "another"), hash("another", jane, client),
                               hash(secret, jane, client).substr(0, 43), std::string("A")}) {
            EXPECT_EQ(refusal(operation, hashed(body, by)), wrong) << operation;
        }
    }
    EXPECT_TRUE(messages(pool).empty());
    call("SignUp", hashed(request(), hash(secret, jane, client)));
}

TEST_F(SecretHash, the_hash_is_over_the_name_as_this_request_has_it) {
    const auto made = call("SignUp", hashed(request(), hash(secret, jane, client)));
    const auto sub = text(made, "UserSub");
    const object by_sub = of(sub, {{"ConfirmationCode", last_code(pool)}});
    EXPECT_EQ(refusal("ConfirmSignUp", hashed(by_sub, hash(secret, jane, client))).type, "NotAuthorized");
    call("ConfirmSignUp", hashed(by_sub, hash(secret, sub, client)));
}

TEST_F(SecretHash, a_client_without_a_secret_gets_none) {
    client = add_client(pool);
    EXPECT_EQ(refusal("SignUp", hashed(request(), hash(secret, jane, client))),
              (Refused{"NotAuthorized", "Client " + client + " is not configured with a secret"}));
}

}  // namespace
}  // namespace symbolon::aws
