#include "symbolon/skill/lambda.hpp"

#include "sdk/lambda_emulator.hpp"
#include "sdk/platform.hpp"

#include "symbolon/skill/serve.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::skill::testing {
namespace {

using lambda::Function;

class LambdaTest : public ::testing::Test {
protected:
    LambdaEmulator emulator;
    std::vector<std::string> logged;

    lambda::Options options() {
        return {.runtime_api = emulator.address(),
                .log = [this](LogLevel, std::string_view event, std::string_view detail) {
                    logged.push_back(std::string(event) + ": " + std::string(detail));
                }};
    }
    std::string queue(std::string body) { return emulator.queue({std::move(body)}); }
    static std::string launch(std::string_view application = skill_id) {
        json::object envelope{
            {"version", "1.0"},
            {"context", {{"System", {{"application", {{"applicationId", application}}}}}}},
            {"request", {{"type", "LaunchRequest"}, {"requestId", "r"}, {"timestamp", "2026-11-22T16:03:00Z"}}}};
        return json::serialize(envelope);
    }
    static Skill greeter() {
        return SkillBuilder{}
            .skill_id(std::string(skill_id))
            .on("LaunchRequest", [](Input& in) { return in.speak("Hi.").end_session(); })
            .create();
    }
    const LambdaEmulator::Posted& only_post() {
        EXPECT_EQ(emulator.posted().size(), 1U);
        return emulator.posted().at(0);
    }
};

TEST_F(LambdaTest, answers_one_event_after_the_other) {
    const auto first = queue(launch());
    const auto second = queue(launch());
    EXPECT_EQ(lambda::run(greeter(), options()), 1) << "the emulator ends it when it has no more events";
    ASSERT_EQ(emulator.posted().size(), 2U);
    EXPECT_EQ(emulator.posted()[0].path, "/invocation/" + first + "/response");
    EXPECT_EQ(emulator.posted()[1].path, "/invocation/" + second + "/response");
    const auto answer = json::parse(emulator.posted()[0].body);
    EXPECT_EQ(answer.at("response").at("outputSpeech").at("ssml"), "<speak>Hi.</speak>");
    EXPECT_EQ(emulator.asked(), 3);
    EXPECT_EQ(logged, std::vector<std::string>{"lambda_runtime_ended: the next event: HTTP 500"});
}

TEST_F(LambdaTest, gives_the_function_what_lambda_says_of_the_invocation) {
    LambdaEmulator::Event event{"{}"};
    event.headers.add("Lambda-Runtime-Deadline-Ms", "1542409706888");
    event.headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:skill");
    event.headers.add("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1");
    event.headers.add("Lambda-Runtime-Client-Context", R"({"client":{}})");
    event.headers.add("Lambda-Runtime-Cognito-Identity", R"({"cognitoIdentityId":"x"})");
    const auto id = emulator.queue(std::move(event));
    std::string trace_id;
    Invocation seen;
    lambda::run(Function([&](json::value, const Invocation& invocation) -> json::value {
                    seen = invocation;
                    const char* variable = std::getenv("_X_AMZN_TRACE_ID");
                    trace_id = variable == nullptr ? "" : variable;
                    return {};
                }),
                options());
    EXPECT_EQ(seen.request_id, id);
    EXPECT_EQ(seen.deadline, Time(std::chrono::milliseconds(1542409706888)));
    EXPECT_EQ(seen.remaining(Time(std::chrono::milliseconds(1542409706000))), std::chrono::milliseconds(888));
    EXPECT_EQ(seen.remaining(Time(std::chrono::milliseconds(1542409707000))), std::chrono::milliseconds(0));
    EXPECT_EQ(seen.function_arn, "arn:aws:lambda:us-east-1:123456789012:function:skill");
    EXPECT_EQ(seen.trace_id, "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1");
    EXPECT_EQ(trace_id, seen.trace_id);
    EXPECT_EQ(seen.client_context, R"({"client":{}})");
    EXPECT_EQ(seen.cognito_identity, R"({"cognitoIdentityId":"x"})");
}

TEST_F(LambdaTest, the_skills_handlers_see_the_invocation) {
    const auto id = queue(launch());
    std::string seen;
    lambda::run(SkillBuilder{}
                    .otherwise([&](Input& in) {
                        seen = in.invocation().request_id;
                        return in.respond();
                    })
                    .create(),
                options());
    EXPECT_EQ(seen, id);
}

TEST_F(LambdaTest, a_deadline_that_is_missing_or_no_number_is_none) {
    for (const auto* text : {"", "soon", "-1", "12x", "99999999999999999999"}) {
        LambdaEmulator::Event event{"{}"};
        if (*text != '\0') event.headers.add("Lambda-Runtime-Deadline-Ms", text);
        emulator.queue(std::move(event));
    }
    int seen = 0;
    lambda::run(Function([&](json::value, const Invocation& invocation) -> json::value {
                    ++seen;
                    EXPECT_EQ(invocation.deadline, Time::max());
                    return {};
                }),
                options());
    EXPECT_EQ(seen, 5);
}

TEST_F(LambdaTest, tells_why_an_invocation_failed_and_goes_on) {
    const auto broken = queue(launch());
    const auto next = queue(launch());
    int calls = 0;
    lambda::run(Function([&](json::value, const Invocation&) -> json::value {
                    if (++calls == 1) throw std::runtime_error("the database is on fire");
                    return "fine";
                }),
                options());
    ASSERT_EQ(emulator.posted().size(), 2U);
    EXPECT_EQ(emulator.posted()[0].path, "/invocation/" + broken + "/error");
    EXPECT_EQ(emulator.posted()[0].error_type, "Function.Unhandled");
    EXPECT_EQ(json::parse(emulator.posted()[0].body), json::parse(R"({"errorMessage":"the database is on fire",
        "errorType":"Function.Unhandled","stackTrace":[]})"));
    EXPECT_EQ(emulator.posted()[1].path, "/invocation/" + next + "/response");
    EXPECT_EQ(emulator.posted()[1].body, "\"fine\"");
    EXPECT_EQ(logged.front(), "skill_failed: Function.Unhandled: the database is on fire");
}

TEST_F(LambdaTest, names_the_kind_of_each_failure) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"{\"request\":", "Function.MalformedEvent"},
        {"[]", "Function.MalformedEvent"},
        {"{}", "Function.MalformedEvent"},
        {std::string(100000, '['), "Function.MalformedEvent"},
        {launch("amzn1.ask.skill.other"), "Function.WrongApplication"},
        {R"({"context":{"System":{"application":{"applicationId":")" + std::string(skill_id) +
             R"("}}},"request":{"type":"Tomorrow"}})",
         "Function.NoHandler"},
    };
    for (const auto& [body, type] : cases) queue(body);
    lambda::run(greeter(), options());
    ASSERT_EQ(emulator.posted().size(), cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) EXPECT_EQ(emulator.posted()[i].error_type, cases[i].second) << i;
}

