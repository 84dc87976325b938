#include "directory/consents.hpp"
#include "pages/house.hpp"

namespace symbolon::pages {
namespace {

using namespace std::chrono_literals;

class Consent : public House {
protected:
    Consent() {
        change_client([](directory::Client& client) { client.extensions.require_consent = true; });
    }
    static bool is_page(const std::string& url) { return url.find("/consent?") != std::string::npos; }
    std::optional<directory::Consent> given() {
        const auto user = find_user(jane);
        return run(
            db->read([&](db::Transaction& tx) { return directory::Consents(tx).find(pool_id, user->id, client_id); }));
    }
    /// Signs in and allows what is asked. The client's URL.
    std::string sign_in_and_allow() {
        const auto page = browser.sign_in();
        EXPECT_TRUE(is_page(page)) << page;
        return location(browser.submit(page, {{"allow", "true"}}));
    }
    Visitor browser{*this};
};

TEST_F(Consent, is_asked_for_after_a_sign_in_in_plain_words) {
    const auto url = browser.sign_in();
    ASSERT_TRUE(is_page(url)) << url;
    const auto page = browser.get(url);
    EXPECT_EQ(page.status, 200);
    for (const char* text : {"Phone skill", "know who you are", "see your phone number", "+14155550123"})
        EXPECT_NE(page.body.find(text), std::string::npos) << text;
    EXPECT_FALSE(given());
    const auto back = location(browser.submit(url, {{"allow", "true"}}));
    EXPECT_NE(parameter_of(back, "code"), "") << back;
    EXPECT_EQ(parameter_of(back, "state"), "state-1");
    ASSERT_TRUE(given());
    EXPECT_EQ(given()->scopes, (std::vector<std::string>{"openid", "phone"}));
}

TEST_F(Consent, is_remembered_for_these_scopes_and_fewer) {
    sign_in_and_allow();
    EXPECT_NE(parameter_of(browser.authorize(), "code"), "");
    EXPECT_NE(parameter_of(browser.authorize({{"scope", "openid"}}), "code"), "");
    EXPECT_NE(parameter_of(browser.authorize({{"prompt", "none"}}), "code"), "");
}

TEST_F(Consent, to_less_does_not_allow_more) {
    const auto url = location(browser.submit(browser.authorize({{"scope", "openid"}}),
                                             {{"username", std::string(jane)}, {"password", std::string(good)}}));
    const auto page = location(browser.submit(url, {{"code", last_code()}}));
    ASSERT_TRUE(is_page(page)) << page;
    browser.submit(page, {{"allow", "true"}});
    EXPECT_TRUE(is_page(browser.authorize()));
    EXPECT_EQ(parameter_of(browser.authorize({{"prompt", "none"}}), "error"), "consent_required");
    browser.submit(browser.authorize(), {{"allow", "true"}});
    EXPECT_NE(parameter_of(browser.authorize(), "code"), "");
    EXPECT_NE(parameter_of(browser.authorize({{"scope", "openid"}}), "code"), "") << "what was allowed before stays";
}

// Whoever found a browser open came by the consent page's own address to a code that the authorization endpoint had not
// given: the client wants a sign-in of the last minutes, or another way in.
TEST_F(Consent, is_asked_of_nobody_whose_session_is_too_old_for_the_client) {
    change_pool([](directory::PoolSettings& settings) {
        settings.UserSessionTracking = directory::UserSessionTrackingType::ENABLED;
    });
    const auto signed_in = browser.sign_in();
    change_client([](directory::Client& client) { client.sso_session = directory::ClientSSOSessionConfigType{0}; });
    EXPECT_EQ(browser.get(signed_in).status, 200) << "who comes from the sign-in is asked";
    const auto elsewhere = page("/consent");
    EXPECT_TRUE(location(browser.get(elsewhere)).find("/login?") != std::string::npos);
    EXPECT_EQ(parameter_of(location(browser.submit(elsewhere, {{"allow", "true"}})), "code"), "");
    EXPECT_NE(parameter_of(location(browser.submit(signed_in, {{"allow", "true"}})), "code"), "");
}

TEST_F(Consent, is_asked_of_nobody_who_came_in_by_a_way_that_the_client_lacks) {
    browser.sign_in();
    change_client([](directory::Client& client) {
        client.settings.SupportedIdentityProviders = List<directory::shape::ProviderName>{"Corp", "Other"};
    });
    EXPECT_EQ(parameter_of(location(browser.submit(page("/consent"), {{"allow", "true"}})), "code"), "");
    EXPECT_EQ(parameter_of(browser.authorize(), "code"), "");
    EXPECT_EQ(parameter_of(browser.authorize({{"prompt", "none"}}), "error"), "login_required");
}

TEST_F(Consent, can_be_refused) {
    const auto page = browser.sign_in();
    const auto back = location(browser.submit(page, {{"cancel", "true"}}));
    EXPECT_EQ(parameter_of(back, "error"), "access_denied");
    EXPECT_FALSE(given());
    EXPECT_TRUE(is_page(browser.authorize())) << "who refused is asked the next time";
}

// OpenID Connect Core §3.1.2.1.
TEST_F(Consent, is_asked_for_again_where_the_request_wants_it) {
    sign_in_and_allow();
    const auto page = browser.authorize({{"prompt", "consent"}});
    ASSERT_TRUE(is_page(page)) << page;
    EXPECT_NE(parameter_of(location(browser.submit(page, {{"allow", "true"}})), "code"), "");
}

TEST_F(Consent, is_for_clients_that_are_set_to_ask) {
    change_client([](directory::Client& client) { client.extensions.require_consent.reset(); });
    EXPECT_NE(parameter_of(browser.sign_in(), "code"), "");
    EXPECT_NE(parameter_of(browser.authorize({{"prompt", "consent"}}), "code"), "") << "as the service has it";
}

// A client that is made again under the same id is another one.
TEST_F(Consent, is_not_inherited_by_a_new_client_of_that_id) {
    sign_in_and_allow();
    clock.advance(1s);
    run(db->write([&](db::Transaction& tx) {
        tx.execute("UPDATE clients SET created_ms = $1 WHERE client_id = $2", clock.now(), client_id);
    }));
    catalog.forget(pool_id);
    EXPECT_TRUE(is_page(browser.authorize()));
}

// Attack class 8: what one browser is asked cannot be answered by another, nor by another site's page.
TEST_F(Consent, is_given_by_the_browser_and_person_who_were_asked) {
    const auto url = browser.sign_in();
    Visitor stranger(*this);
    EXPECT_NE(location(stranger.submit(url, {{"allow", "true"}})).find("/login?"), std::string::npos);
    EXPECT_EQ(browser.post(url, {{"allow", "true"}}).status, 403);
    const Pairs fields{{"allow", "true"}, {"_csrf", browser.cookies["XSRF-TOKEN"]}};
    EXPECT_EQ(browser.post(url, fields, {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
    EXPECT_FALSE(given());
}

// The page is no way around a new sign-in.
TEST_F(Consent, page_does_not_replace_the_sign_in_that_a_request_wants) {
    sign_in_and_allow();
    clock.advance(2min);
    for (const Pairs& wish : {Pairs{{"prompt", "login"}}, Pairs{{"max_age", "60"}}}) {
        EXPECT_NE(location(browser.get(page("/consent", wish))).find("/login?"), std::string::npos);
        EXPECT_NE(location(browser.submit(page("/consent", wish), {{"allow", "true"}})).find("/login?"),
                  std::string::npos);
    }
}

TEST_F(Consent, follows_a_sign_in_that_a_request_wanted_anew) {
    browser.sign_in();
    const auto url = location(browser.submit(browser.authorize({{"prompt", "login"}}),
                                             {{"username", std::string(jane)}, {"password", std::string(good)}}));
    const auto page = location(browser.submit(url, {{"code", last_code()}}));
    ASSERT_TRUE(is_page(page)) << page;
    EXPECT_NE(parameter_of(location(browser.submit(page, {{"allow", "true"}})), "code"), "");
}

}  // namespace
}  // namespace symbolon::pages
