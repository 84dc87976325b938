// The tap (voice-account-linking.md §2.14).
#include "voice/tap/tap.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "net/test_server.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <mutex>
#include <string>
#include <vector>

namespace symbolon::voice {
namespace {

class TapTest : public testing::Test {
protected:
    TapTest() { tap.set_own_url("http://tap.example"); }

    net::Response ask(const std::string& method, const std::string& target, const std::string& body = {},
                      net::Headers headers = {}) {
        net::Request request;
        request.method_name = method;
        request.method = net::to_method(method);
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        if (const auto mark = target.find('?'); mark != std::string::npos) request.query = target.substr(mark + 1);
        request.headers = std::move(headers);
        request.body = body;
        return run(tap.serve(std::move(request)));
    }
    net::Response ask_token(const std::string& form) {
        net::Headers headers;
        headers.add("Content-Type", "application/x-www-form-urlencoded");
        headers.add("Authorization", "Basic " + to_base64(bytes_of(std::string_view("client:s3cret"))));
        return ask("POST", "/token", form, std::move(headers));
    }
    TapExchange last() const { return log.list(1).at(0); }
    bool tells_problem(std::string_view text) const {
        const auto exchange = last();
        for (const auto& problem : exchange.explanation.problems) {
            if (problem.find(text) != std::string::npos) return true;
        }
        return false;
    }
    void answers(net::Response response) {
        const std::scoped_lock lock(mutex);
        answer = std::move(response);
    }
    std::vector<net::Request> asked() const {
        const std::scoped_lock lock(mutex);
        return requests;
    }
    Task<net::Response> serve(net::Request request) {
        const std::scoped_lock lock(mutex);
        requests.push_back(std::move(request));
        co_return answer;
    }
    static net::Response json_response(std::string body, int status = 200) {
        net::Response response;
        response.status = status;
        response.headers.set("Content-Type", "application/json");
        response.headers.set("Cache-Control", "no-store");
        response.body = std::move(body);
        return response;
    }

