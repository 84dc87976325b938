// Linking as Google and SmartThings do it, and what platforms do besides OAuth (voice-account-linking.md §2.9, §3.4,
// §4).
#include "linking_fixture.hpp"

#include "base/encoding.hpp"
#include "base/run.hpp"
#include "crypto/jose/jwt.hpp"
#include "voice/linking/journey.hpp"
#include "voice/platforms/event_gateway.hpp"
#include "voice/platforms/platform.hpp"
#include "voice/platforms/streamlined.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <set>

namespace symbolon::voice {
namespace {

namespace json = boost::json;
using test::json_answer;
using test::parameter_of;
using test::tokens;
using namespace std::chrono_literals;

TEST(Platforms, have_the_redirect_urls_of_the_reference) {
    std::set<std::string> real, own;
    for (const auto& platform : platforms()) {
        EXPECT_TRUE(own.insert(redirect_path(platform, "ID")).second) << platform.id;
        real.insert(genuine_redirect_url(platform, "ID"));
    }
    for (const auto* url :
         {"https://pitangui.amazon.com/api/skill/link/ID", "https://layla.amazon.com/api/skill/link/ID",
          "https://alexa.amazon.co.jp/api/skill/link/ID", "https://oauth-redirect.googleusercontent.com/r/ID",
          "https://oauth-redirect-sandbox.googleusercontent.com/r/ID", "https://c2c-us.smartthings.com/oauth/callback",
          "https://c2c-eu.smartthings.com/oauth/callback", "https://c2c-ap.smartthings.com/oauth/callback"}) {
        EXPECT_TRUE(real.contains(url)) << url;
    }
    EXPECT_EQ(find_platform("xiaomi"), nullptr);
}

class PlatformLinking : public test::LinkingFixture {
protected:
    PlatformLinking() {
        partner.put_at("/fulfillment", [](const net::Request& request) {
            if (request.headers.find("Authorization") != "Bearer access-1") return json_answer("{}", 401);
            return json_answer(R"({"requestId":"r","payload":{"agentUserId":"u-1","devices":[]}})");
        });
        partner.put_at("/connector", [](const net::Request& request) {
            const auto type = json::parse(request.body).at_pointer("/headers/interactionType").as_string();
            return json_answer(type == "discoveryRequest" ? R"({"headers":{"interactionType":"discoveryResponse"}})"
                                                          : R"({"headers":{}})");
        });
        partner.put_at("/revoke", [](const net::Request&) { return net::Response{}; });
        save_manifest();
    }
    void save_manifest() {
        const json::object apis{
            {"custom", {{"endpoint", {{"uri", partner.skill_url()}}}}},
            {"google", {{"fulfillmentUrl", partner.url_of("/fulfillment")}, {"clientId", "g-client"}}},
            {"smartThings", {{"endpoint", {{"uri", partner.url_of("/connector")}}}}}};
        const json::object manifest{{"apis", apis}};
        house.rest(net::Method::put, "/v1/skills/" + skill + "/stages/development/manifest",
                   json::serialize(json::object{{"manifest", manifest}}));
    }
    std::string begin_on(std::string_view platform) {
        const auto response = get("/app/skills/" + skill + "/link?platform=" + std::string(platform));
        EXPECT_EQ(response.status, 302) << response.body;
        return std::string(response.headers.find("Location").value_or(""));
    }
    net::Response link_on(std::string_view platform) {
        const auto url = begin_on(platform);
        const auto path = parameter_of(url, "redirect_uri").substr(std::string("http://127.0.0.1:1").size());
        return get(path + "?code=the-code&state=" + percent_encode(parameter_of(url, "state")));
    }
    json::value asked_at(std::string_view path, std::size_t index) {
        return json::parse(partner.requests_at(path).at(index).body);
    }

