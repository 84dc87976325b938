#include "net/gate.hpp"
#include "net/raw_connection.hpp"
#include "net/test_server.hpp"

#include <gtest/gtest.h>

#include <thread>

using namespace symbolon;
using namespace symbolon::net;
using namespace std::chrono_literals;

namespace {

constexpr auto plain_request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

/// Stops the server on a thread of its own, as a signal would.
class Stopping {
public:
    explicit Stopping(TestServer& server) : thread_([&server] { server->stop(); }) {}
    ~Stopping() { thread_.join(); }

private:
    std::thread thread_;
};

/// A handler that waits at the gate and then says "done".
Handler waits_at(Gate& gate) {
    return [&gate](Request) -> Task<Response> {
        co_await gate.pass();
        Response response;
        response.body = "done";
        co_return response;
    };
}

}  // namespace

TEST(Drain, closes_idle_connections_at_once) {
    TestServer server(echo);
    RawConnection fresh(server.url());
    RawConnection used(server.url());
    used.send(plain_request);
    EXPECT_EQ(status_of(used.read_response()), 200);
    server->stop();
    EXPECT_TRUE(fresh.closed());
    EXPECT_TRUE(used.closed());
    EXPECT_EQ(server->counters().open_connections, 0U);
}

TEST(Drain, lets_running_requests_end_and_then_closes) {
    Gate gate;
    TestServer server(waits_at(gate));
    RawConnection idle(server.url());
    RawConnection connection(server.url());
    connection.send(plain_request);
    gate.await_arrival();
    const Stopping stopping(server);
    EXPECT_TRUE(idle.closed()) << "so the drain has begun";
    gate.open();
    const auto response = connection.read_response();
    EXPECT_EQ(body_of(response), "done");
    EXPECT_EQ(field_of(response, "Connection"), "close");
    EXPECT_TRUE(connection.closed());
}

TEST(Drain, ends_what_takes_longer_than_its_limit) {
    Gate gate;
    TestServer server(waits_at(gate), {.drain_limit = 50ms});
    RawConnection connection(server.url());
    connection.send(plain_request);
    gate.await_arrival();
    server->stop();
    EXPECT_TRUE(connection.closed());
    EXPECT_EQ(server->counters().open_connections, 0U);
}

TEST(Drain, refuses_new_connections_and_can_be_asked_twice) {
    TestServer server(echo);
    const auto url = server.url();
    server->stop();
    server->stop();
    EXPECT_THROW(RawConnection{url}, std::runtime_error);
}

TEST(Drain, answers_a_request_that_was_sent_before_it) {
    for (int round = 0; round < 3; ++round) {
        TestServer server(echo);
        RawConnection connection(server.url());
        connection.send(plain_request);
        server->stop();
        EXPECT_EQ(status_of(connection.read_response()), 200);
    }
}
