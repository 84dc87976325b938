// Users under administration, and the search for them (cognito-api.md §2.7, §4.6, §4.7; attack row 44).
#include "aws/house.hpp"
#include "aws/user_filter.hpp"

#include <chrono>
#include <set>

namespace symbolon::aws {
namespace {

class Users : public House {
protected:
    object of(std::string_view username, const object& more = {}) const {
        return with({{"UserPoolId", pool}, {"Username", username}}, more);
    }
    static object attributes(std::initializer_list<std::pair<const char*, const char*>> list) {
        array out;
        for (const auto& [name, value] : list) out.push_back(object{{"Name", name}, {"Value", value}});
        return {{"UserAttributes", out}};
    }
    object create(std::string_view username, const object& more = {}) {
        return part(call("AdminCreateUser", with(of(username, {{"MessageAction", "SUPPRESS"}}), more)), "User");
    }
    std::string status(std::string_view username) { return text(call("AdminGetUser", of(username)), "UserStatus"); }

    std::string pool = add_pool(parse(R"({"AliasAttributes": ["email"]})"));
    std::string client = add_client(pool);
};

TEST_F(Users, an_administrator_makes_a_user_who_must_change_the_password) {
    const auto user = create("alice", attributes({{"email", "alice@example.com"}, {"name", "Alice"}}));
    EXPECT_EQ(text(user, "Username"), "alice");
    EXPECT_EQ(user.at("Enabled"), true);
    EXPECT_EQ(text(user, "UserStatus"), "FORCE_CHANGE_PASSWORD");
    EXPECT_EQ(user.at("UserCreateDate"), 1.8e9);
    EXPECT_EQ(user.at("UserLastModifiedDate"), 1.8e9);
    const auto& list = user.at("Attributes").as_array();
    EXPECT_EQ(text(list.front().as_object(), "Name"), "sub");
    EXPECT_EQ(attribute(list, "email"), "alice@example.com");
    const auto seen = call("AdminGetUser", of("alice"));
    EXPECT_EQ(seen.at("UserAttributes"), user.at("Attributes"));
    for (const char* absent : {"Attributes", "UserMFASettingList", "PreferredMfaSetting", "MFAOptions"}) {
        EXPECT_FALSE(seen.contains(absent)) << absent;
    }
    EXPECT_EQ(call("AdminGetUser", of(attribute(list, "sub"))), seen);
    EXPECT_EQ(refusal("AdminCreateUser", of("alice")), (Refused{"UsernameExists", "User account already exists"}));
}

TEST_F(Users, an_invitation_goes_out_unless_suppressed_and_again_on_request) {
    create("alice", attributes({{"email", "alice@example.com"}}));
    EXPECT_TRUE(messages(pool).empty());
    const object by_mail{{"DesiredDeliveryMediums", array{"EMAIL"}}};
    call("AdminCreateUser", with(of("bob", attributes({{"email", "bob@example.com"}})), by_mail));
    ASSERT_EQ(messages(pool).size(), 1U);
    EXPECT_EQ(messages(pool).front().to, "bob@example.com");

    clock.advance(std::chrono::hours(24 * 8));
    call("AdminCreateUser", with(of("bob", {{"MessageAction", "RESEND"}, {"TemporaryPassword", good}}), by_mail));
    ASSERT_EQ(messages(pool).size(), 2U);
    EXPECT_NE(messages(pool).front().text.find(good), std::string::npos);
    EXPECT_EQ(text(sign_in(client, "bob"), "ChallengeName"), "NEW_PASSWORD_REQUIRED") << "a fresh expiry";

    EXPECT_EQ(refusal("AdminCreateUser", of("carol", {{"MessageAction", "RESEND"}})), unknown_user);
    call("AdminSetUserPassword", of("bob", {{"Password", good}, {"Permanent", true}}));
    EXPECT_EQ(refusal("AdminCreateUser", of("bob", {{"MessageAction", "RESEND"}})),
              (Refused{"UnsupportedUserState", "Resend not possible. bob status is not FORCE_CHANGE_PASSWORD"}));
}

TEST_F(Users, a_verified_address_belongs_to_one_user_unless_forced) {
    const auto verified = attributes({{"email", "a@example.com"}, {"email_verified", "true"}});
    create("alice", verified);
    EXPECT_EQ(refusal("AdminCreateUser", of("bob", verified)),
              (Refused{"AliasExists", "An account with the email already exists."}));
    create("bob", with(verified, {{"ForceAliasCreation", true}}));
    EXPECT_EQ(text(call("AdminGetUser", of("a@example.com")), "Username"), "bob");
}

TEST_F(Users, a_password_is_set_for_good_or_for_the_first_time) {
    create("alice");
    EXPECT_EQ(refusal("AdminSetUserPassword", of("alice", {{"Password", "weak"}})).type, "InvalidPassword");
    call("AdminSetUserPassword", of("alice", {{"Password", good}, {"Permanent", true}}));
    EXPECT_EQ(status("alice"), "CONFIRMED");
    EXPECT_TRUE(sign_in(client, "alice").contains("AuthenticationResult"));
    call("AdminSetUserPassword", of("alice", {{"Password", "Another-Horse-8"}}));
    EXPECT_EQ(status("alice"), "FORCE_CHANGE_PASSWORD");
    EXPECT_EQ(text(sign_in(client, "alice", "Another-Horse-8"), "ChallengeName"), "NEW_PASSWORD_REQUIRED");
}

TEST_F(Users, confirming_is_for_the_unconfirmed) {
    call("SignUp", {{"ClientId", client}, {"Username", "alice"}, {"Password", good}});
    EXPECT_EQ(status("alice"), "UNCONFIRMED");
    EXPECT_EQ(call("AdminConfirmSignUp", of("alice")), object{});
    EXPECT_EQ(status("alice"), "CONFIRMED");
    EXPECT_EQ(refusal("AdminConfirmSignUp", of("alice")),
              (Refused{"NotAuthorized", "User cannot be confirmed. Current status is CONFIRMED"}));
    create("bob");
    EXPECT_EQ(refusal("AdminConfirmSignUp", of("bob")),
              (Refused{"NotAuthorized", "User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD"}));
}

TEST_F(Users, a_deleted_user_is_unknown_and_the_name_free_with_another_sub) {
    const auto first = attribute(create("alice").at("Attributes").as_array(), "sub");
    call("AdminDeleteUser", of("alice"));
    EXPECT_EQ(refusal("AdminGetUser", of("alice")), unknown_user);
    EXPECT_EQ(refusal("AdminGetUser", of(first)), unknown_user);
    EXPECT_EQ(refusal("AdminDeleteUser", of("alice")), unknown_user);
    EXPECT_NE(attribute(create("alice").at("Attributes").as_array(), "sub"), first);
}

class Search : public Users {
protected:
    Search() {
        create("alice", attributes({{"email", "alice@example.com"}, {"given_name", "Alice"}}));
        create("Alan", attributes({{"email", "ALAN@example.com"}, {"given_name", "al\"an\\"}}));
        create("bob", attributes({{"phone_number", jane.data()}, {"family_name", "Äpfel"}}));
        call("AdminSetUserPassword", of("bob", {{"Password", good}, {"Permanent", true}}));
    }
    std::set<std::string> find(std::string_view filter) {
        std::set<std::string> names;
        const auto found = call("ListUsers", {{"UserPoolId", pool}, {"Filter", filter}});
        for (const auto& user : found.at("Users").as_array()) names.insert(text(user.as_object(), "Username"));
        return names;
    }
    Refused find_refusal(std::string_view filter) {
        return refusal("ListUsers", {{"UserPoolId", pool}, {"Filter", filter}});
    }
    using Names = std::set<std::string>;
};

TEST_F(Search, filters_compare_whole_values_or_beginnings) {
    EXPECT_EQ(find(""), (Names{"alice", "Alan", "bob"}));
    EXPECT_EQ(find("   "), (Names{"alice", "Alan", "bob"}));
    EXPECT_EQ(find(R"(username = "alice")"), Names{"alice"});
    EXPECT_EQ(find(R"(username="al")"), Names{});
    EXPECT_EQ(find(R"("username"^="al")"), Names{"alice"}) << "user names keep their case";
    EXPECT_EQ(find(R"(email ^= "AL")"), (Names{"alice", "Alan"})) << "attributes do not";
    EXPECT_EQ(find(R"(  email  =  "alan@EXAMPLE.com"  )"), Names{"Alan"});
    EXPECT_EQ(find(R"(given_name = "al\"an\\")"), Names{"Alan"});
    EXPECT_EQ(find(R"(family_name ^= "äpf")"), Names{"bob"});
    EXPECT_EQ(find(R"(phone_number = "+14155550123")"), Names{"bob"});
    EXPECT_EQ(find(R"(cognito:user_status = "confirmed")"), Names{"bob"});
    EXPECT_EQ(find(R"(status = "Enabled")"), (Names{"alice", "Alan", "bob"}));
    EXPECT_EQ(find(R"(status = "Disabled")"), Names{});
    EXPECT_EQ(find(R"(username = "%")"), Names{});
    EXPECT_EQ(find(R"(username ^= "' OR 1=1 --")"), Names{});
    const auto sub = attribute(call("AdminGetUser", of("bob")).at("UserAttributes").as_array(), "sub");
    EXPECT_EQ(find("sub = \"" + sub + "\""), Names{"bob"});
}

TEST_F(Search, what_is_no_filter_is_refused) {
    const Refused syntax{"InvalidParameter", "Error while parsing filter"};
    for (const char* filter :
         {"username", "username =", "username = alice", "username = \"alice", "username \"alice\"", "= \"alice\"",
          "username == \"alice\"", "username = \"a\" and email = \"b\"", "\"username = \"alice\"", "username ^ \"a\"",
          "username = \"a\\x\"", "username = \"a\\", "username = 'alice'", "username != \"alice\"", "^=\"a\""}) {
        EXPECT_EQ(find_refusal(filter), syntax) << filter;
    }
    for (const char* name : {"nickname", "custom:x", "enabled", "Username", "1"}) {
        EXPECT_EQ(find_refusal(std::string(name) + " = \"a\""),
                  (Refused{"InvalidParameter", "Invalid search attribute: " + std::string(name)}));
    }
}

TEST_F(Search, only_the_attributes_that_were_asked_for_are_shown) {
    const auto shown = [&](const array& names) {
        const auto found =
            call("ListUsers", {{"UserPoolId", pool}, {"Filter", "username = \"alice\""}, {"AttributesToGet", names}});
        return found.at("Users").as_array().front().as_object().at("Attributes").as_array();
    };
    EXPECT_EQ(shown({"email"}), (array{object{{"Name", "email"}, {"Value", "alice@example.com"}}}));
    EXPECT_EQ(shown({"nickname"}), array{});
    EXPECT_EQ(shown(array{}).size(), 3U);
}

TEST_F(Search, a_huge_filter_is_refused_by_its_length) {
    const auto began = std::chrono::steady_clock::now();
    const auto refusal = find_refusal("username = \"" + std::string(100'000, '\\') + "\"");
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(1));
    EXPECT_EQ(refusal.type, "InvalidParameter");
    EXPECT_TRUE(
        refusal.message.ends_with("at 'filter' failed to satisfy constraint: "
                                  "Member must have length less than or equal to 256"));
}

TEST(UserFilter, whatever_the_text_it_is_read_once_and_accepted_or_refused) {
    crypto::SeededRandom random{44};
    constexpr std::string_view letters = "\"\\=^ au\t\x01%'\xC3";
    int refused = 0;
    for (int i = 0; i < 5000; ++i) {
        const auto text = (i % 2 == 0 ? "username ^= \"" : "") + random.text(250, letters);
        try {
            const auto filter = parse_user_filter(text);
            EXPECT_TRUE(filter.attribute.empty() || filter.attribute == "username") << text;
        } catch (const Error& error) {
            ++refused;
            EXPECT_EQ(error.code, Errc::invalid_parameter);
        }
    }
    EXPECT_GT(refused, 0);
}

// Twice the text may cost about twice the time; a search that goes back costs four times and more.
TEST(UserFilter, a_long_text_is_read_in_linear_time) {
    for (const char* piece : {"\\\\", "\\\"", "a", "="}) {
        std::string text = "username = \"";
        for (int i = 0; i < 200'000; ++i) text += piece;
        const auto began = std::chrono::steady_clock::now();
        EXPECT_EQ(parse_user_filter(text + "\"").attribute, "username");
        EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10)) << piece;
    }
}

}  // namespace
}  // namespace symbolon::aws