    const Assistant::Parts parts{*house.db, house.sealer, house.random, house.clock, house.client};
    const Identity identity = load_identity(parts);
};

TEST_F(PlatformLinking, on_google_sends_its_parameters_and_a_SYNC) {
    const auto url = begin_on("google");
    EXPECT_EQ(parameter_of(url, "redirect_uri"), "http://127.0.0.1:1/google/r/" + assistant->vendor_id());
    EXPECT_EQ(parameter_of(url, "code_challenge_method"), "S256");
    EXPECT_EQ(parameter_of(url, "user_locale"), "en-US");
    EXPECT_EQ(link_on("google").status, 200);
    EXPECT_EQ(stored()->platform, "google");
    ASSERT_EQ(partner.requests_at("/fulfillment").size(), 1U);
    EXPECT_EQ(asked_at("/fulfillment", 0).at_pointer("/inputs/0/intent").as_string(), "action.devices.SYNC");
}

TEST_F(PlatformLinking, on_google_fails_where_SYNC_fails) {
    partner.put_at("/fulfillment", [](const net::Request&) { return json_answer("{}", 500); });
    const auto page = link_on("google");
    EXPECT_EQ(page.status, 400);
    EXPECT_NE(page.body.find("Couldn&apos;t update the settings"), std::string::npos) << page.body;
    EXPECT_NE(page.body.find("<code>sync</code>"), std::string::npos);
    EXPECT_EQ(stored()->status, LinkStatus::unlinked);
    EXPECT_EQ(stored()->access_token + stored()->refresh_token, "");
    partner.put_at("/fulfillment", [](const net::Request&) { return json_answer("{}", 401); });
    EXPECT_NE(link_on("google").body.find("<code>fulfillment_token</code>"), std::string::npos);
}

TEST_F(PlatformLinking, on_google_ends_with_DISCONNECT_and_a_revocation) {
    ASSERT_EQ(link_on("google").status, 200);
    post("/app/skills/" + skill + "/unlink", "");
    ASSERT_EQ(partner.requests_at("/fulfillment").size(), 2U);
    EXPECT_EQ(asked_at("/fulfillment", 1).at_pointer("/inputs/0/intent").as_string(), "action.devices.DISCONNECT");
    EXPECT_EQ(partner.requests_at("/revoke").size(), 1U);
    EXPECT_FALSE(stored());
}

TEST_F(PlatformLinking, on_smartthings_discovers_and_grants_a_callback_that_works) {
    EXPECT_EQ(parameter_of(begin_on("smartthings-eu"), "redirect_uri"),
              "http://127.0.0.1:1/smartthings-eu/oauth/callback");
    ASSERT_EQ(link_on("smartthings-eu").status, 200);
    ASSERT_EQ(partner.requests_at("/connector").size(), 2U);
    EXPECT_EQ(asked_at("/connector", 0).at_pointer("/authentication/token").as_string(), "access-1");
    const auto grant = asked_at("/connector", 1);
    EXPECT_EQ(grant.at_pointer("/headers/interactionType").as_string(), "grantCallbackAccess");
    const auto credentials = house.rest(net::Method::get, "/v1/skills/" + skill + "/credentials");
    const auto messaging = json::parse(credentials.body).at("skillMessagingCredentials");
    const json::object proof{{"grantType", "authorization_code"},
                             {"code", grant.at_pointer("/callbackAuthentication/code")},
                             {"clientId", messaging.at("clientId")},
                             {"clientSecret", messaging.at("clientSecret")}};
    const json::object exchange{{"headers", {{"interactionType", "accessTokenRequest"}}},
                                {"callbackAuthentication", proof}};
    const auto given = house.ask(net::Method::post, "/smartthings/oauth/token", json::serialize(json::value(exchange)));
    const auto token = json::parse(given.body).at_pointer("/callbackAuthentication/accessToken").as_string();
    const json::object state{{"headers", {{"interactionType", "stateCallback"}}},
                             {"authentication", {{"tokenType", "Bearer"}, {"token", token}}},
                             {"deviceState", json::array{}}};
    EXPECT_EQ(house.ask(net::Method::post, "/smartthings/callback", json::serialize(json::value(state))).status, 200);
    const auto link = house.rest(net::Method::get, "/v1/skills/" + skill + "/lab/link").body;
    EXPECT_NE(link.find("stateCallback"), std::string::npos);
    EXPECT_EQ(link.find(std::string(token)), std::string::npos);
    const auto again = house.ask(net::Method::post, "/smartthings/oauth/token", json::serialize(json::value(exchange)));
    EXPECT_NE(again.body.find("INVALID-CODE"), std::string::npos) << "a code works once";
}

TEST_F(PlatformLinking, on_smartthings_is_told_when_it_ends) {
    ASSERT_EQ(link_on("smartthings-us").status, 200);
    post("/app/skills/" + skill + "/unlink", "");
    EXPECT_EQ(asked_at("/connector", 2).at_pointer("/headers/interactionType").as_string(), "integrationDeleted");
}

TEST_F(PlatformLinking, of_one_person_is_not_that_of_another) {
    Journey journey(parts, identity, "http://127.0.0.1:1");
    must_link();
    const auto other = run(journey.current(skill, "kim"));
    EXPECT_EQ(other.status, LinkStatus::unlinked);
    EXPECT_NE(other.user_id, stored()->user_id);
    TokenAnswer given;
    given.access_token = "access-kim";
    given.refresh_token = "refresh-kim";
    EXPECT_TRUE(run(journey.link_with_tokens(skill, "kim", "alexa-na", given)).linked);
    EXPECT_EQ(run(journey.current(skill, "kim")).access_token, "access-kim");
    EXPECT_EQ(stored()->access_token, "access-1");
    run(journey.unlink(skill, "kim"));
    EXPECT_EQ(stored()->status, LinkStatus::linked);
}

/// A smart-home skill that may send events.
class AcceptGrant : public PlatformLinking {
protected:
    AcceptGrant() {
        const json::object manifest{
            {"apis", {{"smartHome", {{"endpoint", {{"uri", partner.skill_url()}}}, {"protocolVersion", "3"}}}}},
            {"permissions", json::array{json::object{{"name", "alexa::async_event:write"}}}}};
        house.rest(net::Method::put, "/v1/skills/" + skill + "/stages/development/manifest",
                   json::serialize(json::object{{"manifest", manifest}}));
        journey.hooks.accept_grant = [this](std::string, std::string, std::string code) {
            codes.push_back(std::move(code));
            return answer();
        };
        journey.hooks.gateway_event = [this](json::object event, std::string, std::string) {
            return take(std::move(event));
        };
    }
    Task<std::optional<std::string>> answer() { co_return problem; }
    Task<void> take(json::object event) {
        events.push_back(std::move(event));
        co_return;
    }
    LinkOutcome link_here() {
        TokenAnswer given;
        given.access_token = "access-1";
        given.refresh_token = "refresh-1";
        given.expires_in = 3600;
        return run(journey.link_with_tokens(skill, "main", "alexa-na", given));
    }
    net::Response redeem(const std::string& code, const std::string& secret_of_skill) {
        net::Form form;
        form.add("grant_type", "authorization_code");
        form.add("code", code);
        form.add("client_id", run(journey.lwa().credentials(skill)).client_id);
        form.add("client_secret", secret_of_skill);
        net::Request request;
        request.method = net::Method::post;
        request.body = form.encode();
        return run(journey.lwa().token_endpoint(std::move(request)));
    }
    net::Response report(const std::string& token, const std::string& body) {
        net::Request request;
        request.method = net::Method::post;
        request.headers.add("Authorization", "Bearer " + token);
        request.body = body;
        return run(gateway.alexa_events(std::move(request)));
    }
    static std::string change_report() {
        return R"({"event":{"header":{"namespace":"Alexa","name":"ChangeReport"},"endpoint":{"scope":{"token":"s"}}}})";
    }

