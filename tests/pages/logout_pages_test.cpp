#include "pages/house.hpp"

namespace symbolon::pages {
namespace {

using namespace std::chrono_literals;

class LogoutPages : public House {
protected:
    LogoutPages() { browser.sign_in(); }
    bool is_signed_in(Visitor& visitor) { return parameter_of(visitor.authorize(), "code") != ""; }
    std::string logout(const Pairs& parameters) {
        return location(browser.get(std::string(site_path) + "/logout?" + encode(parameters)));
    }
    Visitor browser{*this};
};

TEST_F(LogoutPages, ask_before_anybody_is_signed_out_whom_no_app_speaks_for) {
    const auto confirm = logout({});
    const auto page = browser.get(confirm);
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("id=\"logout-confirm\""), std::string::npos);
    EXPECT_TRUE(is_signed_in(browser));
    const auto answer = browser.submit(confirm, {{"logout", "true"}});
    EXPECT_EQ(location(answer), std::string(base_url) + std::string(site_path) + "/signedout");
    EXPECT_FALSE(is_signed_in(browser));
    EXPECT_FALSE(browser.cookies.contains("cognito"));
}

TEST_F(LogoutPages, go_on_to_the_place_that_was_checked_before) {
    const auto confirm = logout(
        {{"client_id", client_id.str()}, {"post_logout_redirect_uri", "https://client.example/bye"}, {"state", "s"}});
    const auto page = browser.get(confirm);
    EXPECT_NE(page.body.find("Phone skill"), std::string::npos) << "who asks";
    EXPECT_TRUE(header(page, "Content-Security-Policy").ends_with("form-action 'self' https://client.example"));
    EXPECT_EQ(location(browser.submit(confirm, {{"logout", "true"}})), "https://client.example/bye?state=s");
}

TEST_F(LogoutPages, let_a_person_stay) {
    const auto confirm = logout({});
    EXPECT_EQ(location(browser.submit(confirm, {{"stay", "true"}})),
              std::string(base_url) + std::string(site_path) + "/account");
    EXPECT_TRUE(is_signed_in(browser));
}

// Logging somebody out from another site's page.
TEST_F(LogoutPages, take_no_form_from_elsewhere) {
    const auto confirm = logout({});
    EXPECT_EQ(browser.post(confirm, {{"logout", "true"}}).status, 403);
    EXPECT_EQ(browser.post(confirm, {{"logout", "true"}, {"_csrf", "11111111-1111-4111-8111-111111111111"}}).status,
              403);
    const Pairs fields{{"logout", "true"}, {"_csrf", browser.cookies["XSRF-TOKEN"]}};
    EXPECT_EQ(browser.post(confirm, fields, {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
    EXPECT_TRUE(is_signed_in(browser));
}

// Attack class 6: the place is sealed into the page's address.
TEST_F(LogoutPages, go_nowhere_that_was_not_checked) {
    const auto confirm = logout({});
    for (const auto& url : {confirm + "x", std::string(site_path) + "/logout/confirm?leaving=https://evil.example/",
                            std::string(site_path) + "/logout/confirm", std::string(site_path) + "/logout/apps"}) {
        EXPECT_EQ(browser.get(url).status, 400) << url;
        EXPECT_EQ(browser.submit(url, {{"logout", "true"}}).status, 400) << url;
    }
    clock.advance(11min);
    EXPECT_EQ(browser.get(confirm).status, 400) << "too old";
}

TEST_F(LogoutPages, let_apps_hear_in_frames_of_exactly_their_origins) {
    change_client([](directory::Client& client) {
        client.extensions.frontchannel_logout_uri = "https://front.example:8443/bye?x=<1>";
    });
    Visitor other(*this);
    subject_of(parameter_of(other.sign_in(), "code"));  // the app has tokens
    const auto apps = location(other.sign_out());
    EXPECT_TRUE(apps.starts_with(std::string(base_url) + std::string(site_path) + "/logout/apps?leaving=")) << apps;
    EXPECT_FALSE(is_signed_in(other)) << "whatever becomes of the frames";
    const auto page = other.get(apps);
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("<iframe"), std::string::npos);
    EXPECT_NE(page.body.find("https://front.example:8443/bye?x=&lt;1&gt;&amp;iss="), std::string::npos) << page.body;
    EXPECT_NE(page.body.find("content=\"3;url=https://client.example/bye\""), std::string::npos);
    EXPECT_TRUE(header(page, "Content-Security-Policy").ends_with("; frame-src https://front.example:8443"));
    EXPECT_EQ(header(page, "X-Frame-Options"), "DENY");
    EXPECT_EQ(header(other.get(std::string(site_path) + "/signedout"), "Content-Security-Policy").find("frame-src"),
              std::string::npos);
}

}  // namespace
}  // namespace symbolon::pages
