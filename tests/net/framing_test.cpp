// Row 48 of the attack classes: whatever two parsers could read in two ways is refused, and the connection closed, so
// that what follows is never taken for a request.
#include "net/raw_connection.hpp"
#include "net/test_server.hpp"

#include <gtest/gtest.h>

using namespace symbolon::net;
using namespace std::string_literals;

namespace {

struct Case {
    const char* name;
    std::string bytes;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
    return out << one.name;
}

class Framing : public testing::TestWithParam<Case> {};

std::string post(const std::string& fields, const std::string& body = {}) {
    return "POST / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n" + body;
}

const std::string chunked = "Transfer-Encoding: chunked\r\n";

const std::vector<Case> refused{
    {"length_and_chunked", post("Content-Length: 5\r\n" + chunked, "0\r\n\r\n")},
    {"chunked_and_length", post(chunked + "Content-Length: 5\r\n", "0\r\n\r\n")},
    {"chunked_in_http_1_0", "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"identity_coding", post("Transfer-Encoding: identity\r\n", "x")},
    {"coding_before_chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
    {"coding_behind_chunked", post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n")},
    {"chunked_twice", post(chunked + chunked, "0\r\n\r\n")},
    {"chunked_with_a_tail", post("Transfer-Encoding: chunked;x\r\n", "0\r\n\r\n")},
    {"chunked_in_quotes", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")},
    {"coding_that_is_empty", post("Transfer-Encoding:\r\n", "x")},
    {"chunked_with_vertical_tab", post("Transfer-Encoding: \x0b"
                                       "chunked\r\n",
                                       "0\r\n\r\n")},
    {"two_lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n", "xx")},
    {"same_length_twice", post("Content-Length: 1\r\nContent-Length: 1\r\n", "x")},
    {"list_of_lengths", post("Content-Length: 1, 1\r\n", "x")},
    {"length_with_a_sign", post("Content-Length: +1\r\n", "x")},
    {"negative_length", post("Content-Length: -1\r\n", "x")},
    {"hexadecimal_length", post("Content-Length: 0x1\r\n", "x")},
    {"length_with_letters", post("Content-Length: 1a\r\n", "x")},
    {"length_that_is_empty", post("Content-Length:\r\n")},
    {"length_beyond_64_bits", post("Content-Length: 18446744073709551617\r\n", "x")},
    {"bare_line_feeds", "GET / HTTP/1.1\nHost: x\n\n"},
    {"bare_line_feed_in_one_line", "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n"},
    {"bare_line_feed_at_the_end", "GET / HTTP/1.1\r\nHost: x\r\n\n"},
    {"bare_carriage_return", "GET / HTTP/1.1\r\nHost: x\rA: b\r\n\r\n"},
    {"carriage_return_before_the_line_end", "GET / HTTP/1.1\r\nHost: x\r\r\n\r\n"},
    {"folded_field", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n"},
    {"folded_with_a_tab", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\n\r\n"},
    {"folded_first_field", "GET / HTTP/1.1\r\n A: b\r\nHost: x\r\n\r\n"},
    {"empty_line_first", "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"two_hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"},
    {"same_host_twice", "GET / HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n"},
    {"no_host", "GET / HTTP/1.1\r\nA: b\r\n\r\n"},
    {"empty_host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
    {"list_of_hosts", "GET / HTTP/1.1\r\nHost: x, y\r\n\r\n"},
    {"host_with_a_path", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n"},
    {"host_with_a_user", "GET / HTTP/1.1\r\nHost: u@x\r\n\r\n"},
    {"two_hosts_in_http_1_0", "GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n"},
    {"space_before_the_colon", "GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n"},
    {"tab_before_the_colon", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length\t: 1\r\n\r\n"},
    {"field_without_a_name", "GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n"},
    {"field_without_a_colon", "GET / HTTP/1.1\r\nHost: x\r\nA\r\n\r\n"},
    {"name_with_a_bracket", "GET / HTTP/1.1\r\nHost: x\r\nA[b]: c\r\n\r\n"},
    {"name_beyond_ascii", "GET / HTTP/1.1\r\nHost: x\r\n\xc3\xa9: c\r\n\r\n"},
    {"nul_in_a_name", "GET / HTTP/1.1\r\nHost: x\r\nA\0: c\r\n\r\n"s},
    {"nul_in_a_value", "GET / HTTP/1.1\r\nHost: x\r\nA: \0c\r\n\r\n"s},
    {"control_in_a_value", "GET / HTTP/1.1\r\nHost: x\r\nA: \x01\r\n\r\n"},
    {"two_spaces_in_the_request_line", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"tab_in_the_request_line", "GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"space_behind_the_version", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n"},
    {"space_in_the_target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"no_version", "GET /\r\n\r\n"},
    {"version_2", "GET / HTTP/2.0\r\nHost: x\r\n\r\n"},
    {"version_1_2", "GET / HTTP/1.2\r\nHost: x\r\n\r\n"},
    {"version_in_lower_case", "GET / http/1.1\r\nHost: x\r\n\r\n"},
    {"http_2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
    {"tls_hello", "\x16\x03\x01\x02\x01\x01\xfc\x03\x03\n"},
    {"absolute_target_of_another_host", "GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"authority_target", "CONNECT y:443 HTTP/1.1\r\nHost: y:443\r\n\r\n"},
    {"asterisk_target", "GET * HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"fragment_in_the_target", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"raw_bytes_in_the_target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"unknown_expectation", post("Expect: 200-maybe\r\nContent-Length: 1\r\n", "x")},
    {"chunk_size_that_is_none", post(chunked, "x\r\n")},
    {"chunk_size_that_is_empty", post(chunked, "\r\n\r\n")},
    {"chunk_size_with_0x", post(chunked, "0x1\r\na\r\n0\r\n\r\n")},
    {"chunk_size_with_a_sign", post(chunked, "+1\r\na\r\n0\r\n\r\n")},
    {"chunk_size_with_a_leading_space", post(chunked, " 1\r\na\r\n0\r\n\r\n")},
    {"chunk_size_with_a_trailing_space", post(chunked, "1 \r\na\r\n0\r\n\r\n")},
    {"chunk_size_beyond_64_bits", post(chunked, "10000000000000001\r\na\r\n0\r\n\r\n")},
    {"chunk_line_with_a_bare_line_feed", post(chunked, "1\na\r\n0\r\n\r\n")},
    {"chunk_extension_with_a_bare_line_feed", post(chunked, "1;a\nb\r\na\r\n0\r\n\r\n")},
    {"chunk_line_with_a_bare_carriage_return", post(chunked, "1\ra\r\n0\r\n\r\n")},
    {"chunk_that_is_longer_than_its_size", post(chunked, "1\r\nab\r\n0\r\n\r\n")},
    {"chunk_that_ends_in_a_line_feed", post(chunked, "1\r\na\n0\r\n\r\n")},
    {"chunk_extension_too_long", post(chunked, "1;" + std::string(200, 'x') + "\r\na\r\n0\r\n\r\n")},
    {"chunk_extension_without_end", post(chunked, "1;" + std::string(20000, 'x'))},
    {"length_in_a_trailer", post(chunked, "0\r\nContent-Length: 5\r\n\r\n")},
    {"trailer_that_is_no_field", post(chunked, "0\r\nx\r\n\r\n")},
    {"trailers_without_end", post(chunked, "0\r\n" + std::string(20000, 'x'))},
};

}  // namespace

TEST_P(Framing, is_refused_and_the_connection_closed) {
    TestServer server(echo);
    RawConnection connection(server.url());
    connection.send(GetParam().bytes + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto response = connection.read_response();
    EXPECT_EQ(status_of(response), 400);
    EXPECT_EQ(field_of(response, "Connection"), "close");
    EXPECT_EQ(connection.read_all(), "") << "nothing behind it may be answered";
    EXPECT_EQ(server->counters().requests, 0U);
    EXPECT_EQ(server->counters().bad_requests, 1U);
}

INSTANTIATE_TEST_SUITE_P(Requests, Framing, testing::ValuesIn(refused),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(FramingAccepted, is_what_every_parser_reads_in_one_way) {
    TestServer server(echo);
    const std::vector<std::pair<std::string, std::string>> accepted{
        {"GET http://X:1/a?b HTTP/1.1\r\nHost: x:1\r\n\r\n", "GET /a?b|"},
        {"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS *?|"},
        {"GET / HTTP/1.1\r\nhOST:x\r\nA:\r\nB: \t c d \t\r\n\r\n", "GET /?|"},
        {post("Transfer-Encoding: Chunked\r\n", "1\r\na\r\n00\r\n\r\n"), "POST /?|a"},
        {post(chunked, "A;n=v;q=\"a b\"\r\n0123456789\r\n0\r\nX-Trailer: y\r\n\r\n"), "POST /?|0123456789"},
        {post("Content-Length: 0\r\n"), "POST /?|"},
        {post("Content-Length: 01\r\n", "x"), "POST /?|x"},
    };
    RawConnection connection(server.url());
    for (const auto& [bytes, answer] : accepted) {
        connection.send(bytes);
        EXPECT_EQ(body_of(connection.read_response()), answer);
    }
}
