#include "doctor/observe/browser.hpp"
#include "doctor/transport/curl_http.hpp"
#include "net/respond.hpp"
#include "net/test_server.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace symbolon::doctor::test {
namespace {

Task<net::Response> serve(net::Request request) {
    if (request.path == "/large") {
        auto response = net::text(200, std::string(Http::max_answer + 1, 'x'));
        co_return response;
    }
    if (request.path == "/go") co_return net::redirect(302, "/arrived");
    if (request.path == "/loop") co_return net::redirect(302, "/loop");
    if (request.path == "/away") co_return net::redirect(302, "http://127.0.0.2:1/elsewhere");
    auto response = net::text(200, request.method_name + " " + request.path + " " + request.body);
    co_return response;
}

class Transport : public testing::Test {
protected:
    HttpRequest to(const std::string& path) {
        HttpRequest request;
        request.url = server_.url() + path;
        return request;
    }
    net::Failure failure(const HttpRequest& request) {
        try {
            http_.send(request);
        } catch (const net::ClientError& e) {
            return e.failure;
        }
        ADD_FAILURE() << "it was answered";
        return net::Failure::other;
    }

    TestServer server_{serve};
    CurlHttp http_{"", {}};
};

TEST_F(Transport, sends_and_times) {
    auto request = to("/x");
    request.method = "POST";
    request.headers.add("Content-Type", "text/plain");
    request.body = "hello";
    const auto answer = http_.send(request);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "POST /x hello");
    EXPECT_GE(answer.took.total, answer.took.first_byte);
}

TEST_F(Transport, follows_no_redirect) {
    EXPECT_EQ(http_.send(to("/go")).status, 302);
}

TEST_F(Transport, takes_no_more_than_its_bound) {
    EXPECT_EQ(failure(to("/large")), net::Failure::too_large);
}

TEST_F(Transport, does_not_connect_to_private_addresses_that_a_server_named) {
    auto request = to("/x");
    request.public_addresses_only = true;
    EXPECT_EQ(failure(request), net::Failure::connect);
}

TEST_F(Transport, refuses_header_fields_with_line_breaks) {
    auto request = to("/x");
    request.headers.add("X", "a\r\nY: b");
    EXPECT_EQ(failure(request), net::Failure::other);
}

TEST_F(Transport, hangs_up_when_everything_is_sent) {
    auto request = to("/x");
    request.method = "POST";
    request.body = "grant_type=refresh_token";
    request.hang_up = true;
    EXPECT_EQ(failure(request), net::Failure::other);
}

TEST_F(Transport, reaches_a_public_name_by_a_detour) {
    const auto url = parse_url(server_.url());
    CurlHttp http("", {{"id.example.test", 80, "127.0.0.1", url->port}});
    HttpRequest request;
    request.url = "http://id.example.test/x";
    EXPECT_EQ(http.send(request).body, "GET /x ");
}

TEST_F(Transport, browser_follows_within_bounds) {
    Browser browser(http_, "test", {"127.0.0.1"});
    const auto nowhere = [](const Url&) { return false; };
    const auto base = *parse_url(server_.url());
    EXPECT_EQ(browser.get(*resolve_url(base, "/go"), nowhere).url.path, "/arrived");
    EXPECT_NE(browser.get(*resolve_url(base, "/loop"), nowhere).problem, "");
    const auto away = browser.get(*resolve_url(base, "/away"), nowhere);
    EXPECT_NE(away.problem.find("not a public one"), std::string::npos) << away.problem;
}

TEST_F(Transport, browser_ends_at_its_destination_without_going_there) {
    Browser browser(http_, "test", {"127.0.0.1"});
    const auto base = *parse_url(server_.url());
    const auto visit = browser.get(*resolve_url(base, "/away"), [](const Url& url) { return url.host == "127.0.0.2"; });
    EXPECT_EQ(visit.arrived, "http://127.0.0.2:1/elsewhere");
    EXPECT_EQ(visit.hops.size(), 1u);
}

}  // namespace
}  // namespace symbolon::doctor::test