TEST_F(LambdaTest, an_answer_that_is_too_large_becomes_an_error) {
    emulator.set_max_answer(1000);
    const auto id = queue("{}");
    lambda::run(Function([](json::value, const Invocation&) -> json::value { return json::string(1000, 'x'); }),
                options());
    ASSERT_EQ(emulator.posted().size(), 2U);
    EXPECT_EQ(emulator.posted()[1].path, "/invocation/" + id + "/error");
    EXPECT_EQ(emulator.posted()[1].error_type, "Function.ResponseSizeTooLarge");
}

TEST_F(LambdaTest, an_answer_that_comes_too_late_is_logged_and_the_next_event_asked_for) {
    const auto late = queue("{}");
    queue("{}");
    emulator.expire(late);
    lambda::run(Function([](json::value, const Invocation&) -> json::value { return {}; }), options());
    EXPECT_EQ(emulator.posted().size(), 2U);
    EXPECT_EQ(logged.front(), "answer_refused: " + late);
}

TEST_F(LambdaTest, a_skill_that_cannot_be_made_is_a_failure_to_start) {
    queue(launch());
    EXPECT_EQ(lambda::run([]() -> Skill { throw std::runtime_error("no USERINFO_URL"); }, options()), 1);
    EXPECT_EQ(only_post().path, "/init/error");
    EXPECT_EQ(only_post().error_type, "Runtime.InitError");
    EXPECT_EQ(json::parse(only_post().body).at("errorMessage"), "no USERINFO_URL");
    EXPECT_EQ(emulator.asked(), 0);
}

TEST_F(LambdaTest, a_skill_that_can_be_made_is_served) {
    queue(launch());
    lambda::run([] { return greeter(); }, options());
    EXPECT_TRUE(only_post().path.ends_with("/response"));
}

TEST_F(LambdaTest, waits_for_the_next_event_for_as_long_as_the_sandbox_may_be_frozen) {
    std::vector<FetchRequest> sent;
    auto watched = options();
    watched.fetch = [&](const FetchRequest& request) -> HttpResponse {
        sent.push_back(request);
        throw FetchError("connection refused");
    };
    EXPECT_EQ(lambda::run(greeter(), watched), 1);
    ASSERT_EQ(sent.size(), 1U) << "who cannot reach Lambda ends, and is started anew";
    EXPECT_GT(sent[0].limit, std::chrono::hours(24 * 30));
    EXPECT_EQ(sent[0].url, "http://" + emulator.address() + "/2018-06-01/runtime/invocation/next");
}

TEST_F(LambdaTest, does_not_run_elsewhere) {
    ::unsetenv("AWS_LAMBDA_RUNTIME_API");
    auto nowhere = options();
    nowhere.runtime_api.clear();
    EXPECT_FALSE(lambda::is_here());
    EXPECT_EQ(lambda::run(greeter(), nowhere), 1);
    EXPECT_EQ(logged, std::vector<std::string>{"not_in_lambda: AWS_LAMBDA_RUNTIME_API is not set"});
}

TEST_F(LambdaTest, the_main_of_a_web_service_is_that_of_a_function_when_lambda_starts_it) {
    queue(launch());
    ::setenv("AWS_LAMBDA_RUNTIME_API", emulator.address().c_str(), 1);
    EXPECT_EQ(run(greeter(), {.listen = {"not used"}, .endpoint = {.log = options().log}}), 1);
    ::unsetenv("AWS_LAMBDA_RUNTIME_API");
    EXPECT_TRUE(only_post().path.ends_with("/response"));
}

}  // namespace
}  // namespace symbolon::skill::testing
