#include "net/server/intake.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

using namespace symbolon::net;

namespace {

/// Feeds the bytes in pieces of `piece` and returns what each request came to: "path body", or the refusing status.
std::vector<std::string> read(std::string_view bytes, std::size_t piece) {
    Intake intake(1024, 64);
    std::vector<std::string> found;
    while (true) {
        const auto step = intake.advance();
        if (step == Intake::Step::refused) {
            found.push_back(std::to_string(intake.refusal()));
            return found;
        }
        if (step == Intake::Step::ready) {
            const auto request = intake.take();
            found.push_back(request.path + ' ' + request.body);
            continue;
        }
        if (bytes.empty()) return found;
        const auto room = intake.room();
        const auto count = std::min({piece, room.size(), bytes.size()});
        std::memcpy(room.data(), bytes.data(), count);
        intake.commit(count);
        bytes.remove_prefix(count);
    }
}

void expect_whole_and_in_pieces(std::string_view bytes, const std::vector<std::string>& expected) {
    for (const std::size_t piece : {1, 2, 3, 7, 64, 4096}) EXPECT_EQ(read(bytes, piece), expected) << piece;
}

}  // namespace

TEST(Intake, finds_the_same_requests_however_the_bytes_arrive) {
    expect_whole_and_in_pieces(
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
        "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
        "GET /4 HTTP/1.1\r\nHost: a\r\n\r\n",
        {"/1 ", "/2 hello", "/3 abcde", "/4 "});
}

// Found by fuzzing: the parser below asserted that more than four bytes had come.
TEST(Intake, reads_a_chunked_body_of_nothing_however_the_bytes_arrive) {
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    expect_whole_and_in_pieces(head + "0\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n", {"/ ", "/next "});
    expect_whole_and_in_pieces(head + "0\r\nX: y\r\n\r\n", {"/ "});
    expect_whole_and_in_pieces(head + "0\r\nx\r\n\r\n", {"400"});
    expect_whole_and_in_pieces(head + "4\r\n0\r\n\r\r\n0\r\n\r\n", {"/ 0\r\n\r"});
}

TEST(Intake, refuses_the_same_however_the_bytes_arrive) {
    expect_whole_and_in_pieces("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\nHost: a\n\n", {"/1 ", "400"});
    expect_whole_and_in_pieces("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65\r\n\r\n", {"413"});
    expect_whole_and_in_pieces(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + std::string(64, 'a') + "\r\n1\r\n",
        {"413"});
    expect_whole_and_in_pieces("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(2000, 'a'), {"431"});
}

// Found by fuzzing: how often the size was counted depended on the pieces.
TEST(Intake, refuses_a_chunk_extension_whose_quote_does_not_end_in_its_line) {
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    expect_whole_and_in_pieces(head + "11;x=\"\r\n" + std::string(20, 'a'), {"400"});
    expect_whole_and_in_pieces(head + "1;x=\"\\\"\r\na\r\n0\r\n\r\n", {"400"});
    expect_whole_and_in_pieces(head + "1\r\na\r\n0;x=\"\r\n\r\n", {"400"});
    expect_whole_and_in_pieces(head + "1;x=\"\\\"\"\r\na\r\n0;y=\"b\"\r\n\r\n", {"/ a"});
}

TEST(Intake, drops_trailers) {
    Intake intake(1024, 64);
    const std::string_view bytes =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nHost: b\r\nX-Admin: "
        "yes\r\n\r\n";
    std::memcpy(intake.room().data(), bytes.data(), bytes.size());
    intake.commit(bytes.size());
    ASSERT_EQ(intake.advance(), Intake::Step::ready);
    const auto request = intake.take();
    EXPECT_EQ(request.host, "a");
    EXPECT_EQ(request.headers.find("X-Admin"), std::nullopt);
}

TEST(Intake, has_a_limited_number_of_fields) {
    std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int field = 0; field < 100; ++field) bytes += "a:b\r\n";
    expect_whole_and_in_pieces(bytes + "\r\n", {"431"});
}
