#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;

class NewPasswordTest : public House {
protected:
    NewPasswordTest() {
        NewUser request;
        request.username = jane;
        request.temporary_password = Password(temporary);
        id = run(administration.create_user(pool, std::move(request))).id;
    }
    Challenge ask() { return std::get<Challenge>(enter(jane, temporary)); }
    Outcome set(const Challenge& asked, std::string_view password, directory::Attributes attributes = {},
                std::optional<std::string> login = std::nullopt) {
        return run(sign_in.with_new_password(pool, client, asked.session, std::move(login), Password(password),
                                             std::move(attributes), caller));
    }
    Refused refusal(const Challenge& asked, std::string_view password, directory::Attributes attributes = {},
                    std::optional<std::string> login = std::nullopt) {
        return refusal_of([&] { set(asked, password, attributes, login); });
    }

    static constexpr std::string_view temporary = "Temporary-1";
    UserId id;
};

TEST_F(NewPasswordTest, a_temporary_password_leads_to_an_own_one_then_to_the_code) {
    const auto asked = ask();
    EXPECT_EQ(asked.kind, ChallengeKind::new_password_required);
    EXPECT_EQ(asked.username, id.str());
    EXPECT_EQ(asked.attributes.at("phone_number"), jane);
    EXPECT_FALSE(asked.attributes.contains("sub"));
    EXPECT_TRUE(asked.required_attributes.empty());

    const auto outcome = set(asked, good);
    const auto& next = std::get<Challenge>(outcome);
    EXPECT_EQ(next.kind, ChallengeKind::sms_mfa);
    EXPECT_EQ(user(jane).status, directory::UserStatus::CONFIRMED);
    EXPECT_FALSE(user(jane).is_verified("phone_number"));
    EXPECT_TRUE(is_signed_in(answer(next, last_code())));
    EXPECT_TRUE(user(jane).is_verified("phone_number"));
    EXPECT_EQ(refusal_of([&] { enter(jane, temporary); }), wrong_password);
    EXPECT_NO_THROW(challenge());
}

TEST_F(NewPasswordTest, the_session_sets_one_password) {
    const auto asked = ask();
    set(asked, good);
    EXPECT_EQ(refusal(asked, "Another-Horse-8"), used_session);
}

TEST_F(NewPasswordTest, what_is_refused_leaves_the_session_usable) {
    const auto asked = ask();
    EXPECT_EQ(refusal(asked, "short").code, Errc::invalid_password);
    EXPECT_EQ(refusal(asked, good, {{"phone_number", "+14155550142"}}),
              (Refused{Errc::not_authorized, "Cannot modify an already provided phone_number"}));
    EXPECT_EQ(refusal(asked, good, {{"email", "no mail"}}),
              (Refused{Errc::invalid_parameter, "Invalid email address format."}));
    EXPECT_EQ(refusal(asked, good, {{"email", "j@example.com"}, {"email_verified", "true"}}),
              (Refused{Errc::not_authorized, "A client attempted to write unauthorized attribute"}));
    EXPECT_NO_THROW(set(asked, good, {{"email", "j@example.com"}}));
    EXPECT_EQ(user(jane).attribute("email"), "j@example.com");
    EXPECT_FALSE(user(jane).is_verified("email"));
}

TEST_F(NewPasswordTest, missing_required_attributes_are_asked_for) {
    change_pool([](directory::Pool& changed) {
        for (auto& attribute : *changed.settings.SchemaAttributes) {
            if (attribute.Name->str() == "given_name") attribute.Required = true;
        }
    });
    const auto asked = ask();
    EXPECT_EQ(asked.required_attributes, std::vector<std::string>{"given_name"});
    EXPECT_EQ(refusal(asked, good),
              (Refused{Errc::invalid_parameter, "Invalid attributes given, given_name is missing"}));
    EXPECT_NO_THROW(set(asked, good, {{"given_name", "Jane"}}));
    EXPECT_EQ(user(jane).attribute("given_name"), "Jane");
}

// Attack class 24: a proof of one step, user or client does not set a password elsewhere.
TEST_F(NewPasswordTest, other_sessions_do_not_set_a_password) {
    const auto asked = ask();
    EXPECT_EQ(refusal_of([&] { answer(asked, "123456"); }), invalid_session) << "not an answer to a code";
    add_user(john);
    EXPECT_EQ(refusal(asked, good, {}, std::string(john)), invalid_session);
    EXPECT_EQ(refusal(challenge(john), "Another-Horse-8"), invalid_session) << "a code's session sets no password";
    caller.browser = "browser-b";
    EXPECT_EQ(refusal(asked, good), invalid_session);
    caller.browser = "browser-a";
    EXPECT_EQ(user(jane).status, directory::UserStatus::FORCE_CHANGE_PASSWORD);
    clock.advance(3min);
    EXPECT_EQ(refusal(asked, good), expired_session);
}

TEST_F(NewPasswordTest, another_temporary_password_ends_the_session) {
    const auto asked = ask();
    run(administration.set_password(pool, std::string(jane), Password("Temporary-2"), false));
    EXPECT_EQ(refusal(asked, good), invalid_session);
}

TEST_F(NewPasswordTest, who_needs_no_other_password_any_more_sets_none) {
    const auto asked = ask();
    change_user(jane, [](directory::User& changed) { changed.status = directory::UserStatus::CONFIRMED; });
    EXPECT_EQ(refusal(asked, good), invalid_session);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), wrong_password);
}

TEST_F(NewPasswordTest, a_temporary_password_ends_after_seven_days) {
    clock.advance(24h * 7 - 1ms);
    EXPECT_NO_THROW(ask());
    clock.advance(1ms);
    EXPECT_EQ(refusal_of([&] { ask(); }),
              (Refused{Errc::not_authorized, "Temporary password has expired and must be reset by an administrator."}));
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
}

TEST_F(NewPasswordTest, who_is_disabled_on_the_way_sets_no_password) {
    const auto asked = ask();
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_EQ(refusal(asked, good), (Refused{Errc::not_authorized, "User is disabled."}));
}

}  // namespace
}  // namespace symbolon::signin
