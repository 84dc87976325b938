// Mails that verify an address by a click (DefaultEmailOption CONFIRM_WITH_LINK, cognito-api.md §7.1).
#include "signin/verification_link.hpp"

#include "base/markup.hpp"
#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using directory::DefaultEmailOptionType;

class VerificationLink : public House {
protected:
    VerificationLink() {
        services.names.base_url = "https://id.example";
        change_pool([](directory::Pool& changed) {
            auto& settings = changed.settings;
            settings.UsernameAttributes =
                List<directory::UsernameAttributeType>{directory::UsernameAttributeType::email};
            settings.AutoVerifiedAttributes =
                List<directory::VerifiedAttributeType>{directory::VerifiedAttributeType::email};
            settings.MfaConfiguration = directory::UserPoolMfaType::OFF;
            auto& texts = settings.VerificationMessageTemplate.emplace();
            texts.DefaultEmailOption = DefaultEmailOptionType::CONFIRM_WITH_LINK;
            texts.EmailMessageByLink = "Hello, <b>please</b> {##click & verify##}.";
            texts.EmailSubjectByLink = "One click";
        });
    }
    messaging::Message signed_up() {
        run(sign_up.sign_up(pool, client, "jane@example.com", Password(good), {}, caller));
        return last_message();
    }
};

TEST_F(VerificationLink, stands_in_the_place_of_the_code_of_a_sign_up) {
    const auto message = signed_up();
    const auto user = run(
        db->read([&](db::Transaction& tx) { return directory::Users(tx).get_by_login(*pool, "jane@example.com"); }));
    const std::string link = "https://id.example/us-east-1_Tutorial1/confirmUser?client_id=" + client->id.str() +
                             "&user_name=" + user.username + "&confirmation_code=" + message.code;
    EXPECT_EQ(message.subject, "One click");
    EXPECT_EQ(message.text, "Hello, <b>please</b> click & verify: " + link + ".");
    EXPECT_EQ(message.html, "Hello, <b>please</b> <a href=\"" + escape_html(link) + "\">click & verify</a>.");
    clock.advance(1s);
    run(sign_up.resend(pool, client, "jane@example.com", caller));
    EXPECT_EQ(last_message().subject, "One click") << "sent again, too";
    run(sign_up.confirm(pool, client, user.username, OneTimeCode(last_code()), false, caller));
}

TEST_F(VerificationLink, is_of_sign_ups_alone_and_where_the_pool_says_so) {
    signed_up();
    run(sign_up.confirm(pool, client, "jane@example.com", OneTimeCode(last_code()), false, caller));
    clock.advance(1s);
    run(recovery.forgot(pool, client, "jane@example.com", caller));
    EXPECT_EQ(last_message().text.find("confirmUser"), std::string::npos);
    change_pool([](directory::Pool& changed) {
        changed.settings.VerificationMessageTemplate->DefaultEmailOption = DefaultEmailOptionType::CONFIRM_WITH_CODE;
    });
    clock.advance(1s);
    run(sign_up.sign_up(pool, client, "john@example.com", Password(good), {}, caller));
    EXPECT_EQ(last_message().text.find("confirmUser"), std::string::npos);
    EXPECT_NE(last_message().text.find(last_code()), std::string::npos);
}

TEST_F(VerificationLink, has_a_text_of_its_own_where_the_pool_has_none) {
    change_pool([](directory::Pool& changed) {
        changed.settings.VerificationMessageTemplate->EmailMessageByLink.reset();
        changed.settings.VerificationMessageTemplate->EmailSubjectByLink.reset();
    });
    const auto message = signed_up();
    EXPECT_EQ(message.subject, "Your verification link");
    EXPECT_NE(message.html.find(">Verify Email</a>"), std::string::npos) << message.html;
}

TEST(Links, are_filled_in_each_where_it_stands) {
    EXPECT_EQ(fill_links("{##a##} {##b##}", "L", Markup::html), "<a href=\"L\">a</a> <a href=\"L\">b</a>");
    EXPECT_EQ(fill_links("{##a", "L", Markup::html), "{##a");
    EXPECT_EQ(fill_links("{##{##a##}", "{##x##}", Markup::none), "{##a: {##x##}");
    EXPECT_EQ(fill_links("none", "L", Markup::none), "none");
}

}  // namespace
}  // namespace symbolon::signin
