#include "signin/sign_up.hpp"

#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using directory::UserStatus;

class SignUpTest : public House {
protected:
    SignUpResult join(std::string_view login, directory::Attributes attributes = {}, std::string_view password = good) {
        return run(
            sign_up.sign_up(pool, client, std::string(login), Password(password), std::move(attributes), caller));
    }
    Refused refusal(std::string_view login, directory::Attributes attributes = {}, std::string_view password = good) {
        return refusal_of([&] { join(login, attributes, password); });
    }
    void confirm(std::string_view login, std::string_view code, bool force = false) {
        run(sign_up.confirm(pool, client, std::string(login), OneTimeCode(code), force, caller));
    }
    Refused confirm_refusal(std::string_view login, std::string_view code) {
        return refusal_of([&] { confirm(login, code); });
    }
    CodeDelivery resend(std::string_view login) {
        return run(sign_up.resend(pool, client, std::string(login), caller));
    }
    void sign_in_by_name_with_aliases() {
        change_pool([](directory::Pool& changed) {
            changed.settings.UsernameAttributes.reset();
            changed.settings.AliasAttributes = List<directory::AliasAttributeType>{
                directory::AliasAttributeType::phone_number, directory::AliasAttributeType::preferred_username};
        });
    }
};

TEST_F(SignUpTest, a_phone_number_becomes_an_unconfirmed_user_that_gets_a_code) {
    const auto made = join(jane);
    EXPECT_EQ(made.username, made.user_id.str()) << "the user name is the sub";
    EXPECT_FALSE(made.confirmed);
    ASSERT_TRUE(made.delivery);
    EXPECT_EQ(made.delivery->attribute, "phone_number");
    EXPECT_EQ(made.delivery->medium, "SMS");
    EXPECT_EQ(made.delivery->destination, "+*******0123");

    const auto stored = user(jane);
    EXPECT_EQ(stored.id, made.user_id);
    EXPECT_EQ(stored.status, UserStatus::UNCONFIRMED);
    EXPECT_EQ(stored.attribute("phone_number"), jane);
    EXPECT_EQ(stored.attribute("phone_number_verified"), "false");
    EXPECT_TRUE(stored.password_hash.starts_with("$argon2id$"));

    const auto text = last_message();
    EXPECT_EQ(text.to, jane);
    EXPECT_EQ(text.purpose, "sign_up");
    EXPECT_EQ(text.username, made.username);
    EXPECT_EQ(text.text, "Your verification code is " + text.code + ". ");
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), (Refused{Errc::user_not_confirmed, "User is not confirmed."}));
}

TEST_F(SignUpTest, the_code_confirms_the_user_and_the_number) {
    const auto made = join(jane);
    const auto code = last_code();
    EXPECT_EQ(confirm_refusal(jane, other_than(code)), wrong_code);
    confirm(jane, code);
    EXPECT_EQ(user(jane).status, UserStatus::CONFIRMED);
    EXPECT_TRUE(user(jane).is_verified("phone_number"));
    EXPECT_EQ(confirm_refusal(jane, code),
              (Refused{Errc::not_authorized, "User cannot be confirmed. Current status is CONFIRMED"}));
}

TEST_F(SignUpTest, refusals_have_the_words_of_the_api) {
    EXPECT_EQ(refusal("jane"), (Refused{Errc::invalid_parameter, "Username should be a phone number."}));
    EXPECT_EQ(refusal(jane, {}, "short").code, Errc::invalid_password);
    EXPECT_EQ(refusal(jane, {}, "").code, Errc::invalid_password);
    EXPECT_EQ(refusal(jane, {{"email", "x"}}), (Refused{Errc::invalid_parameter, "Invalid email address format."}));
    EXPECT_EQ(refusal(jane, {{"phone_number", "+14155550142"}}).code, Errc::invalid_parameter);
    EXPECT_EQ(refusal(jane, {{"phone_number", std::string(jane)}, {"phone_number_verified", "true"}}),
              (Refused{Errc::not_authorized, "A client attempted to write unauthorized attribute"}));
    EXPECT_NO_THROW(join(jane, {{"phone_number", std::string(jane)}}));
    EXPECT_EQ(refusal(jane),
              (Refused{Errc::username_exists, "An account with the given phone_number already exists."}));
    change_pool(
        [](directory::Pool& changed) { changed.settings.AdminCreateUserConfig->AllowAdminCreateUserOnly = true; });
    EXPECT_EQ(refusal(john), (Refused{Errc::not_authorized, "SignUp is not permitted for this user pool"}));
}

