#include "net/gate.hpp"
#include "net/raw_connection.hpp"
#include "net/test_server.hpp"

#include <gtest/gtest.h>

#include <thread>

using namespace symbolon;
using namespace symbolon::net;
using namespace std::chrono_literals;

TEST(Limits, a_megabyte_of_header_is_431) {
    TestServer server(echo);
    RawConnection connection(server.url());
    connection.send("GET / HTTP/1.1\r\nHost: x\r\nbaggage: " + std::string(1 << 20, 'a') + "\r\n\r\n");
    const auto response = connection.read_response();
    EXPECT_EQ(status_of(response), 431);
    EXPECT_EQ(connection.read_all(), "");
}

TEST(Limits, a_header_just_within_the_limit_is_read) {
    TestServer server(echo);
    const std::string start = "GET / HTTP/1.1\r\nHost: x\r\ntraceparent: ";
    const auto filling = [&](std::size_t size) {
        return start + std::string(size - start.size() - 4, 'a') + "\r\n\r\n";
    };
    RawConnection connection(server.url());
    connection.send(filling(16 * 1024));
    EXPECT_EQ(status_of(connection.read_response()), 200);
    connection.send(filling(16 * 1024 + 1));
    EXPECT_EQ(status_of(connection.read_response()), 431);
}

TEST(Limits, a_body_over_the_limit_is_413_with_length_and_in_chunks) {
    TestServer server(echo, {.max_body = 10});
    for (const auto* bytes :
         {"Content-Length: 11\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n3\r\n123\r\n"}) {
        RawConnection connection(server.url());
        connection.send(std::string("POST / HTTP/1.1\r\nHost: x\r\n") + bytes);
        EXPECT_EQ(status_of(connection.read_response()), 413);
        EXPECT_TRUE(connection.closed());
    }
}

TEST(Limits, an_idle_connection_is_closed) {
    TestServer server(echo, {.idle_limit = 80ms});
    RawConnection silent(server.url());
    RawConnection served(server.url());
    served.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(status_of(served.read_response()), 200);
    EXPECT_TRUE(silent.closed());
    EXPECT_TRUE(served.closed());
}

TEST(Limits, a_request_that_trickles_in_is_cut_off) {
    TestServer server(echo, {.read_limit = 80ms});
    RawConnection head(server.url());
    head.send("GET / HTTP/1.1\r\nHo");
    RawConnection body(server.url());
    body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nx");
    EXPECT_TRUE(head.closed());
    EXPECT_TRUE(body.closed());
    EXPECT_EQ(server->counters().requests, 0U);
}

TEST(Limits, a_handler_that_takes_too_long_is_cancelled_and_answered_503) {
    TestServer server(
        [](Request request) -> Task<Response> {
            if (request.path == "/slow") {
                boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                                boost::asio::steady_timer::time_point::max());
                co_await never.async_wait(boost::asio::use_awaitable);
            }
            co_return Response{};
        },
        {.handler_limit = 80ms});
    RawConnection connection(server.url());
    connection.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto response = connection.read_response();
    EXPECT_EQ(status_of(response), 503);
    EXPECT_EQ(field_of(response, "Connection"), "close");
    EXPECT_TRUE(connection.closed());
}

TEST(Limits, a_client_that_does_not_read_its_response_is_cut_off) {
    TestServer server(
        [](Request) -> Task<Response> {
            Response response;
            response.body.assign(32 << 20, 'x');
            co_return response;
        },
        {.write_limit = 80ms});
    RawConnection connection(server.url());
    connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    while (server->counters().requests == 0 || server->counters().open_connections != 0) std::this_thread::yield();
    EXPECT_LT(connection.read_response().size(), std::size_t{32} << 20);
}
