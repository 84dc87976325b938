#include "signin/texts.hpp"

#include <gtest/gtest.h>

namespace symbolon::signin {
namespace {

using directory::CodePurpose;

const Destination phone{"phone_number", "+14155550123"};
const Destination mail{"email", "jane@example.com"};

messaging::Message code_message(const directory::Pool& pool, CodePurpose purpose, const Destination& destination) {
    return write_code(pool, purpose, destination, OneTimeCode("012345"), "jane");
}

TEST(Texts, templates_are_filled_in_one_pass) {
    EXPECT_EQ(fill_template("{username}: {####}", "1", "j"), "j: 1");
    EXPECT_EQ(fill_template("{####}{####}", "12", ""), "1212");
    EXPECT_EQ(fill_template("{username} {####}", "{username}", "{####}"), "{####} {username}")
        << "what is filled in is not a template";
    EXPECT_EQ(fill_template("{###} {", "1", "j"), "{###} {");
    EXPECT_EQ(fill_template("", "1", "j"), "");
}

TEST(Texts, without_templates_the_texts_are_the_services_own) {
    const directory::Pool pool;
    EXPECT_EQ(code_message(pool, CodePurpose::sign_up, phone).text, "Your verification code is 012345. ");
    EXPECT_EQ(code_message(pool, CodePurpose::sms_mfa, phone).text, "Your authentication code is 012345. ");
    EXPECT_EQ(code_message(pool, CodePurpose::recovery, phone).text, "Your password reset code is 012345");
    const auto message = code_message(pool, CodePurpose::sign_up, mail);
    EXPECT_EQ(message.subject, "Your verification code");
    EXPECT_EQ(message.text, "Your verification code is 012345. ");
    EXPECT_EQ(message.html, "");
    EXPECT_EQ(code_message(pool, CodePurpose::recovery, mail).subject, "Your password reset code");
}

TEST(Texts, the_mail_of_a_second_factor_has_texts_of_its_own) {
    directory::Pool pool;
    EXPECT_EQ(code_message(pool, CodePurpose::email_mfa, mail).subject, "Your authentication code");
    EXPECT_EQ(code_message(pool, CodePurpose::email_mfa, mail).html, "");
    pool.settings.EmailMfaConfiguration.emplace();
    pool.settings.EmailMfaConfiguration->Subject = "Sign in";
    EXPECT_EQ(code_message(pool, CodePurpose::email_mfa, mail).text, "Your authentication code is 012345");
    pool.settings.EmailMfaConfiguration->Message = "Yours: <b>{####}</b>";
    for (const auto purpose : {CodePurpose::email_mfa, CodePurpose::email_otp}) {
        EXPECT_EQ(code_message(pool, purpose, mail).subject, "Sign in");
        EXPECT_EQ(code_message(pool, purpose, mail).html, "Yours: <b>012345</b>");
    }
    EXPECT_EQ(code_message(pool, CodePurpose::verify_email, mail).subject, "Your verification code");
}

TEST(Texts, the_pools_templates_win) {
    directory::Pool pool;
    pool.settings.SmsVerificationMessage = "Old {####}";
    pool.settings.SmsAuthenticationMessage = "Sign in with {####}, {username}";
    EXPECT_EQ(code_message(pool, CodePurpose::sign_up, phone).text, "Old 012345");
    pool.settings.VerificationMessageTemplate.emplace();
    EXPECT_EQ(code_message(pool, CodePurpose::sign_up, phone).text, "Old 012345");
    pool.settings.VerificationMessageTemplate->SmsMessage = "New {####}";
    EXPECT_EQ(code_message(pool, CodePurpose::sign_up, phone).text, "New 012345");
    EXPECT_EQ(code_message(pool, CodePurpose::recovery, phone).text, "New 012345");
    EXPECT_EQ(code_message(pool, CodePurpose::sms_mfa, phone).text, "Sign in with 012345, {username}")
        << "{username} is for invitations";

    pool.settings.VerificationMessageTemplate->EmailMessage = "<b>{####}</b>";
    pool.settings.VerificationMessageTemplate->EmailSubject = "Hello";
    const auto message = code_message(pool, CodePurpose::sign_up, mail);
    EXPECT_EQ(message.subject, "Hello");
    EXPECT_EQ(message.html, "<b>012345</b>");
}

TEST(Texts, a_message_says_to_whom_and_what_for) {
    directory::Pool pool;
    pool.id = PoolId("us-east-1_AbCdEfGhI");
    const auto message = code_message(pool, CodePurpose::sms_mfa, phone);
    EXPECT_EQ(message.channel, messaging::Channel::sms);
    EXPECT_EQ(message.to, "+14155550123");
    EXPECT_EQ(message.code, "012345");
    EXPECT_EQ(message.purpose, "sms_mfa");
    EXPECT_EQ(message.pool_id, pool.id);
    EXPECT_EQ(message.username, "jane");
    EXPECT_EQ(code_message(pool, CodePurpose::sign_up, mail).channel, messaging::Channel::email);
}

TEST(Texts, an_invitation_escapes_what_it_puts_into_html) {
    directory::Pool pool;
    auto& invitation = pool.settings.AdminCreateUserConfig.emplace().InviteMessageTemplate.emplace();
    invitation.EmailMessage = "<p>{username} {####}</p>";
    invitation.EmailSubject = "Come in";
    const auto message = write_invitation(pool, mail, Password("a&b<c>'\""), "<script>", "<script>");
    EXPECT_EQ(message.html, "<p>&lt;script&gt; a&amp;b&lt;c&gt;&#39;&quot;</p>");
    EXPECT_EQ(message.subject, "Come in");
    EXPECT_EQ(message.purpose, "invitation");
    EXPECT_EQ(write_invitation(pool, phone, Password("pw"), "u", "u").text,
              "Your username is u and temporary password is pw. ");
}

TEST(Texts, mails_are_from_whom_the_pool_says) {
    directory::Pool pool;
    EXPECT_EQ(code_message(pool, CodePurpose::sign_up, mail).from, "");
    auto& sender = pool.settings.EmailConfiguration.emplace();
    sender.From = "Shop <no-reply@example.com>";
    sender.ReplyToEmailAddress = "help@example.com";
    const auto message = code_message(pool, CodePurpose::sign_up, mail);
    EXPECT_EQ(message.from, "Shop <no-reply@example.com>");
    EXPECT_EQ(message.reply_to, "help@example.com");
    EXPECT_EQ(code_message(pool, CodePurpose::sign_up, phone).from, "") << "a text has no sender";
    sender.From = "Shop\r\nBcc: all@example.com";
    EXPECT_EQ(code_message(pool, CodePurpose::sign_up, mail).from, "Shop  Bcc: all@example.com");
    sender.From = std::string(10000, 'a');
    EXPECT_EQ(code_message(pool, CodePurpose::sign_up, mail).from, "");
}

}  // namespace
}  // namespace symbolon::signin
