// Linking between apps (voice-account-linking.md §1.5, §2.8).
#include "linking_fixture.hpp"

#include "base/encoding.hpp"
#include "base/run.hpp"
#include "voice/platforms/lwa.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <vector>

namespace symbolon::voice {
namespace {

namespace json = boost::json;
using test::parameter_of;

class AppToAppLinking : public test::LinkingFixture {
protected:
    static constexpr const char* app_url = "https://app.example/linked";
    AppToAppLinking() {
        configure({{"redirectUrls", json::array{app_url}},
                   {"authorizationUrlsByPlatform",
                    json::array{json::object{{"platformType", "iOS"},
                                             {"platformAuthorizationUrl", "https://app.example/authorize"}}}}});
        const auto answer = house.rest(net::Method::get, "/v1/skills/" + skill + "/credentials");
        credentials = json::parse(answer.body).at("skillMessagingCredentials").as_object();
        get("/");
    }
    std::string member(const char* name) const { return std::string(credentials.at(name).as_string()); }
    std::string consent_url(const std::string& redirect_uri, const std::string& more = {}) const {
        return "/ap/oa?client_id=" + percent_encode(member("clientId")) +
               "&response_type=code&state=s%2B1&scope=" + percent_encode("alexa::skills:account_linking") +
               "&redirect_uri=" + percent_encode(redirect_uri) + more;
    }
    std::string location(const net::Response& response) const {
        EXPECT_EQ(response.status, 302) << response.body;
        return std::string(response.headers.find("Location").value_or(""));
    }
    /// The answer to the maker's server, which redeems the code that the redirect URL brought.
    net::Response redeem(const std::string& url, const std::string& verifier = {}) {
        net::Form form;
        form.add("grant_type", "authorization_code");
        form.add("code", parameter_of(url, "code"));
        form.add("redirect_uri", app_url);
        form.add("client_id", member("clientId"));
        form.add("client_secret", member("clientSecret"));
        if (!verifier.empty()) form.add("code_verifier", verifier);
        return house.ask(net::Method::post, "/auth/o2/token", form.encode());
    }
    std::string allowed_with(const std::string& more) {
        return location(get(consent_url(app_url, "&answer=allow&_csrf=" + cookie + more)));
    }
    /// The token of the platform's user, as the maker's server gets it.
    std::string user_token() {
        const auto url = allowed_with("");
        EXPECT_EQ(parameter_of(url, "state"), "s+1");
        const auto answer = redeem(url);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return std::string(json::parse(answer.body).at("access_token").as_string());
    }
    net::Response enable(const std::string& token, const std::string& redirect_uri = app_url) {
        const json::object request{{"type", "AUTH_CODE"}, {"authCode", "service-code"}, {"redirectUri", redirect_uri}};
        const json::object body{{"stage", "development"}, {"accountLinkRequest", request}};
        return house.ask(net::Method::post, enablement(), json::serialize(json::value(body)), token);
    }
    std::string enablement() const { return "/v1/users/~current/skills/" + skill + "/enablement"; }

    json::object credentials;
};

TEST_F(AppToAppLinking, from_the_platforms_app_opens_the_makers_app) {
    const auto url = location(get("/app/skills/" + skill + "/link?app=iOS"));
    EXPECT_TRUE(url.starts_with("https://app.example/authorize?client_id=")) << url;
    EXPECT_EQ(come_back("code=c&source=app&state=" + parameter_of(url, "state")).status, 200);
    EXPECT_TRUE(location(get("/app/skills/" + skill + "/link?app=Android")).starts_with("https://id.example/"))
        << "an app that is not there";
}

TEST_F(AppToAppLinking, from_the_makers_app_asks_the_person_and_links) {
    const auto page = get(consent_url(app_url));
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("Allow"), std::string::npos);
    const auto token = user_token();
    EXPECT_EQ(house.ask(net::Method::get, enablement(), "", token).status, 404);
    const auto answer = enable(token);
    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(partner.last_form().get("code"), "service-code");
    EXPECT_EQ(partner.last_form().get("redirect_uri"), app_url) << "the app's own";
    EXPECT_NE(house.ask(net::Method::get, enablement(), "", token).body.find("\"LINKED\""), std::string::npos);
    EXPECT_EQ(spoken_token(), "access-1");
    EXPECT_EQ(house.ask(net::Method::delete_, enablement(), "", token).status, 204);
    EXPECT_FALSE(stored());
}

TEST_F(AppToAppLinking, sends_nobody_where_the_skill_does_not_say) {
    EXPECT_EQ(get(consent_url("https://evil.example/", "&answer=allow&_csrf=" + cookie)).status, 400);
    EXPECT_EQ(get("/ap/oa?client_id=unknown&redirect_uri=https%3A%2F%2Fapp.example%2Flinked").status, 400);
    EXPECT_EQ(get(consent_url(app_url, "&answer=allow&_csrf=forged")).status, 200) << "it asks the person again";
    EXPECT_EQ(parameter_of(location(get(consent_url(app_url, "&answer=deny&_csrf=" + cookie))), "error"),
              "access_denied");
    EXPECT_EQ(enable(user_token(), "https://evil.example/").status, 400);
    EXPECT_TRUE(partner.token_requests().empty());
}

TEST_F(AppToAppLinking, RFC7636_4_6_a_code_is_for_who_has_the_verifier) {
    const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const std::string hashed = "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    const std::string plain = "&code_challenge=" + verifier;
    for (const auto& challenge : {hashed, plain, plain + "&code_challenge_method=plain"}) {
        const auto url = allowed_with(challenge);
        EXPECT_EQ(redeem(url).status, 400) << challenge;
        EXPECT_EQ(redeem(url, "another-verifier-of-forty-three-characters-x").status, 400) << challenge;
        EXPECT_EQ(redeem(url, verifier).status, 200) << challenge;
    }
    EXPECT_EQ(redeem(allowed_with(""), verifier).status, 400) << "a challenge was taken away";
    for (const auto& wrong : std::vector<std::string>{"&code_challenge=short", "&code_challenge_method=S256",
                                                      "&code_challenge=" + verifier + "&code_challenge_method=S512"}) {
        EXPECT_EQ(parameter_of(allowed_with(wrong), "error"), "invalid_request") << wrong;
    }
}

TEST_F(AppToAppLinking, takes_no_token_but_the_persons_for_this_skill) {
    EXPECT_EQ(enable("").status, 401);
    EXPECT_EQ(enable(house.assistant.access_token()).status, 401);
    const auto token = user_token();
    skill = house.make_skill();
    EXPECT_EQ(enable(token).status, 401);
}

}  // namespace
}  // namespace symbolon::voice
