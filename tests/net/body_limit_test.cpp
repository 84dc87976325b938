// Larger bodies for single requests, as their heads say.
#include "net/raw_connection.hpp"
#include "net/server/intake.hpp"
#include "net/test_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <string>
#include <string_view>

using namespace symbolon;
using namespace symbolon::net;
using namespace std::chrono_literals;

namespace {

ServerOptions options() {
    ServerOptions options;
    options.max_body = 10;
    options.body_limit = [](const Request& head) -> std::size_t {
        return head.method == Method::put && head.path == "/large" && head.query == "key" ? 20 : 0;
    };
    return options;
}

int put(TestServer& server, const std::string& target, const std::string& framing_and_body) {
    RawConnection connection(server.url());
    connection.send("PUT " + target + " HTTP/1.1\r\nHost: x\r\n" + framing_and_body);
    return status_of(connection.read_response());
}

std::string with_length(std::size_t size) {
    return "Content-Length: " + std::to_string(size) + "\r\n\r\n" + std::string(size, 'a');
}

std::string in_chunks(std::size_t size) {
    std::string out = "Transfer-Encoding: chunked\r\n\r\n";
    for (; size > 0; --size) out += "1\r\na\r\n";
    return out + "0\r\n\r\n";
}

}  // namespace

TEST(BodyLimit, is_larger_for_requests_whose_head_says_so_and_for_no_other) {
    TestServer server(echo, options());
    for (const auto body : {&with_length, &in_chunks}) {
        EXPECT_EQ(put(server, "/large?key", body(20)), 200);
        EXPECT_EQ(put(server, "/large?key", body(21)), 413);
        EXPECT_EQ(put(server, "/large?other", body(11)), 413);
        EXPECT_EQ(put(server, "/small", body(11)), 413);
        EXPECT_EQ(put(server, "/small", body(10)), 200);
    }
}

TEST(BodyLimit, is_decided_for_every_request_of_a_connection) {
    TestServer server(echo, options());
    RawConnection connection(server.url());
    connection.send("PUT /large?key HTTP/1.1\r\nHost: x\r\n" + with_length(20));
    EXPECT_EQ(status_of(connection.read_response()), 200);
    connection.send("PUT /small HTTP/1.1\r\nHost: x\r\n" + with_length(11));
    EXPECT_EQ(status_of(connection.read_response()), 413);
}

TEST(BodyLimit, gives_a_larger_body_more_time_for_what_arrives) {
    constexpr auto step = Intake::body_for_more_time;
    const Intake::BodyLimit larger = [](const Request&) { return 4 * step; };
    Intake intake(16 * 1024, 10, &larger);
    const auto put = [&](const std::string& bytes) {
        for (std::string_view rest = bytes; !rest.empty();) {
            const auto room = intake.room();
            const auto count = std::min(room.size(), rest.size());
            std::memcpy(room.data(), rest.data(), count);
            intake.commit(count);
            rest.remove_prefix(count);
            ASSERT_EQ(intake.advance(), Intake::Step::more);
        }
    };
    put("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(4 * step) + "\r\n\r\n");
    EXPECT_FALSE(intake.earns_time());
    put(std::string(step - 1, 'a'));
    EXPECT_FALSE(intake.earns_time());
    put("a");
    EXPECT_TRUE(intake.earns_time());
    put("a");
    EXPECT_FALSE(intake.earns_time()) << "once for each step";
}

TEST(BodyLimit, gives_a_larger_body_that_only_drips_no_more_time) {
    auto slow = options();
    slow.read_limit = 100ms;
    TestServer server(echo, slow);
    RawConnection connection(server.url());
    connection.send("PUT /large?key HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\na");
    EXPECT_NE(status_of(connection.read_response()), 200);
    EXPECT_TRUE(connection.closed());
}