    Journey journey{parts, identity, "http://127.0.0.1:1"};
    EventGateway gateway{parts, journey.lwa(), journey.hooks};
    std::optional<std::string> problem;
    std::vector<std::string> codes;
    std::vector<json::object> events;
};

TEST_F(AcceptGrant, BR09_gives_a_code_that_leads_to_the_event_gateway) {
    ASSERT_TRUE(link_here().linked);
    ASSERT_EQ(codes.size(), 1U);
    const auto secret_of_skill = run(journey.lwa().credentials(skill)).client_secret;
    EXPECT_EQ(redeem(codes[0], "wrong").status, 401);
    const auto given = redeem(codes[0], secret_of_skill);
    ASSERT_EQ(given.status, 200) << given.body;
    EXPECT_EQ(redeem(codes[0], secret_of_skill).status, 400) << "a code works once";
    const std::string token(json::parse(given.body).at("access_token").as_string());
    EXPECT_TRUE(token.starts_with("Atza|"));
    EXPECT_EQ(report(token, change_report()).status, 202);
    EXPECT_EQ(events.size(), 1U);
    EXPECT_EQ(report("Atza|another", change_report()).status, 401);
    EXPECT_EQ(report(token, "{}").status, 400);
    house.clock.advance(1h);
    EXPECT_EQ(report(token, change_report()).status, 401) << "it lives for an hour";
    EXPECT_EQ(events.size(), 1U);
}

TEST_F(AcceptGrant, BR09_that_fails_fails_the_link) {
    problem = "ACCEPT_GRANT_FAILED";
    const auto outcome = link_here();
    EXPECT_FALSE(outcome.linked);
    EXPECT_EQ(outcome.cause, "accept_grant");
    EXPECT_EQ(stored()->status, LinkStatus::unlinked);
    behave("BR-09", "skip");
    EXPECT_TRUE(link_here().linked);
}

TEST_F(AcceptGrant, ends_with_the_link) {
    ASSERT_TRUE(link_here().linked);
    const auto given = redeem(codes[0], run(journey.lwa().credentials(skill)).client_secret);
    const std::string token(json::parse(given.body).at("access_token").as_string());
    run(journey.unlink(skill));
    EXPECT_EQ(report(token, change_report()).status, 401);
}

TEST_F(PlatformLinking, reciprocal_gives_the_platforms_code_to_the_server) {
    partner.put_at("/reciprocal", [](const net::Request&) { return net::Response{}; });
    configure({{"reciprocalAccessTokenUrl", partner.url_of("/reciprocal")}});
    must_link();
    const auto requests = partner.requests_at("/reciprocal");
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].headers.find("Authorization"), "Bearer access-1");
    const auto form = net::Form::parse(requests[0].body);
    EXPECT_EQ(form.get("grant_type"), "reciprocal_authorization_code");
    EXPECT_EQ(form.get("client_id"), "the-client");
    partner.put_at("/reciprocal", [](const net::Request&) { return json_answer("{}", 403); });
    EXPECT_NE(link().body.find("<code>reciprocal</code>"), std::string::npos);
}

