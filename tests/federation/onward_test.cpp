#include "federation/journey.hpp"
#include "oauth/account_request.hpp"
#include "oauth/consent.hpp"
#include "oauth/device_authorization.hpp"
#include "oauth/device_request.hpp"
#include "oauth/signed_in_for.hpp"

#include <variant>

// Where people go on who come back from a provider: to the page that asks whether an app may, to the device that they
// let in, to their account.
namespace symbolon::federation {
namespace {

using oauth::location;
using oauth::parameter_of;
using oauth::text;

class Onward : public Travels {
protected:
    oauth::Site site() { return run(sites->find("id.example", "/" + pool_id.str() + "/login"))->site; }
    /// The request that a URL of ours carries.
    oauth::AuthorizationRequest request_of(const std::string& url) {
        auto checked = run(authorization->check(site(), url.substr(url.find('?') + 1)));
        return std::get<oauth::AuthorizationRequest>(std::move(checked));
    }
};

// It went back to the sign-in page, for ever.
TEST_F(Onward, a_new_sign_in_that_a_request_wants_is_good_enough_for_its_consent) {
    extend_client(web, [](auto& e) { e.require_consent = true; });
    const auto arrival = travel({{"prompt", "login"}});
    const auto url = location(arrival);
    ASSERT_TRUE(url.starts_with(std::string(pool_url) + "/consent?")) << url;
    const auto request = request_of(url);
    EXPECT_TRUE(request.prompt_login);
    const auto person = run(sessions->find(pool(), cookie_of(arrival, "cognito")));
    ASSERT_TRUE(person);
    const auto sealed = parameter_of(url, oauth::signed_in_parameter);
    EXPECT_TRUE(oauth::is_signed_in_for(*services, request, *person, sealed));

    auto another_time = *person;
    another_time.auth_time -= std::chrono::milliseconds(1);
    EXPECT_FALSE(oauth::is_signed_in_for(*services, request, another_time, sealed));
    auto somebody_else = *person;
    somebody_else.user_id = user_id;
    EXPECT_FALSE(oauth::is_signed_in_for(*services, request, somebody_else, sealed));
    auto another_request = request;
    another_request.query += "&scope=phone";
    EXPECT_FALSE(oauth::is_signed_in_for(*services, another_request, *person, sealed));
    auto in_german = request;
    in_german.query += "&lang=de";
    EXPECT_TRUE(oauth::is_signed_in_for(*services, in_german, *person, sealed)) << "who changes the language";
    for (const auto& made_up : {std::string(), std::string("x"), sealed + "x"})
        EXPECT_FALSE(oauth::is_signed_in_for(*services, request, *person, made_up));
    clock.advance(std::chrono::minutes(10));
    EXPECT_FALSE(oauth::is_signed_in_for(*services, request, *person, sealed));
}

// It was taken for a device that waits: the person saw an error.
TEST_F(Onward, an_apps_own_parameter_named_device_means_nothing) {
    for (const auto& way : {std::string("/oauth2/authorize"), std::string("/login/provider")}) {
        Journey journey;
        journey.departure = get(way + "?" + authorize_query({{"device", "kitchen"}, {"identity_provider", "Corp"}}));
        journey.state = parameter_of(location(journey.departure), "state");
        journey.cookie = "csrf-state=" + cookie_of(journey.departure, "csrf-state");
        provider.nonce = parameter_of(location(journey.departure), "nonce");
        ASSERT_NE(journey.state, "") << location(journey.departure);
        EXPECT_NE(parameter_of(location(come_back(journey)), "code"), "") << way;
    }
}

class DeviceByProvider : public Onward {
protected:
    DeviceByProvider() {
        extend_client(web, [](auto& e) {
            e.grant_types = List<directory::shape::ExtensionWord, 0, 20>{std::string(oauth::device_grant_type)};
        });
        user_code = run(devices.begin(client(web), {"openid"})).user_code;
        sealed = oauth::seal_device(*services, pool_id, browser, *oauth::read_user_code(user_code));
    }
    /// From the sign-in page of a browser to the provider.
    Journey leave_for(const std::string& as_browser, const std::string& name = "Corp") {
        Journey journey;
        const auto query = oauth::encode({{"device", sealed}, {"identity_provider", name}});
        journey.departure = get("/login/provider?" + query, {{"Cookie", "XSRF-TOKEN=" + as_browser}});
        journey.state = parameter_of(location(journey.departure), "state");
        journey.cookie = "csrf-state=" + cookie_of(journey.departure, "csrf-state");
        provider.nonce = parameter_of(location(journey.departure), "nonce");
        return journey;
    }
    oauth::DeviceAuthorizationService devices{*services};
    const std::string browser = "11111111-1111-4111-8111-111111111111";
    std::string user_code;
    std::string sealed;
};

TEST_F(DeviceByProvider, leads_to_the_page_that_asks_yes_or_no) {
    const auto journey = leave_for(browser);
    EXPECT_TRUE(location(journey.departure).starts_with("https://idp.example/authorize?"))
        << location(journey.departure);
    const auto arrival = come_back(journey);
    EXPECT_TRUE(location(arrival).starts_with(oauth::device_confirm_url(site(), sealed) + "&signed_in="))
        << location(arrival);
    const auto person = run(sessions->find(pool(), cookie_of(arrival, "cognito")));
    ASSERT_TRUE(person);
    EXPECT_EQ(person->username, "corp_person-1");
    EXPECT_TRUE(location(come_back(journey)).ends_with("/error?error=Invalid+state"));
}

// Attack class 8: what was typed in one browser is approved in no other.
TEST_F(DeviceByProvider, begins_in_the_browser_that_typed_the_code) {
    for (const auto& other : {std::string("22222222-1111-4111-8111-111111111111"), std::string()})
        EXPECT_TRUE(location(leave_for(other).departure).ends_with("/error?error=Invalid+state"));
}

TEST_F(DeviceByProvider, is_for_the_clients_providers_and_tells_the_person_alone) {
    EXPECT_TRUE(location(leave_for(browser, "Other").departure).ends_with("/error?error=Sign-in+refused"));
    const auto journey = leave_for(browser);
    const auto arrival = come_back(journey, {{"code", ""}, {"error", "access_denied"}});
    EXPECT_TRUE(location(arrival).ends_with("/error?error=Sign-in+refused")) << location(arrival);
    EXPECT_EQ(cookie_of(arrival, "cognito"), "");
}

TEST_F(DeviceByProvider, that_waits_no_more_sends_nobody_anywhere) {
    clock.advance(oauth::DeviceAuthorizationService::life);
    EXPECT_TRUE(location(leave_for(browser).departure).ends_with("/error?error=Invalid+state"));
}

class AccountByProvider : public Onward {
protected:
    Journey leave_for(const std::string& name = "Corp", const std::string& prompt = "") {
        Journey journey;
        journey.departure = get("/login/provider?" + oauth::encode({{"client_id", "@account"},
                                                                    {"prompt", prompt},
                                                                    {"redirect_uri", "https://evil.example"},
                                                                    {"identity_provider", name}}));
        journey.state = parameter_of(location(journey.departure), "state");
        journey.cookie = "csrf-state=" + cookie_of(journey.departure, "csrf-state");
        provider.nonce = parameter_of(location(journey.departure), "nonce");
        return journey;
    }
};

TEST_F(AccountByProvider, leads_to_the_account_page_and_nowhere_else) {
    allow_providers({"COGNITO"});  // of an app: it is the pool's provider all the same
    const auto journey = leave_for();
    EXPECT_TRUE(location(journey.departure).starts_with("https://idp.example/authorize?"))
        << location(journey.departure);
    EXPECT_EQ(parameter_of(location(journey.departure), "prompt"), "");
    const auto arrival = come_back(journey);
    EXPECT_EQ(location(arrival), oauth::account_url(site())) << "no code, no token, no state";
    const auto person = run(sessions->find(pool(), cookie_of(arrival, "cognito")));
    ASSERT_TRUE(person);
    EXPECT_EQ(person->username, "corp_person-1");
    EXPECT_TRUE(location(come_back(journey)).ends_with("/error?error=Invalid+state"));
}

// What could lock the person out wants a new sign-in; the provider is asked for one, too.
TEST_F(AccountByProvider, asks_the_provider_for_a_new_sign_in_where_the_page_wants_one) {
    EXPECT_EQ(parameter_of(location(leave_for("Corp", "login").departure), "prompt"), "login");
}

TEST_F(AccountByProvider, is_of_the_browser_that_left) {
    auto journey = leave_for();
    journey.cookie = "csrf-state=" + std::string(43, 'a');
    const auto arrival = come_back(journey);
    EXPECT_TRUE(location(arrival).ends_with("/error?error=Invalid+state"));
    EXPECT_EQ(cookie_of(arrival, "cognito"), "");
}

TEST_F(AccountByProvider, tells_the_person_alone_what_went_wrong) {
    EXPECT_TRUE(location(leave_for("Other").departure).ends_with("/error?error=Sign-in+refused"));
    const auto arrival = come_back(leave_for(), {{"code", ""}, {"error", "access_denied"}});
    EXPECT_TRUE(location(arrival).ends_with("/error?error=Sign-in+refused")) << location(arrival);
    EXPECT_EQ(cookie_of(arrival, "cognito"), "");
}

}  // namespace
}  // namespace symbolon::federation
