#include "net/server.hpp"

#include "base/error.hpp"
#include "net/raw_connection.hpp"
#include "net/test_server.hpp"

#include <gtest/gtest.h>

#include <set>
#include <system_error>

using namespace symbolon;
using namespace symbolon::net;

namespace {

/// "scheme host client target" of the request.
Task<Response> describe(Request request) {
    Response response;
    response.body = request.scheme + ' ' + request.host + ' ' + request.client_address + ' ' + request.target;
    response.headers.add("X-Id", request.request_id);
    co_return response;
}

std::string get(const std::string& fields = {}) {
    return "GET / HTTP/1.1\r\nHost: A.Example:1\r\n" + fields + "\r\n";
}

}  // namespace

TEST(Server, answers_requests_one_after_the_other_on_one_connection) {
    TestServer server(echo);
    RawConnection connection(server.url());
    for (int round = 0; round < 3; ++round) {
        connection.send("GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto response = connection.read_response();
        EXPECT_EQ(status_of(response), 200);
        EXPECT_EQ(body_of(response), "GET /a?b|");
        EXPECT_EQ(field_of(response, "Content-Length"), "9");
        EXPECT_EQ(field_of(response, "X-Content-Type-Options"), "nosniff");
        EXPECT_TRUE(field_of(response, "Date").ends_with("GMT"));
        EXPECT_EQ(field_of(response, "Server"), "");
    }
    EXPECT_EQ(server->counters().connections, 1U);
    EXPECT_EQ(server->counters().requests, 3U);
}

TEST(Server, answers_pipelined_requests_in_order) {
    TestServer server(echo);
    RawConnection connection(server.url());
    std::string requests;
    for (int number = 0; number < 500; ++number) {
        requests += "POST /" + std::to_string(number) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";
    }
    connection.send(requests);
    for (int number = 0; number < 500; ++number) {
        ASSERT_EQ(body_of(connection.read_response()), "POST /" + std::to_string(number) + "?|hi");
    }
}

TEST(Server, reads_and_writes_bodies_larger_than_its_buffers) {
    TestServer server(echo);
    RawConnection connection(server.url());
    const std::string body(1024 * 1024, 'x');
    connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_EQ(body_of(connection.read_response()), "POST /?|" + body);
    connection.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" + body +
                    "\r\n0\r\n\r\n");
    EXPECT_EQ(body_of(connection.read_response()), "POST /?|" + body);
}

TEST(Server, drops_the_body_of_head) {
    TestServer server(echo);
    RawConnection connection(server.url());
    connection.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto head = connection.read_head();
    EXPECT_EQ(status_of(head), 200);
    EXPECT_EQ(field_of(head, "Content-Length"), "8");
    EXPECT_EQ(body_of(connection.read_response()), "GET /2?|");
}

TEST(Server, says_continue_to_who_asks_for_it) {
    TestServer server(echo);
    RawConnection connection(server.url());
    connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(status_of(connection.read_head()), 100);
    connection.send("hi");
    EXPECT_EQ(body_of(connection.read_response()), "POST /?|hi");
}

TEST(Server, refuses_a_large_body_before_it_is_sent) {
    TestServer server(echo);
    RawConnection connection(server.url());
    connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(status_of(connection.read_response()), 413);
    EXPECT_TRUE(connection.closed());
}

TEST(Server, closes_when_the_client_wants_it) {
    TestServer server(echo);
    RawConnection connection(server.url());
    connection.send(get("Connection: close\r\n"));
    const auto response = connection.read_response();
    EXPECT_EQ(field_of(response, "Connection"), "close");
    EXPECT_TRUE(connection.closed());
}

TEST(Server, speaks_http_1_0) {
    TestServer server(echo);
    RawConnection connection(server.url());
    connection.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto response = connection.read_response();
    EXPECT_EQ(body_of(response), "GET /a?|");
    EXPECT_EQ(field_of(response, "Connection"), "keep-alive");
    connection.send("GET /b HTTP/1.0\r\n\r\n");
    EXPECT_EQ(body_of(connection.read_response()), "GET /b?|");
    EXPECT_TRUE(connection.closed());
}