class StreamlinedLinking : public PlatformLinking {
protected:
    StreamlinedOutcome link_person(bool may_create = true) {
        GooglePerson person;
        person.sub = "g-1";
        person.email = "bob@gmail.com";
        return run(streamlined.link(skill, "main", person, may_create));
    }
    Journey journey{parts, identity, "http://127.0.0.1:1"};
    Streamlined streamlined{parts, identity, journey, "http://127.0.0.1:1"};
};

TEST_F(StreamlinedLinking, checks_and_gets_with_an_assertion_that_its_keys_prove) {
    partner.answer([](const net::Form& form) {
        return form.get("intent") == "check" ? json_answer(R"({"account_found":"true"})") : tokens("access-1", "r");
    });
    const auto result = link_person();
    EXPECT_TRUE(result.outcome.linked) << result.outcome.cause;
    EXPECT_EQ(stored()->platform, "google");
    ASSERT_EQ(partner.token_requests().size(), 2U);
    const auto form = partner.last_form();
    EXPECT_EQ(form.get("intent"), "get");
    EXPECT_EQ(form.get("grant_type"), "urn:ietf:params:oauth:grant-type:jwt-bearer");
    const auto parsed = crypto::jose::parse_jwt(form.get("assertion"));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->claims.at("aud").as_string(), "g-client");
    EXPECT_EQ(parsed->claims.at("iss").as_string(), "http://127.0.0.1:1/google");
    const auto keys = json::parse(house.ask(net::Method::get, "/google/certs").body);
    const auto key = crypto::jose::VerifyingKey::from_jwk(keys.at_pointer("/keys/0").as_object());
    EXPECT_TRUE(crypto::jose::verifies(key, *parsed));
}

TEST_F(StreamlinedLinking, creates_only_what_the_person_agreed_to) {
    partner.answer([](const net::Form& form) {
        return form.get("intent") == "check" ? json_answer(R"({"account_found":"false"})", 404)
                                             : tokens("access-1", "r");
    });
    EXPECT_TRUE(link_person(false).goes_on_in_browser);
    EXPECT_FALSE(stored());
    EXPECT_TRUE(link_person(true).outcome.linked);
    EXPECT_EQ(partner.last_form().get("intent"), "create");
}

TEST_F(StreamlinedLinking, goes_on_in_the_browser_with_the_hint) {
    partner.answer([](const net::Form& form) {
        return form.get("intent") == "check"
                   ? json_answer(R"({"account_found":"true"})")
                   : json_answer(R"({"error":"linking_error","login_hint":"bob@example.test"})", 401);
    });
    const auto result = link_person();
    EXPECT_TRUE(result.goes_on_in_browser);
    EXPECT_EQ(result.login_hint, "bob@example.test");
    EXPECT_EQ(result.outcome.cause, "oauth_error:linking_error");
    const auto begun = get("/app/skills/" + skill + "/link?platform=google&login_hint=" + result.login_hint);
    EXPECT_EQ(parameter_of(std::string(*begun.headers.find("Location")), "login_hint"), "bob@example.test");
}

}  // namespace
}  // namespace symbolon::voice
