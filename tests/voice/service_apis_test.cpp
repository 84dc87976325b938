// What skills ask the platform for while they answer (voice-account-linking.md
// §3.1, §3.5).
#include "voice/platforms/service_apis.hpp"

#include "linking_fixture.hpp"

#include "base/encoding.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::voice {
namespace {

namespace json = boost::json;

class PlatformApis : public test::LinkingFixture {
protected:
    PlatformApis() {
        const json::object endpoint{{"uri", partner.skill_url()}};
        const json::object manifest{
            {"apis", {{"custom", {{"endpoint", endpoint}}}}},
            {"permissions", {{{"name", "alexa::profile:name:read"}}, {{"name", "alexa::profile:email:read"}}}}};
        house.rest(net::Method::put, "/v1/skills/" + skill + "/stages/development/manifest",
                   json::serialize(json::object{{"manifest", manifest}}));
        say();
    }
    json::value last() { return partner.skill_requests().back(); }
    std::string token() { return std::string(last().at_pointer("/context/System/apiAccessToken").as_string()); }
    net::Response ask(const std::string& path, const std::string& bearer) {
        return house.ask(net::Method::get, path, "", bearer);
    }
    void grant(const std::string& permission) {
        EXPECT_EQ(
            post("/app/skills/" + skill + "/permissions", percent_encode("permission." + permission) + "=true").status,
            303);
    }
    int speak(const std::string& request_id, const std::string& speech, const std::string& bearer) {
        const json::object body{{"header", {{"requestId", request_id}}},
                                {"directive", {{"type", "VoicePlayer.Speak"}, {"speech", speech}}}};
        return house.ask(net::Method::post, "/v1/directives", json::serialize(body), bearer).status;
    }
    static constexpr auto name_path = "/v2/accounts/~current/settings/Profile.name";
};

TEST_F(PlatformApis, give_personal_data_to_who_was_granted_it) {
    const auto bearer = token();
    EXPECT_EQ(ask(name_path, bearer).status, 403);
    grant("alexa::profile:name:read");
    const auto answer = ask(name_path, bearer);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "\"You\"");
    EXPECT_EQ(ask("/v2/accounts/~current/settings/Profile.email", bearer).status, 403);
    grant("alexa::profile:email:read");
    EXPECT_EQ(ask("/v2/accounts/~current/settings/Profile.email", bearer).status, 204) << "no address is known";
    EXPECT_EQ(ask("/v2/accounts/~current/settings/Profile.income", bearer).status, 404);
    EXPECT_EQ(ask("/v1/devices/d/settings/address", bearer).status, 403);
    EXPECT_EQ(ask("/v2/devices/d/settings/System.timeZone", bearer).body, "\"Etc/UTC\"");
}

TEST_F(PlatformApis, know_their_own_tokens_for_an_hour) {
    grant("alexa::profile:name:read");
    const auto bearer = token();
    for (const auto& other : {std::string(), std::string("a.b.c"), house.assistant.access_token(), bearer + "x"}) {
        EXPECT_EQ(ask(name_path, other).status, 401) << other;
    }
    EXPECT_EQ(speak("r", "hello", ""), 401);
    EXPECT_EQ(ask(name_path, bearer).status, 200);
    house.clock.advance(std::chrono::hours(1));
    EXPECT_EQ(ask(name_path, bearer).status, 401);
}

TEST_F(PlatformApis, say_five_things_before_the_answer) {
    const auto bearer = token();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(speak("r-1", "<speak>One moment.</speak>", bearer), 204);
    EXPECT_EQ(speak("r-1", "and more", bearer), 429);
    EXPECT_NE(app_page().body.find("One moment."), std::string::npos);
    for (const auto* wrong : {"", "<speak>open"}) EXPECT_EQ(speak("r-2", wrong, bearer), 400) << wrong;
    EXPECT_EQ(speak("", "hello", bearer), 400);
    EXPECT_EQ(house.ask(net::Method::post, "/v1/directives", "no json", bearer).status, 400);
}

TEST_F(PlatformApis, forget_the_oldest_requests_first) {
    const auto bearer = token();
    for (int i = 0; i < 200; ++i) EXPECT_EQ(speak("z-" + std::to_string(i), "hello", bearer), 204);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(speak("a", "hello", bearer), 204);
    EXPECT_EQ(speak("b", "hello", bearer), 204);
    EXPECT_EQ(speak("a", "hello", bearer), 429);
    EXPECT_EQ(speak(std::string(256, 'x'), "hello", bearer), 400);
}

TEST_F(PlatformApis, leave_no_token_in_the_log_and_a_fresh_one_is_sent_again) {
    const auto bearer = token();
    const auto logged = house.rest(net::Method::get, "/v1/skills/" + skill + "/exchanges").body;
    EXPECT_EQ(logged.find(bearer), std::string::npos);
    EXPECT_NE(logged.find("apiAccessToken"), std::string::npos);
    house.clock.advance(std::chrono::minutes(5));
    house.rest(net::Method::post, "/v1/skills/" + skill + "/exchanges/1/replay");
    EXPECT_NE(token(), bearer);
    grant("alexa::profile:name:read");
    EXPECT_EQ(ask(name_path, token()).status, 200);
}

}  // namespace
}  // namespace symbolon::voice
