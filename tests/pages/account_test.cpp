#include "crypto/totp.hpp"
#include "directory/browser_sessions.hpp"
#include "directory/consents.hpp"
#include "directory/grants.hpp"
#include "directory/identity_providers.hpp"
#include "directory/user_sessions.hpp"
#include "oauth/account_request.hpp"
#include "pages/account/agent_name.hpp"
#include "pages/house.hpp"

namespace symbolon::pages {
namespace {

using namespace std::chrono_literals;

const std::string account = "/testaccountlinking/account";

class Account : public House {
protected:
    /// From the account page through the sign-in back to it.
    static std::string sign_in_at(House& house, Visitor& visitor, const std::string& login_url,
                                  std::string_view password = good) {
        const auto to_code =
            location(visitor.submit(login_url, {{"username", std::string(jane)}, {"password", std::string(password)}}));
        return location(visitor.submit(to_code, {{"code", static_cast<Account&>(house).last_code()}}));
    }
    void sign_in(Visitor& visitor) {
        EXPECT_EQ(sign_in_at(*this, visitor, location(visitor.get(account))), std::string(base_url) + account);
    }
    std::string body(Visitor& visitor) {
        const auto page = visitor.get(account);
        EXPECT_EQ(page.status, 200) << location(page);
        return page.body;
    }
    static bool asks_to_sign_in(const net::Response& response) {
        return location(response).find("/login?client_id=%40account") != std::string::npos;
    }
    std::vector<directory::UserSession> sessions() {
        const auto user = find_user(jane);
        return run(db->read([&](db::Transaction& tx) {
            return directory::UserSessions(tx, sealer).list(*user, std::nullopt, 100, clock.now());
        }));
    }
    Visitor browser{*this};
};

TEST_F(Account, asks_who_is_there_and_is_answered_with_no_code) {
    const auto first = browser.get(account);
    EXPECT_TRUE(asks_to_sign_in(first)) << location(first);
    const auto back = sign_in_at(*this, browser, location(first));
    EXPECT_EQ(back, std::string(base_url) + account) << "no code, no token, no state";
    const auto page = body(browser);
    for (const char* text : {"Your account", "+14155550123", "Where you are signed in", "Apps with access"})
        EXPECT_NE(page.find(text), std::string::npos) << text;
}

TEST_F(Account, speaks_every_language) {
    sign_in(browser);
    for (const auto* text : {"lang=de Ihr Konto", "lang=fr Votre compte", "lang=es Tu cuenta"}) {
        const std::string pair(text);
        const auto page = browser.get(account + "?" + pair.substr(0, 7));
        EXPECT_NE(page.body.find("<h1>" + pair.substr(8)), std::string::npos) << text;
    }
}

// Clickjacking, and what is left in a shared browser.
TEST_F(Account, is_neither_framed_nor_kept) {
    sign_in(browser);
    for (const auto* path : {"", "/password", "/app", "/delete"}) {
        const auto page = browser.get(account + path);
        EXPECT_EQ(header(page, "Cache-Control"), "no-store") << path;
        if (page.status != 200) continue;
        EXPECT_EQ(header(page, "X-Frame-Options"), "DENY") << path;
        EXPECT_NE(header(page, "Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos) << path;
        EXPECT_EQ(header(page, "Referrer-Policy"), "no-referrer") << path;
    }
}

TEST_F(Account, takes_no_form_from_elsewhere) {
    sign_in(browser);
    for (const auto* path : {"", "/password", "/app", "/delete"}) {
        for (const auto* button : {"leave", "leave_everywhere", "delete", "turn_off", "withdraw", "confirm"}) {
            EXPECT_EQ(browser.post(account + path, {{button, "true"}}).status, 403) << path << button;
            const Pairs fields{{button, "true"}, {"_csrf", browser.cookies["XSRF-TOKEN"]}};
            EXPECT_EQ(browser.post(account + path, fields, {{"Sec-Fetch-Site", "same-site"}}).status, 403);
        }
    }
    EXPECT_EQ(browser.get(account).status, 200);
    EXPECT_TRUE(find_user(jane));
}

TEST_F(Account, shows_nothing_to_nobody) {
    for (const auto* path : {"", "/password", "/app", "/delete"}) {
        Visitor stranger(*this);
        EXPECT_TRUE(asks_to_sign_in(stranger.get(account + path))) << path;
        stranger.cookies["cognito"] = "forged";
        EXPECT_TRUE(asks_to_sign_in(stranger.submit(account + path, {{"delete", "true"}}))) << path;
    }
    EXPECT_TRUE(find_user(jane));
}

TEST_F(Account, lists_browsers_and_signs_others_out) {
    sign_in(browser);
    clock.advance(1min);
    Visitor other(*this);
    subject_of(parameter_of(other.sign_in(), "code"));  // with an app that has tokens
    const auto all = sessions();
    ASSERT_EQ(all.size(), 3U);
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& session) {
        return session.kind == directory::UserSession::Kind::browser && session.began == clock.now();
    });
    ASSERT_NE(found, all.end());
    EXPECT_NE(body(browser).find(found->id), std::string::npos);
    EXPECT_NE(body(browser).find("this browser"), std::string::npos);
    EXPECT_EQ(location(browser.submit(account, {{"end_session", found->id}})), std::string(base_url) + account);
    EXPECT_NE(body(browser).find("That browser is signed out."), std::string::npos);
    EXPECT_EQ(body(browser).find("That browser is signed out."), std::string::npos) << "once";
    EXPECT_EQ(parameter_of(other.authorize(), "code"), "");
    EXPECT_EQ(sessions().size(), 1U) << "its tokens ended with it";
}

TEST_F(Account, ends_nobody_elses_session) {
    add_user(john);
    Visitor johns(*this);
    johns.sign_in(john);
    const auto user = find_user(john);
    const auto his = run(db->read([&](db::Transaction& tx) {
        return directory::UserSessions(tx, sealer).list(*user, std::nullopt, 10, clock.now()).at(0);
    }));
    sign_in(browser);
    browser.submit(account, {{"end_session", his.id}});
    EXPECT_NE(parameter_of(johns.authorize(), "code"), "");
}

TEST_F(Account, signs_out_here_and_everywhere) {
    sign_in(browser);
    const auto gone = location(browser.submit(account, {{"leave", "true"}}));
    EXPECT_EQ(gone, std::string(base_url) + std::string(site_path) + "/signedout");
    EXPECT_TRUE(asks_to_sign_in(browser.get(account)));

    Visitor other(*this);
    other.sign_in();
    clock.advance(1s);
    sign_in(browser);
    clock.advance(1s);
    browser.submit(account, {{"leave_everywhere", "true"}});
    EXPECT_TRUE(asks_to_sign_in(browser.get(account)));
    EXPECT_EQ(parameter_of(other.authorize(), "code"), "");
    EXPECT_TRUE(sessions().empty());
}

/// A provider of the pool, which no app client lets people in by.
class AccountByProvider : public Account {
protected:
    AccountByProvider() {
        directory::IdentityProvider corp;
        corp.pool_id = pool_id;
        corp.name = "Corp";
        corp.type = directory::IdentityProviderTypeType::SAML;
        corp.details = {{"IDPSignout", "true"}};
        run(db->write([&](db::Transaction& tx) { directory::IdentityProviders(tx, sealer).create(corp); }));
    }
    /// A browser whose session the provider began.
    void arrive(Visitor& visitor) {
        const auto user = find_user(jane);
        const signin::ProviderSession origin{"Corp", "jane", "", "", "", "s1"};
        const auto pool = run(catalog.find_pool(pool_id));
        signin::SignedIn signed_in{pool_id, ClientId("@account"), user->id, user->username, clock.now()};
        visitor.cookies["cognito"] = run(sessions_of_browsers().begin(pool, signed_in, "", origin)).handle;
    }
    signin::BrowserSessionService& sessions_of_browsers() { return House::sessions; }
    bool goes_to_provider(const net::Response& response) {
        return location(response).starts_with(std::string(base_url) + std::string(site_path) + "/logout/provider?");
    }
};

TEST_F(AccountByProvider, has_a_button_on_the_sign_in_page) {
    const auto page = browser.get(location(browser.get(account)));
    EXPECT_NE(page.body.find("Continue with Corp<"), std::string::npos) << page.body;
    EXPECT_NE(page.body.find("client_id=%40account&amp;identity_provider=Corp"), std::string::npos)
        << page.body;
    EXPECT_NE(page.body.find("name=\"password\""), std::string::npos);
}

// There is a browser to send, so the provider hears of it, whichever way the person leaves.
TEST_F(AccountByProvider, hears_of_every_way_out_of_the_account_page) {
    for (const auto& [path, button] : {std::pair{"", "leave"}, {"", "leave_everywhere"}, {"/delete", "delete"}}) {
        arrive(browser);
        const auto gone = browser.submit(account + path, {{button, "true"}});
        EXPECT_TRUE(goes_to_provider(gone)) << button << location(gone);
        EXPECT_TRUE(asks_to_sign_in(browser.get(account))) << button;
        clock.advance(1s);
    }
    EXPECT_FALSE(find_user(jane));
}

// OpenID Connect Core §4: the app is told which server it is to ask.
TEST_F(Account, leads_to_where_a_sign_in_at_an_app_begins) {
    change_client([](directory::Client& client) {
        client.extensions.initiate_login_uri =
            directory::shape::ExtensionUri("https://client.example/begin?by=account");
    });
    subject_of(parameter_of(browser.sign_in(), "code"));
    const auto page = body(browser);
    EXPECT_NE(
        page.find("href=\"https://client.example/begin?by=account&amp;iss=https%3A%2F%2Fid.example%2Fus-"),
        std::string::npos)
        << page;
}

TEST_F(Account, lists_apps_and_takes_their_access_away) {
    change_client([](directory::Client& client) { client.extensions.require_consent = true; });
    const auto consent = browser.sign_in();
    subject_of(parameter_of(location(browser.submit(consent, {{"allow", "true"}})), "code"));
    EXPECT_NE(body(browser).find("<bdi>Phone skill</bdi>"), std::string::npos);
    browser.submit(account, {{"withdraw", client_id.str()}});
    const auto page = body(browser);
    EXPECT_NE(page.find("No app has access to your account."), std::string::npos);
    EXPECT_EQ(page.find("<bdi>Phone skill</bdi>"), std::string::npos);
    EXPECT_EQ(sessions().size(), 1U) << "the app's tokens have ended, the browser's session has not";
    EXPECT_NE(browser.authorize().find("/consent?"), std::string::npos) << "and the app has to ask again";
}

// A browser that was left open.
TEST_F(Account, wants_a_new_sign_in_for_what_could_lock_the_person_out) {
    sign_in(browser);
    clock.advance(5min);
    for (const auto* path : {"/password", "/app", "/delete"})
        EXPECT_TRUE(asks_to_sign_in(browser.get(account + path))) << path;
    const Pairs dangers{{"turn_off", "SMS_MFA"}, {"turn_on", "SMS_MFA"}, {"remove_passkey", "AAAA"}};
    for (const auto& danger : dangers) EXPECT_TRUE(asks_to_sign_in(browser.submit(account, {danger}))) << danger.first;
    EXPECT_TRUE(asks_to_sign_in(browser.submit(account + "/delete", {{"delete", "true"}})));
    EXPECT_TRUE(find_user(jane));
    EXPECT_EQ(browser.get(account).status, 200) << "looking is allowed";
    const auto again = location(browser.get(account + "/delete"));
    EXPECT_NE(again.find("prompt=login"), std::string::npos);
    sign_in_at(*this, browser, again);
    EXPECT_EQ(browser.get(account + "/delete").status, 200);
}

TEST_F(Account, changes_the_password_and_signs_every_other_browser_out) {
    sign_in(browser);
    clock.advance(1s);
    Visitor other(*this);
    other.sign_in();
    const auto change = [&](std::string_view current, std::string_view next, std::string_view repeated) {
        return browser.submit(account + "/password", {{"current_password", std::string(current)},
                                                      {"password", std::string(next)},
                                                      {"confirm_password", std::string(repeated)}});
    };
    EXPECT_NE(change("Wrong-Horse-7", "Better-Horse-8", "Better-Horse-8").body.find("not your current password"),
              std::string::npos);
    EXPECT_NE(change(good, "Better-Horse-8", "Better-Horse-9").body.find("not the same"), std::string::npos);
    EXPECT_EQ(change(good, "weak", "weak").status, 400);
    const auto former = browser.cookies["cognito"];
    EXPECT_EQ(location(change(good, "Better-Horse-8", "Better-Horse-8")), std::string(base_url) + account);
    EXPECT_NE(browser.cookies["cognito"], former) << "a new session (attack class 29)";
    EXPECT_NE(body(browser).find("Your new password is saved."), std::string::npos);
    EXPECT_EQ(parameter_of(other.authorize(), "code"), "");
    Visitor next(*this);
    EXPECT_NE(parameter_of(next.sign_in(jane, "Better-Horse-8"), "code"), "");
}

TEST_F(Account, sets_an_authenticator_app_up) {
    change_pool(
        [](directory::PoolSettings& settings) { settings.SoftwareTokenMfaConfiguration.emplace().Enabled = true; });
    sign_in(browser);
    EXPECT_NE(body(browser).find("Set up an authenticator app"), std::string::npos);
    const auto page = browser.get(account + "/app").body;
    EXPECT_NE(page.find("<svg class=\"qr\""), std::string::npos);
    EXPECT_EQ(browser.submit(account + "/app", {{"code", "000000"}}).status, 400);
    EXPECT_FALSE(find_user(jane)->mfa.has(directory::MfaFactor::SOFTWARE_TOKEN_MFA));
}

// It said that the text was off which had just been asked for.
TEST_F(Account, says_which_proofs_are_asked_for) {
    sign_in(browser);
    auto page = body(browser);
    EXPECT_NE(page.find("Code by text message</span><span class=\"note\">on<"), std::string::npos) << page;
    EXPECT_EQ(page.find("name=\"turn_"), std::string::npos) << "the pool requires it";
    change_pool(
        [](directory::PoolSettings& settings) { settings.MfaConfiguration = directory::UserPoolMfaType::OPTIONAL; });
    page = body(browser);
    EXPECT_NE(page.find("Code by text message</span><span class=\"note\">off<"), std::string::npos) << page;
    EXPECT_NE(page.find("name=\"turn_on\" value=\"SMS_MFA\""), std::string::npos) << page;
}

TEST_F(Account, does_not_turn_off_the_proof_that_the_pool_wants) {
    sign_in(browser);
    browser.submit(account, {{"turn_on", "SMS_MFA"}});
    EXPECT_TRUE(find_user(jane)->mfa.has(directory::MfaFactor::SMS_MFA));
    browser.submit(account, {{"turn_off", "SMS_MFA"}});
    EXPECT_NE(body(browser).find("needs a second proof"), std::string::npos);
    EXPECT_TRUE(find_user(jane)->mfa.has(directory::MfaFactor::SMS_MFA));
}

TEST_F(Account, is_deleted_when_the_person_is_sure) {
    sign_in(browser);
    EXPECT_EQ(browser.get(account + "/delete").status, 200);
    EXPECT_EQ(browser.submit(account + "/delete", {{"other", "true"}}).status, 200);
    EXPECT_TRUE(find_user(jane));
    EXPECT_EQ(location(browser.submit(account + "/delete", {{"delete", "true"}})),
              std::string(base_url) + std::string(site_path) + "/signedout");
    EXPECT_FALSE(find_user(jane));
    EXPECT_TRUE(asks_to_sign_in(browser.get(account)));
}

// What stands for an app on the sign-in pages is none anywhere else.
TEST_F(Account, client_gets_neither_codes_nor_tokens) {
    const std::string id(oauth::account_client_id);
    EXPECT_EQ(parameter_of(browser.authorize({{"client_id", id}}), "code"), "");
    sign_in(browser);
    EXPECT_NE(browser.authorize({{"client_id", id}}).find("/error?"), std::string::npos);
    const auto answer = browser.post(std::string(site_path) + "/oauth2/token",
                                     {{"grant_type", "client_credentials"}, {"client_id", id}});
    EXPECT_GE(answer.status, 400) << answer.body;
    EXPECT_EQ(browser.get(page("/consent", {{"client_id", id}})).status, 302);
}

TEST_F(Account, carries_nothing_of_what_a_link_says) {
    const auto page = browser.get(
        "/testaccountlinking/login?client_id=%40account&redirect_uri=https://evil.example/"
        "&state=<script>");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(header(page, "Content-Security-Policy").find("evil"), std::string::npos);
    const auto back =
        sign_in_at(*this, browser, "/testaccountlinking/login?client_id=%40account&redirect_uri=https://evil.example/");
    EXPECT_EQ(back, std::string(base_url) + account);
}

TEST(AgentName, is_one_that_people_know) {
    EXPECT_EQ(agent_name("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"), "Firefox · Linux");
    EXPECT_EQ(agent_name("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                         "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"),
              "Edge · Windows");
    EXPECT_EQ(agent_name("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
                         "Gecko) Version/17.5 Mobile/15E148 Safari/604.1"),
              "Safari · iPhone");
    EXPECT_EQ(agent_name("curl/8"), "");
}

}  // namespace
}  // namespace symbolon::pages
