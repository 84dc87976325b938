// Second factors other than a text message: an authenticator app, mail, a choice of them, and setting one up.
// Spec: oauth-and-hosted-ui.md §1.6, pages 8 to 11; cognito-api.md §3.9.
#include "crypto/totp.hpp"
#include "directory/software_tokens.hpp"
#include "directory/users.hpp"
#include "pages/house.hpp"

namespace symbolon::pages {
namespace {

using directory::MfaFactor;

class SecondFactors : public House {
protected:
    SecondFactors() {
        change_pool([](directory::PoolSettings& settings) {
            settings.SoftwareTokenMfaConfiguration = directory::SoftwareTokenMfaConfigType{.Enabled = true};
            settings.EmailConfiguration.emplace().EmailSendingAccount = directory::EmailSendingAccountType::DEVELOPER;
            settings.EmailConfiguration->SourceArn = "arn:aws:ses:us-east-1:000000000000:identity/id.example";
            settings.EmailMfaConfiguration.emplace();
        });
    }

    /// What changes of Jane: her row, and what she has beside it.
    void change_jane(const std::function<void(db::Transaction&, directory::User&)>& change) {
        const auto pool = run(catalog.get_pool(pool_id));
        run(db->write([&](db::Transaction& tx) {
            auto user = directory::Users(tx).get_by_login(*pool, jane);
            change(tx, user);
            directory::Users(tx).save(*pool, user);
        }));
    }

    void give_app() {
        change_jane([this](db::Transaction& tx, directory::User& user) {
            directory::SoftwareTokens apps(tx, sealer);
            apps.save_pending(pool_id, user.id, directory::SoftwareTokenSecret(secret), clock.now());
            ASSERT_TRUE(apps.verify_pending(pool_id, user.id, "My phone", 0));
            user.mfa = {.enabled = {MfaFactor::SOFTWARE_TOKEN_MFA}, .preferred = MfaFactor::SOFTWARE_TOKEN_MFA};
        });
    }

    void take_number() {
        change_pool([](directory::PoolSettings& settings) { settings.SmsConfiguration.reset(); });
    }

    std::string code_of(std::string_view of_secret) const {
        return crypto::totp::make_code(bytes_of(of_secret), crypto::totp::step_of(clock.now()));
    }

    std::string pending_secret() {
        const auto user = find_user(jane);
        return run(db->read([&](db::Transaction& tx) {
            const auto pending = directory::SoftwareTokens(tx, sealer).find_pending(pool_id, user->id);
            return pending ? std::string(pending->secret.reveal()) : std::string();
        }));
    }

    /// Where the right password leads.
    std::string after_password() {
        const auto login = visitor.authorize();
        return location(visitor.submit(login, {{"username", std::string(jane)}, {"password", std::string(good)}}));
    }