// This node may remember the pool for another second.
TEST_F(SignUpTest, nobody_joins_a_pool_that_another_node_has_deleted) {
    run(db->write([&](db::Transaction& tx) { directory::Pools(tx).erase(pool->id); }));
    EXPECT_EQ(refusal(jane).code, Errc::resource_not_found);
    EXPECT_FALSE(run(db->read([&](db::Transaction& tx) { return directory::Users(tx).find_by_login(*pool, jane); })));
}

TEST_F(SignUpTest, required_attributes_are_required) {
    change_pool([](directory::Pool& changed) {
        for (auto& attribute : *changed.settings.SchemaAttributes) {
            if (attribute.Name->str() == "email" || attribute.Name->str() == "phone_number") attribute.Required = true;
        }
    });
    EXPECT_EQ(refusal(jane), (Refused{Errc::invalid_parameter,
                                      "Attributes did not conform to the schema: email: The attribute is required"}));
    EXPECT_NO_THROW(join(jane, {{"email", "jane@example.com"}}));
}

TEST_F(SignUpTest, without_an_attribute_to_verify_no_code_is_sent) {
    change_pool([](directory::Pool& changed) { changed.settings.AutoVerifiedAttributes.reset(); });
    EXPECT_FALSE(join(jane).delivery);
    EXPECT_TRUE(messages().empty());
    EXPECT_EQ(confirm_refusal(jane, "123456"), expired_code);
    EXPECT_EQ(refusal_of([&] { resend(jane); }),
              (Refused{Errc::not_authorized, "Cannot resend codes. Auto verification not turned on."}));
}

TEST_F(SignUpTest, the_phone_number_wins_over_the_mail_address) {
    change_pool([](directory::Pool& changed) {
        changed.settings.AutoVerifiedAttributes = List<directory::VerifiedAttributeType>{
            directory::VerifiedAttributeType::email, directory::VerifiedAttributeType::phone_number};
        changed.settings.UsernameAttributes.reset();
    });
    EXPECT_EQ(join("both", {{"phone_number", std::string(jane)}, {"email", "b@example.com"}}).delivery->medium, "SMS");
    const auto by_mail = join("mail", {{"email", "mail@example.com"}});
    EXPECT_EQ(by_mail.delivery->medium, "EMAIL");
    EXPECT_EQ(by_mail.delivery->destination, "m***@e***");
    EXPECT_EQ(last_message().subject, "Your verification code");
    confirm("mail", last_code());
    EXPECT_TRUE(user("mail").is_verified("email"));
    EXPECT_EQ(by_mail.username, "mail");
}

// Attack class 20.
TEST_F(SignUpTest, a_code_lives_for_a_day) {
    join(jane);
    const auto code = last_code();
    clock.advance(24h - 1ms);
    EXPECT_EQ(confirm_refusal(jane, other_than(code)), wrong_code);
    clock.advance(1ms);
    EXPECT_EQ(confirm_refusal(jane, code), expired_code);
}

TEST_F(SignUpTest, a_resent_code_ends_the_former) {
    join(jane);
    const auto former = last_code();
    EXPECT_EQ(resend(jane).destination, "+*******0123");
    EXPECT_NE(last_code(), former);
    EXPECT_EQ(confirm_refusal(jane, former), wrong_code);
    EXPECT_NO_THROW(confirm(jane, last_code()));
    EXPECT_EQ(refusal_of([&] { resend(jane); }), (Refused{Errc::invalid_parameter, "User is already confirmed."}));
}

// Attack class 18.
TEST_F(SignUpTest, a_thousand_guesses_are_not_evaluated) {
    join(jane);
    int evaluated = 0;
    for (int i = 0; i < 1000; ++i) {
        if (i % 100 == 50) refusal_of([&] { resend(jane); });
        if (confirm_refusal(jane, other_than(last_code())) == wrong_code) ++evaluated;
    }
    EXPECT_LE(evaluated, 15);
    EXPECT_EQ(confirm_refusal(jane, last_code()), limit);
}

TEST_F(SignUpTest, five_resends_an_hour) {
    join(jane);
    for (int i = 0; i < 5; ++i) EXPECT_NO_THROW(resend(jane));
    EXPECT_EQ(refusal_of([&] { resend(jane); }), limit);
    clock.advance(1h);
    EXPECT_NO_THROW(resend(jane));
}

