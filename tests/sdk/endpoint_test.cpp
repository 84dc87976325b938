#include "symbolon/skill/endpoint.hpp"

#include "sdk/platform.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::skill::testing {
namespace {

class EndpointTest : public ::testing::Test {
protected:
    Platform platform;
    int handled = 0;
    bool broken = false;
    std::vector<std::string> logged;

    Skill skill() {
        return SkillBuilder{}
            .skill_id(std::string(skill_id))
            .otherwise([this](Input& in) {
                ++handled;
                if (broken) throw std::runtime_error("the database is on fire");
                return in.speak("Hi.").end_session();
            })
            .create();
    }
    EndpointOptions options() {
        return {.trust = {platform.profile()},
                .fetch = platform.fetch(),
                .now = platform.clock(),
                .log = [this](LogLevel, std::string_view event, std::string_view detail) {
                    logged.push_back(std::string(event) + ": " + std::string(detail));
                }};
    }
};

TEST_F(EndpointTest, answers_a_genuine_request) {
    Endpoint endpoint(skill(), options());
    const auto answer = endpoint.answer(platform.sign(platform.envelope()));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers, (HttpHeaders{{"Content-Type", "application/json;charset=UTF-8"}}));
    EXPECT_EQ(json::parse(answer.body).at("response").at("shouldEndSession"), true);
}

TEST_F(EndpointTest, tells_the_handler_until_when_the_platform_waits) {
    Time deadline{};
    const auto timed = SkillBuilder{}
                           .skill_id(std::string(skill_id))
                           .otherwise([&](Input& in) {
                               deadline = in.invocation().deadline;
                               return in.respond();
                           })
                           .create();
    Endpoint(timed, options()).answer(platform.sign(platform.envelope()));
    EXPECT_EQ(deadline, platform.now + std::chrono::seconds(8));
}

TEST_F(EndpointTest, answers_at_once_what_needs_no_fetch_and_leaves_the_rest) {
    Endpoint endpoint(skill(), options());
    const auto first = platform.sign(platform.envelope());
    EXPECT_FALSE(endpoint.answer_at_once(first)) << "its chain has to be fetched";
    EXPECT_TRUE(platform.fetched.empty());
    EXPECT_EQ(handled, 0);
    EXPECT_EQ(endpoint.answer(first).status, 200) << "it was not remembered as seen";
    EXPECT_EQ(endpoint.answer_at_once(platform.sign(platform.envelope()))->status, 200);
    EXPECT_EQ(endpoint.answer_at_once(first)->status, 400) << "a replay";
    auto unsigned_request = platform.sign(platform.envelope());
    remove_header(unsigned_request, "Signature-256");
    EXPECT_EQ(endpoint.answer_at_once(unsigned_request)->status, 400);
    EXPECT_EQ(platform.fetched.size(), 1U);
}

TEST_F(EndpointTest, refuses_a_forgery_before_any_handler_sees_it_and_tells_only_the_log_why) {
    Endpoint endpoint(skill(), options());
    auto request = platform.sign(platform.envelope());
    request.body += ' ';
    const auto answer = endpoint.answer(request);
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(answer.body.empty());
    EXPECT_EQ(handled, 0);
    EXPECT_EQ(logged.back(), "request_refused: the signature does not fit the body");
}

TEST_F(EndpointTest, says_500_and_no_more_when_the_skill_fails) {
    broken = true;
    Endpoint endpoint(skill(), options());
    const auto answer = endpoint.answer(platform.sign(platform.envelope()));
    EXPECT_EQ(answer.status, 500);
    EXPECT_TRUE(answer.body.empty());
    EXPECT_EQ(logged.back(), "skill_failed: the database is on fire");
}

TEST_F(EndpointTest, takes_a_failed_event_again_and_a_handled_one_never) {
    Endpoint endpoint(skill(), options());
    auto envelope = platform.envelope();
    envelope["request"].as_object()["type"] = "AlexaSkillEvent.SkillDisabled";
    const auto event = platform.sign(envelope);
    broken = true;
    EXPECT_EQ(endpoint.answer(event).status, 500);
    broken = false;
    EXPECT_EQ(endpoint.answer(event).status, 200);
    EXPECT_EQ(endpoint.answer(event).status, 400);
    EXPECT_EQ(handled, 2);
}

TEST_F(EndpointTest, takes_only_posts) {
    Endpoint endpoint(skill(), options());
    auto request = platform.sign(platform.envelope());
    request.method = "GET";
    EXPECT_EQ(endpoint.answer(request).status, 405);
    EXPECT_EQ(handled, 0);
}

TEST_F(EndpointTest, logs_that_a_local_assistant_is_trusted) {
    const Endpoint endpoint(skill(), options());
    ASSERT_EQ(logged.size(), 1U);
    EXPECT_NE(logged[0].find("local_trust_enabled"), std::string::npos);
    EXPECT_NE(logged[0].find("https://chains.assistant.test/echo.api/"), std::string::npos);
}

TEST_F(EndpointTest, trusts_only_the_platform_unless_told_otherwise) {
    auto defaults = options();
    defaults.trust = EndpointOptions{}.trust;
    Endpoint endpoint(skill(), std::move(defaults));
    EXPECT_TRUE(logged.empty());
    EXPECT_EQ(endpoint.answer(platform.sign(platform.envelope())).status, 400);
}

TEST_F(EndpointTest, is_not_made_for_a_skill_without_an_id) {
    EXPECT_THROW(Endpoint(SkillBuilder{}.create(), options()), std::invalid_argument);
}

}  // namespace
}  // namespace symbolon::skill::testing