    Visitor visitor{*this};
    const std::string secret = std::string(32, 's');
};

TEST_F(SecondFactors, an_app_is_asked_for_its_code_which_nobody_can_send_again) {
    give_app();
    const auto mfa = after_password();
    ASSERT_NE(mfa.find("/mfa?"), std::string::npos) << mfa;
    const auto shown = visitor.get(mfa).body;
    EXPECT_NE(shown.find("My phone"), std::string::npos);
    EXPECT_EQ(shown.find("name=\"resend\""), std::string::npos);
    const auto done = visitor.submit(mfa, {{"code", code_of(secret)}});
    EXPECT_TRUE(location(done).starts_with(callback)) << done.body;
    EXPECT_TRUE(texts().empty());
}

TEST_F(SecondFactors, a_code_of_an_app_works_once_and_the_page_says_so) {
    give_app();
    const auto code = code_of(secret);
    EXPECT_TRUE(location(visitor.submit(after_password(), {{"code", code}})).starts_with(callback));
    Visitor other(*this);
    const auto login = other.authorize();
    const auto mfa = location(other.submit(login, {{"username", std::string(jane)}, {"password", std::string(good)}}));
    const auto again = other.submit(mfa, {{"code", code}});
    EXPECT_EQ(again.status, 400);
    EXPECT_NE(again.body.find("used already"), std::string::npos) << again.body;
}

TEST_F(SecondFactors, who_has_several_and_prefers_none_chooses) {
    give_app();
    change_jane([](db::Transaction&, directory::User& user) {
        user.mfa = {.enabled = {MfaFactor::SMS_MFA, MfaFactor::SOFTWARE_TOKEN_MFA}, .preferred = {}};
    });
    const auto options = after_password();
    ASSERT_NE(options.find("/mfa/options?"), std::string::npos) << options;
    const auto shown = visitor.get(options).body;
    EXPECT_NE(shown.find("value=\"SMS_MFA\""), std::string::npos) << shown;
    EXPECT_NE(shown.find("value=\"SOFTWARE_TOKEN_MFA\""), std::string::npos);

    EXPECT_EQ(visitor.submit(options, {{"factor", "EMAIL_OTP"}}).status, 200) << "was not on offer: the page again";
    const auto mfa = location(visitor.submit(options, {{"factor", "SMS_MFA"}}));
    ASSERT_NE(mfa.find("/mfa?"), std::string::npos);
    EXPECT_TRUE(location(visitor.submit(mfa, {{"code", last_code()}})).starts_with(callback));
}

TEST_F(SecondFactors, who_owes_one_and_has_none_sets_up_an_app) {
    take_number();
    const auto setup = after_password();
    ASSERT_NE(setup.find("/mfa/register?"), std::string::npos) << setup;
    const auto shown = visitor.get(setup).body;
    EXPECT_NE(shown.find("<svg class=\"qr\""), std::string::npos) << shown;

    EXPECT_EQ(visitor.submit(setup, {{"code", "000000"}}).status, 400);
    const auto done = visitor.submit(setup, {{"code", code_of(pending_secret())}, {"device_name", "My phone"}});
    EXPECT_TRUE(location(done).starts_with(callback)) << done.body;
    EXPECT_TRUE(find_user(jane)->mfa.has(MfaFactor::SOFTWARE_TOKEN_MFA));

    clock.advance(crypto::totp::period);
    Visitor other(*this);
    const auto login = other.authorize();
    const auto mfa = location(other.submit(login, {{"username", std::string(jane)}, {"password", std::string(good)}}));
    EXPECT_NE(other.get(mfa).body.find("My phone"), std::string::npos);
}

TEST_F(SecondFactors, who_owes_one_and_has_none_may_give_an_address) {
    take_number();
    const auto setup = after_password();
    const auto by_mail = location(visitor.submit(setup, {{"method", "EMAIL_OTP"}}));
    ASSERT_NE(visitor.get(by_mail).body.find("name=\"email\""), std::string::npos);
    EXPECT_EQ(visitor.submit(by_mail, {{"email", "nonsense"}}).status, 400);
    const auto mfa = location(visitor.submit(by_mail, {{"email", "jane@example.com"}}));
    ASSERT_NE(mfa.find("/mfa?"), std::string::npos) << mfa;
    EXPECT_TRUE(location(visitor.submit(mfa, {{"code", last_code()}})).starts_with(callback));
    EXPECT_TRUE(find_user(jane)->is_verified("email"));
}

TEST_F(SecondFactors, the_setup_of_one_browser_is_nothing_in_another) {
    take_number();
    const auto setup = after_password();
    Visitor other(*this);
    other.get(other.authorize());
    const auto browser = other.cookies;
    other.cookies = visitor.cookies;
    other.cookies["XSRF-TOKEN"] = browser.at("XSRF-TOKEN");
    const auto stolen = other.submit(setup, {{"code", code_of(pending_secret())}});
    EXPECT_NE(location(stolen).find("/login?"), std::string::npos) << stolen.body;
}

}  // namespace
}  // namespace symbolon::pages