// Attack class 53: the code proves the number it was sent to, no other.
TEST_F(SignUpTest, a_code_does_not_verify_a_number_that_was_changed_meanwhile) {
    join(jane);
    const auto code = last_code();
    change_user(jane, [](directory::User& changed) { changed.attributes["phone_number"] = "+14155550142"; });
    EXPECT_EQ(confirm_refusal("+14155550142", code), expired_code);
}

TEST_F(SignUpTest, an_alias_that_is_taken_moves_by_force_only) {
    sign_in_by_name_with_aliases();
    join("first", {{"phone_number", std::string(jane)}});
    confirm("first", last_code());
    join("second", {{"phone_number", std::string(jane)}});
    const auto code = last_code();
    EXPECT_EQ(confirm_refusal("second", other_than(code)), wrong_code) << "without the code nothing is told";
    EXPECT_EQ(confirm_refusal("second", code),
              (Refused{Errc::alias_exists, "An account with the phone_number already exists."}));
    EXPECT_EQ(user(jane).username, "first");
    EXPECT_NO_THROW(confirm("second", code, true));
    EXPECT_EQ(user(jane).username, "second");
    EXPECT_FALSE(user("first").is_verified("phone_number"));
}

TEST_F(SignUpTest, in_alias_pools_user_names_are_not_shaped_like_aliases) {
    sign_in_by_name_with_aliases();
    EXPECT_EQ(refusal(jane).code, Errc::invalid_parameter);
    EXPECT_EQ(refusal("jane", {{"preferred_username", "jj"}}).code, Errc::invalid_parameter);
}

// Attack class 33.
TEST_F(SignUpTest, confirming_and_resending_look_alike_for_a_number_that_nobody_has) {
    join(jane);
    const auto masked = resend(jane);
    const auto unknown = resend(nobody);
    EXPECT_EQ(unknown.attribute, masked.attribute);
    EXPECT_EQ(unknown.medium, masked.medium);
    EXPECT_EQ(unknown.destination, "+*******0177");
    EXPECT_EQ(messages().front().to, jane) << "nobody gets nothing";

    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(confirm_refusal(jane, other_than(last_code())), wrong_code);
        EXPECT_EQ(confirm_refusal(nobody, "000000"), wrong_code);
    }
    EXPECT_EQ(confirm_refusal(jane, "000000"), expired_code);
    EXPECT_EQ(confirm_refusal(nobody, "000000"), expired_code);
    for (int i = 0; i < 9; ++i) {
        confirm_refusal(jane, "000000");
        confirm_refusal(nobody, "000000");
    }
    EXPECT_EQ(confirm_refusal(jane, "000000"), limit);
    EXPECT_EQ(confirm_refusal(nobody, "000000"), limit);
    for (int i = 0; i < 4; ++i) {
        EXPECT_NO_THROW(resend(jane));
        EXPECT_NO_THROW(resend(nobody));
    }
    EXPECT_EQ(refusal_of([&] { resend(jane); }), limit);
    EXPECT_EQ(refusal_of([&] { resend(nobody); }), limit);
}

TEST_F(SignUpTest, where_users_are_shown_an_unknown_one_is_told) {
    hide_users(false);
    const Refused unknown{Errc::user_not_found, "Username/client id combination not found."};
    EXPECT_EQ(confirm_refusal(nobody, "000000"), unknown);
    EXPECT_EQ(refusal_of([&] { resend(nobody); }), unknown);
}

TEST_F(SignUpTest, what_fails_leaves_no_user_and_sends_nothing) {
    // The message is refused by the outbox; the user goes with it.
    change_pool([](directory::Pool& changed) {
        changed.settings.UsernameAttributes.reset();
        changed.settings.AutoVerifiedAttributes =
            List<directory::VerifiedAttributeType>{directory::VerifiedAttributeType::email};
        changed.settings.VerificationMessageTemplate->EmailSubject = std::string(999, 'x');
    });
    EXPECT_EQ(refusal("jane", {{"email", "jane@example.com"}}).code, Errc::invalid_parameter);
    EXPECT_TRUE(messages().empty());
    EXPECT_EQ(refusal_of([&] { user("jane"); }).code, Errc::user_not_found);
}

}  // namespace
}  // namespace symbolon::signin