TEST(Server, answers_500_with_the_request_id_and_nothing_else_when_the_handler_throws) {
    std::string id;
    TestServer server([&](Request request) -> Task<Response> {
        id = request.request_id;
        throw Error{Errc::internal, "for the caller", "for the log"};
        co_return Response{};
    });
    RawConnection connection(server.url());
    connection.send(get());
    const auto response = connection.read_response();
    EXPECT_EQ(status_of(response), 500);
    EXPECT_EQ(id.size(), 36U);
    EXPECT_EQ(body_of(response), R"({"message":"Internal error","requestId":")" + id + R"("})");
    connection.send(get());
    EXPECT_EQ(status_of(connection.read_response()), 500) << "the connection is still in order";
}

TEST(Server, answers_500_instead_of_a_response_that_would_split) {
    TestServer server([](Request) -> Task<Response> {
        Response response;
        response.headers.add("X-A", "a\r\nX-B: c");
        response.body = "never seen";
        co_return response;
    });
    RawConnection connection(server.url());
    connection.send(get());
    const auto response = connection.read_response();
    EXPECT_EQ(status_of(response), 500);
    EXPECT_EQ(field_of(response, "X-B"), "");
}

TEST(Server, gives_every_request_its_own_id) {
    TestServer server(describe);
    RawConnection connection(server.url());
    std::set<std::string> ids;
    for (int round = 0; round < 600; ++round) {
        connection.send(get());
        ids.insert(field_of(connection.read_response(), "X-Id"));
    }
    EXPECT_EQ(ids.size(), 600U);
    EXPECT_EQ(ids.begin()->at(14), '4') << "version 4";
}

TEST(Server, ignores_what_an_untrusted_peer_says_about_the_client) {
    TestServer server(describe);
    RawConnection connection(server.url());
    connection.send(get("X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"));
    EXPECT_EQ(body_of(connection.read_response()), "http a.example:1 127.0.0.1 /");
    connection.send(get("Forwarded: for=1.1.1.1;proto=https;host=evil.example\r\n"));
    EXPECT_EQ(body_of(connection.read_response()), "http a.example:1 127.0.0.1 /");
}

TEST(Server, believes_a_trusted_proxy) {
    TestServer server(describe, {.trusted_proxies = {"127.0.0.0/8"}});
    RawConnection connection(server.url());
    connection.send(
        get("X-Forwarded-For: 6.6.6.6, 1.1.1.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: b.example\r\n"));
    EXPECT_EQ(body_of(connection.read_response()), "https b.example 1.1.1.1 /");
}

TEST(Server, serves_from_several_threads_and_listeners) {
    TestServer server(echo, {.listeners = {{}, {.address = "::1"}}, .threads = 3});
    EXPECT_TRUE(server->urls().at(1).starts_with("http://[::1]:"));
    std::vector<std::unique_ptr<RawConnection>> connections;
    for (int number = 0; number < 32; ++number) {
        connections.push_back(std::make_unique<RawConnection>(server.url()));
        connections.back()->send(get());
    }
    for (auto& connection : connections) EXPECT_EQ(status_of(connection->read_response()), 200);
}

TEST(Server, refuses_an_address_that_is_taken) {
    TestServer first(echo);
    const auto port = static_cast<std::uint16_t>(std::stoi(first.url().substr(first.url().rfind(':') + 1)));
    EXPECT_THROW(Server({.listeners = {{.port = port}}}, echo), std::system_error);
    EXPECT_THROW(Server({.listeners = {{.address = "no.address"}}}, echo), Error);
    EXPECT_THROW(Server({.listeners = {{}}, .trusted_proxies = {"proxy"}}, echo), Error);
}

TEST(Server, logs_requests_without_their_secrets) {
    testing::internal::CaptureStderr();
    {
        TestServer server(echo, {.access_log = true});
        RawConnection connection(server.url());
        connection.send("POST /a?code=secret HTTP/1.1\r\nHost: x\r\nCookie: secret\r\nContent-Length: 6\r\n\r\nsecret");
        EXPECT_EQ(status_of(connection.read_response()), 200);
    }
    const auto log = testing::internal::GetCapturedStderr();
    EXPECT_NE(log.find(R"("event":"request","request_id":")"), std::string::npos) << log;
    EXPECT_NE(log.find(R"("method":"POST","path":"/a","status":200,"ms":)"), std::string::npos) << log;
    EXPECT_NE(log.find(R"("client":"127.0.0.1")"), std::string::npos) << log;
    EXPECT_EQ(log.find("secret"), std::string::npos) << log;
}

TEST(Server, that_never_started_can_end) {
    Server server({.listeners = {{}}}, echo);
    server.stop();
}
