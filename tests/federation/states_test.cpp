#include "federation/journey.hpp"

// What a browser brings back: once, in time, to where it left from (attack classes 8, 28, 29).
namespace symbolon::federation {
namespace {

using oauth::location;
using oauth::parameter_of;

class States : public Travels {
protected:
    void expect_nobody(const net::Response& arrival) {
        EXPECT_EQ(arrival.status, 302);
        EXPECT_EQ(location(arrival), std::string(pool_url) + "/error?error=Invalid+state");
        EXPECT_EQ(cookie_of(arrival, "cognito"), "");
        EXPECT_TRUE(provider.token_requests.empty());
    }
};

TEST_F(States, a_handle_works_once) {
    const auto journey = leave();
    EXPECT_NE(parameter_of(location(come_back(journey)), "code"), "");
    provider.token_requests.clear();
    expect_nobody(come_back(journey));
}

TEST_F(States, a_handle_that_failed_is_used_up) {
    const auto journey = leave();
    EXPECT_EQ(parameter_of(location(come_back(journey, {{"code", ""}, {"error", "server_error"}})), "error"),
              "invalid_request");
    expect_nobody(come_back(journey));
}

// Login CSRF: somebody else's answer does nothing in this browser, and the one who began may still come back.
TEST_F(States, a_handle_is_the_browsers_who_left) {
    const auto journey = leave();
    auto other = journey;
    other.cookie = "csrf-state=" + std::string(43, 'x');
    expect_nobody(come_back(other));
    other.cookie = "none=1";
    expect_nobody(come_back(other));
    EXPECT_NE(parameter_of(location(come_back(journey)), "code"), "");
}

TEST_F(States, a_handle_lives_for_five_minutes) {
    const auto journey = leave();
    clock.advance(std::chrono::minutes(5));
    expect_nobody(come_back(journey));
}

TEST_F(States, made_up_handles_are_nobodys) {
    auto journey = leave();
    for (const std::string& state : {std::string("x"), std::string(43, 'A'), std::string()}) {
        journey.state = state;
        expect_nobody(come_back(journey));
    }
}

TEST_F(States, a_handle_is_of_its_pool) {
    const auto journey = leave();
    net::Request request;
    request.method = net::Method::get;
    request.path = "/" + foreign_pool_id.str() + "/oauth2/idpresponse";
    request.query = "code=code-1&state=" + journey.state;
    request.headers.add("Cookie", journey.cookie);
    EXPECT_TRUE(location(send(std::move(request))).ends_with("/error?error=Invalid+state"));
}

TEST_F(States, two_tabs_of_a_browser_are_two_journeys) {
    const auto first = leave();
    const auto nonce = provider.nonce;
    const auto second_departure = authorize({{"identity_provider", "Corp"}}, {{"Cookie", first.cookie}});
    EXPECT_EQ("csrf-state=" + cookie_of(second_departure, "csrf-state"), first.cookie);
    EXPECT_NE(parameter_of(location(second_departure), "state"), first.state);
    provider.nonce = nonce;
    EXPECT_NE(parameter_of(location(come_back(first)), "code"), "");
}

TEST_F(States, a_form_comes_back_like_an_address) {
    const auto journey = leave();
    const auto arrival =
        post("/oauth2/idpresponse", Pairs{{"code", "code-1"}, {"state", journey.state}}, {{"Cookie", journey.cookie}});
    EXPECT_NE(parameter_of(location(arrival), "code"), "");
}

TEST_F(States, a_client_that_is_gone_meanwhile_gets_nobody) {
    const auto journey = leave();
    write([&](db::Transaction& tx) { directory::Clients(tx, *sealer).erase(pool_id, web); });
    catalog->forget(pool_id);
    const auto to = location(come_back(journey));
    EXPECT_TRUE(to.starts_with(std::string(pool_url) + "/error?error=invalid_client")) << to;
}

TEST_F(States, a_provider_that_is_not_the_clients_any_more_gets_nobody) {
    const auto journey = leave();
    allow_providers({"COGNITO"});
    EXPECT_EQ(parameter_of(location(come_back(journey)), "error"), "invalid_request");
}

TEST_F(States, a_provider_that_is_gone_meanwhile_gets_nobody) {
    const auto journey = leave();
    write([&](db::Transaction& tx) { directory::IdentityProviders(tx, *sealer).erase(pool_id, "Corp"); });
    EXPECT_EQ(parameter_of(location(come_back(journey)), "error"), "invalid_request");
}

}  // namespace
}  // namespace symbolon::federation
