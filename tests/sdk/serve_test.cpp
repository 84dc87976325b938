#include "symbolon/skill/serve.hpp"

#include "sdk/platform.hpp"

#include "net/client.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <utility>

namespace symbolon::skill::testing {
namespace {

class ServeTest : public ::testing::Test {
protected:
    Platform platform;
    net::Client client{1};

    Server start(std::string path = "/", unsigned workers = 2) {
        auto skill = SkillBuilder{}
                         .skill_id(std::string(skill_id))
                         .otherwise([](Input& in) { return in.speak("Grüße.").end_session(); })
                         .create();
        return serve(std::move(skill), {.listen = {"127.0.0.1:0"},
                                        .path = std::move(path),
                                        .workers = workers,
                                        .endpoint = {.trust = {platform.profile()},
                                                     .fetch = platform.fetch(),
                                                     .now = platform.clock(),
                                                     .log = [](auto&&...) {}}});
    }
    net::ClientResponse post(const std::string& url, const HttpRequest& request) {
        net::ClientRequest out;
        out.method = "POST";
        out.url = url;
        for (const auto& [name, value] : request.headers) out.headers.add(name, value);
        out.body = request.body;
        return client.send_now(out);
    }
};

TEST_F(ServeTest, answers_a_signed_request_over_the_network) {
    const auto server = start();
    const auto answer = post(server.urls().front(), platform.sign(platform.envelope()));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.find("Content-Type"), "application/json;charset=UTF-8");
    EXPECT_EQ(json::parse(answer.body).at("response").at("outputSpeech").at("ssml"), "<speak>Grüße.</speak>");
}

TEST_F(ServeTest, answers_on_the_connections_own_thread_when_no_handler_waits) {
    const auto server = start("/", 0);
    EXPECT_EQ(post(server.urls().front(), platform.sign(platform.envelope())).status, 200);
    EXPECT_EQ(post(server.urls().front(), {.body = "{}"}).status, 400);
}

TEST_F(ServeTest, refuses_an_unsigned_request_with_an_empty_400) {
    const auto server = start();
    const auto answer = post(server.urls().front(), {.body = "{}"});
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(answer.body.empty());
}

TEST_F(ServeTest, knows_one_path) {
    const auto server = start("/skill");
    const auto url = server.urls().front();
    EXPECT_TRUE(url.ends_with("/skill"));
    EXPECT_EQ(post(url + "s", platform.sign(platform.envelope())).status, 404);
    EXPECT_EQ(post(url, platform.sign(platform.envelope())).status, 200);
}

TEST_F(ServeTest, stops_listening_when_it_is_stopped) {
    auto server = start();
    const auto url = server.urls().front();
    server.stop();
    EXPECT_THROW(post(url, {.body = "{}"}), net::ClientError);
}

TEST_F(ServeTest, refuses_options_that_make_no_sense) {
    const auto skill = SkillBuilder{}.skill_id("x").create();
    EXPECT_THROW(serve(skill, {.listen = {"8600"}}), std::invalid_argument);
    EXPECT_THROW(serve(skill, {.listen = {"127.0.0.1:http"}}), std::invalid_argument);
    EXPECT_THROW(serve(skill, {.listen = {"127.0.0.1:0"}, .path = "skill"}), std::invalid_argument);
    EXPECT_THROW(serve(SkillBuilder{}.create(), {.listen = {"127.0.0.1:0"}}), std::invalid_argument);
}

}  // namespace
}  // namespace symbolon::skill::testing
