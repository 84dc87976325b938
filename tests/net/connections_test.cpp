// More clients than there are places for, or descriptors.
#include "net/certificate_files.hpp"
#include "net/gate.hpp"
#include "net/raw_connection.hpp"
#include "net/server/places.hpp"
#include "net/test_server.hpp"
#include "net/tls_connection.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

using namespace symbolon;
using namespace symbolon::net;

namespace {

constexpr auto simple_request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

int ask(RawConnection& connection) {
    connection.send(simple_request);
    return status_of(connection.read_response());
}

/// "/held" waits at the gate, everything else is answered at once.
Handler holds_at(Gate& gate) {
    return [&gate](Request asked) -> Task<Response> {
        if (asked.path == "/held") co_await gate.pass();
        co_return Response{};
    };
}

/// A connection whose simple_request is at the gate.
class HeldConnection {
public:
    HeldConnection(const TestServer& server, Gate& gate, const std::string& field = {}) : connection_(server.url()) {
        connection_.send("GET /held HTTP/1.1\r\nHost: x\r\n" + field + "\r\n");
        gate.await_arrival();
    }
    int read_status() { return status_of(connection_.read_response()); }

private:
    RawConnection connection_;
};

/// While it lives this process can open only so many descriptors more.
class FewDescriptors {
public:
    explicit FewDescriptors(rlim_t more) {
        if (::getrlimit(RLIMIT_NOFILE, &before_) != 0) throw std::system_error(errno, std::generic_category());
        const int lowest_free = ::dup(0);
        ::close(lowest_free);
        auto limit = before_;
        limit.rlim_cur = static_cast<rlim_t>(lowest_free) + more;
        if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) throw std::system_error(errno, std::generic_category());
    }
    ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    FewDescriptors(const FewDescriptors&) = delete;
    FewDescriptors& operator=(const FewDescriptors&) = delete;

private:
    rlimit before_{};
};

}  // namespace

TEST(Connections, beyond_the_last_place_are_answered_503_and_closed) {
    Gate gate;
    TestServer server(holds_at(gate), {.max_connections = 1});
    HeldConnection busy(server, gate);
    RawConnection late(server.url());
    late.send(simple_request);
    const auto refusal = late.read_response();
    EXPECT_EQ(status_of(refusal), 503);
    EXPECT_EQ(field_of(refusal, "Connection"), "close");
    EXPECT_EQ(field_of(refusal, "Retry-After"), "1");
    EXPECT_TRUE(late.closed());
    EXPECT_EQ(server->counters().refused_connections, 1U);
    EXPECT_EQ(server->counters().open_connections, 1U);
    gate.open();
    EXPECT_EQ(busy.read_status(), 200) << "who was there first is served";
}

TEST(Connections, that_are_idle_make_room_the_oldest_first) {
    TestServer server(echo, {.max_connections = 2});
    RawConnection oldest(server.url());
    EXPECT_EQ(ask(oldest), 200);
    RawConnection second(server.url());
    EXPECT_EQ(ask(second), 200);
    RawConnection late(server.url());
    EXPECT_EQ(ask(late), 200);
    EXPECT_TRUE(oldest.closed());
    EXPECT_EQ(ask(second), 200) << "one place was enough";
    EXPECT_EQ(server->counters().displaced_connections, 1U);
    EXPECT_EQ(server->counters().refused_connections, 0U);
}

TEST(Connections, that_are_idle_make_room_over_tls_as_well) {
    CertificateFiles files;
    TestServer server(echo, {.listeners = {{.tls = {files.make("a", "a.example")}}}, .max_connections = 1});
    TlsConnection idle(server.url(), "a.example");
    EXPECT_EQ(status_of(idle.ask(simple_request)), 200);
    TlsConnection late(server.url(), "a.example");
    EXPECT_EQ(status_of(late.ask(simple_request)), 200);
    EXPECT_EQ(server->counters().displaced_connections, 1U);
}

TEST(Connections, that_are_busy_keep_their_places) {
    Gate gate;
    TestServer server(holds_at(gate), {.max_connections = 2});
    HeldConnection busy(server, gate);
    RawConnection idle(server.url());
    EXPECT_EQ(ask(idle), 200);
    RawConnection late(server.url());
    EXPECT_EQ(ask(late), 200);
    EXPECT_TRUE(idle.closed());
    gate.open();
    EXPECT_EQ(busy.read_status(), 200);
}

TEST(Connections, give_their_places_back) {
    TestServer server(echo, {.max_connections = 1});
    for (int round = 0; round < 5; ++round) {
        RawConnection connection(server.url());
        connection.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        EXPECT_EQ(status_of(connection.read_response()), 200) << round;
        EXPECT_TRUE(connection.closed());
    }
    EXPECT_EQ(server->counters().places, 1U);
}

TEST(Connections, without_a_descriptor_left_take_the_place_of_an_idle_one) {
    TestServer server(echo);
    RawConnection idle(server.url());
    EXPECT_EQ(ask(idle), 200);
    const FewDescriptors none_for_the_server(1);
    RawConnection late(server.url());
    EXPECT_EQ(ask(late), 200);
    EXPECT_TRUE(idle.closed());
}

TEST(Connections, wait_while_no_descriptor_is_left_and_are_then_served) {
    Gate gate;
    TestServer server(holds_at(gate));
    std::optional<HeldConnection> busy(std::in_place, server, gate, "Connection: close\r\n");
    const FewDescriptors none_for_the_server(1);
    RawConnection late(server.url());
    late.send(simple_request);
    gate.open();
    EXPECT_EQ(busy->read_status(), 200);
    busy.reset();
    EXPECT_EQ(status_of(late.read_response()), 200);
}

TEST(Connections, places_leave_descriptors_for_everything_else) {
    EXPECT_EQ(places_within(1024), 896U);
    EXPECT_EQ(places_within(65'536), 64'512U);
    EXPECT_EQ(places_within(100), 68U);
    EXPECT_EQ(places_within(16), 8U);
    EXPECT_EQ(places_within(1), 1U);
    EXPECT_EQ(places_within(0), 1U);
}