    mutable std::mutex mutex;
    std::vector<net::Request> requests;
    net::Response answer;
    ManualClock clock{from_ms(1'790'000'000'000)};
    net::Client client{1};
    std::vector<std::string> lines;
    TapLog log{[this](const std::string& line) { lines.push_back(line); }};
    TestServer server{[this](net::Request request) { return serve(std::move(request)); }};
    Tap tap{client, clock, log, server.url() + "/some/path"};
};

TEST_F(TapTest, passes_a_refresh_on_and_tells_what_it_was_without_its_secrets) {
    answers(json_response(R"({"access_token":"acc3ss","refresh_token":"n3xt","expires_in":3600})"));
    const auto response = ask_token("grant_type=refresh_token&refresh_token=0ld&client_id=client");
    EXPECT_EQ(response.status, 200);
    EXPECT_NE(response.body.find("acc3ss"), std::string::npos) << "the platform gets what the server said";
    ASSERT_EQ(asked().size(), 1U);
    EXPECT_EQ(asked()[0].body, "grant_type=refresh_token&refresh_token=0ld&client_id=client");
    EXPECT_TRUE(asked()[0].headers.find("Authorization"));
    EXPECT_EQ(last().explanation.kind, "refresh");
    EXPECT_TRUE(last().explanation.problems.empty());
    const auto recorded = boost::json::serialize(to_json(last()));
    for (const auto* text : {"HTTP Basic", "was replaced", "3600 s", "client_id=client"}) {
        EXPECT_NE(recorded.find(text), std::string::npos) << text;
    }
    ASSERT_EQ(lines.size(), 1U);
    for (const auto* hidden : {"acc3ss", "n3xt", "0ld", "s3cret"}) {
        EXPECT_EQ(recorded.find(hidden), std::string::npos) << hidden;
        EXPECT_EQ(lines[0].find(hidden), std::string::npos) << hidden;
    }
}

TEST_F(TapTest, explains_what_a_platform_stumbles_over) {
    answers(json_response(R"({"error":"invalid_grant"})", 400));
    ask_token("grant_type=refresh_token&refresh_token=0ld");
    EXPECT_TRUE(tells_problem("grace period"));
    answers(json_response(R"({"access_token":"a","expires_in":"3600","refresh_token":"r"})"));
    ask_token("grant_type=authorization_code&code=c&redirect_uri=u");
    EXPECT_EQ(last().explanation.kind, "code exchange");
    EXPECT_TRUE(tells_problem("bad_expires_in"));
    answers(json_response(R"({"access_token":"a"})"));
    ask_token("grant_type=authorization_code&code=c");
    EXPECT_TRUE(tells_problem("missing_refresh_token"));
    EXPECT_TRUE(tells_problem("redirect_uri is missing"));
}

TEST_F(TapTest, compares_the_state_that_comes_back) {
    net::Response page;
    page.headers.set("Content-Type", "text/html");
    answers(page);
    ask("GET", "/authorize?response_type=code&client_id=c&redirect_uri=https%3A%2F%2Fp.example%2Fcb&state=right");
    EXPECT_EQ(last().explanation.kind, "authorization request");
    net::Response back;
    back.status = 302;
    back.headers.set("Location", "https://p.example/cb?code=c0de&state=right");
    answers(back);
    EXPECT_EQ(ask("POST", "/login", "x=1").headers.find("Location"), "https://p.example/cb?code=c0de&state=right");
    EXPECT_EQ(last().explanation.kind, "redirect back to the platform");
    EXPECT_TRUE(last().explanation.problems.empty());
    EXPECT_EQ(last().answered.find("c0de"), std::string::npos);
    back.headers.set("Location", "https://p.example/cb?code=c0de&state=wrong");
    answers(back);
    ask("POST", "/login", "x=1");
    EXPECT_TRUE(tells_problem("state is not one that the platform sent"));
}

TEST_F(TapTest, keeps_the_browser_at_the_tap) {
    net::Response response;
    response.status = 302;
    response.headers.set("Location", server.url() + "/login?x=1");
    response.headers.add("Set-Cookie", "s=1; Domain=127.0.0.1; Path=/; HttpOnly");
    response.headers.set("Strict-Transport-Security", "max-age=1");
    answers(response);
    net::Headers headers;
    headers.add("Origin", "http://tap.example");
    headers.add("Accept-Encoding", "gzip");
    headers.add("Connection", "close, X-Thing");
    const auto answered = ask("POST", "/x", "", std::move(headers));
    EXPECT_EQ(answered.headers.find("Location"), "http://tap.example/login?x=1");
    EXPECT_EQ(answered.headers.find("Set-Cookie"), "s=1; Path=/; HttpOnly");
    EXPECT_FALSE(answered.headers.find("Strict-Transport-Security"));
    EXPECT_EQ(asked()[0].headers.find("Origin"), server.url());
    EXPECT_FALSE(asked()[0].headers.find("Accept-Encoding"));
}

TEST_F(TapTest, asks_its_server_and_nobody_else) {
    std::mutex other_mutex;
    int others = 0;
    TestServer other{[&](net::Request) -> Task<net::Response> {
        const std::scoped_lock lock(other_mutex);
        ++others;
        co_return net::Response{};
    }};
    const auto authority = other.url().substr(7);
    answers(json_response("{}"));
    for (const auto& target :
         {"//" + authority + "/x", other.url() + "/x", "@" + authority + "/x", std::string(":80/x"), std::string()}) {
        EXPECT_EQ(ask("GET", target).status, 400) << target;
    }
    EXPECT_TRUE(asked().empty());
    net::Headers headers;
    headers.add("Host", authority);
    headers.add("X-Forwarded-Host", authority);
    EXPECT_EQ(ask("GET", "/@" + authority + "/x", "", headers).status, 200);
    net::Response elsewhere;
    elsewhere.status = 302;
    elsewhere.headers.set("Location", other.url() + "/x");
    answers(elsewhere);
    EXPECT_EQ(ask("GET", "/moved").status, 302) << "a redirect is passed on, not followed";
    EXPECT_EQ(ask("CONNECT", "/x").status, 405);
    EXPECT_EQ(ask("TRACE", "/x").status, 405);
    EXPECT_EQ(others, 0);
    EXPECT_EQ(asked().size(), 2U);
}

TEST_F(TapTest, wants_the_url_of_a_web_server) {
    for (const auto* url : {"", "ftp://id.example", "file:///etc/passwd", "id.example", "http://"}) {
        EXPECT_THROW(Tap(client, clock, log, url), Error) << url;
    }
    EXPECT_EQ(Tap(client, clock, log, "HTTPS://ID.example/oauth2/token?x").origin(), "https://id.example");
}

TEST_F(TapTest, tells_when_the_server_is_not_there) {
    Tap nowhere(client, clock, log, "http://127.0.0.1:1");
    net::Request request;
    request.method_name = "GET";
    request.method = net::Method::get;
    request.target = request.path = "/x";
    EXPECT_EQ(run(nowhere.serve(std::move(request))).status, 502);
    EXPECT_TRUE(tells_problem("did not answer"));
}

TEST_F(TapTest, keeps_the_last_500_exchanges) {
    for (int i = 0; i < 600; ++i) log.add({});
    EXPECT_EQ(log.list().size(), 500U);
    EXPECT_EQ(log.list(1)[0].number, 600);
}

}  // namespace
}  // namespace symbolon::voice
