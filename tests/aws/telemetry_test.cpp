// Attack row 49: headers that tracing tools add are neither kept nor believed.
#include "aws/house.hpp"
#include "net/raw_connection.hpp"
#include "net/test_server.hpp"

#include <boost/json/serialize.hpp>

namespace symbolon::aws {
namespace {

class Telemetry : public House {
protected:
    static constexpr std::string_view names[] = {"baggage", "traceparent", "tracestate", "b3", "X-Amzn-Trace-Id"};

    /// A call on the wire, with another header.
    static std::string call_with(std::string_view header) {
        const std::string body = R"({"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"nobodysclientnobodysclient",)"
                                 R"("AuthParameters":{"USERNAME":"a","PASSWORD":"b"}})";
        return "POST / HTTP/1.1\r\nHost: id.example\r\nContent-Type: application/x-amz-json-1.1\r\n"
               "X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n" + std::string(header) + "\r\n" + body;
    }

    TestServer server{[this](net::Request request) { return door.serve(std::move(request)); }};
};

TEST_F(Telemetry, a_megabyte_of_it_is_refused_before_anyone_reads_it) {
    for (const auto name : names) {
        RawConnection connection(server.url());
        connection.send(call_with(std::string(name) + ": " + std::string(1 << 20, 'x') + "\r\n"));
        EXPECT_TRUE(connection.read_response().starts_with("HTTP/1.1 431 ")) << name;
        EXPECT_TRUE(connection.closed()) << name;
    }
    EXPECT_EQ(server->counters().requests, 0U);
    EXPECT_EQ(server->counters().bad_requests, std::size(names));
}

TEST_F(Telemetry, a_little_of_it_changes_nothing_and_is_repeated_nowhere) {
    const auto ask = [&](std::string_view header) {
        RawConnection connection(server.url());
        connection.send(call_with(header));
        return connection.read_response();
    };
    const auto without = ask("");
    ASSERT_TRUE(without.starts_with("HTTP/1.1 400 ")) << without;
    for (const auto name : names) {
        const auto with =
            ask(std::string(name) + ": 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,evil=1\r\n");
        EXPECT_EQ(body_of(with), body_of(without)) << name;
        EXPECT_EQ(with.find("0af7651916cd43dd"), std::string::npos) << name;
        EXPECT_EQ(with.find("evil"), std::string::npos) << name;
    }
}

}  // namespace
}  // namespace symbolon::aws
