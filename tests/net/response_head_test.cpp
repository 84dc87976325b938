#include "net/server/response_head.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

using namespace symbolon;
using namespace symbolon::net;

namespace {

std::string head_of(const Response& response, int version = 11, bool keep_alive = true) {
    std::string out;
    append_head(out, response, {"D", version, keep_alive});
    return out;
}

}  // namespace

TEST(ResponseHead, frames_the_body_itself) {
    Response response;
    response.body = "12345";
    response.headers.add("Content-Length", "9");
    response.headers.add("transfer-encoding", "chunked");
    response.headers.add("Connection", "upgrade");
    response.headers.add("X-A", "b");
    EXPECT_EQ(head_of(response),
              "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 5\r\nX-Content-Type-Options: nosniff\r\nX-A: b\r\n\r\n");
}

TEST(ResponseHead, has_no_length_where_there_is_no_body) {
    Response response;
    response.status = 204;
    EXPECT_EQ(head_of(response), "HTTP/1.1 204 No Content\r\nDate: D\r\nX-Content-Type-Options: nosniff\r\n\r\n");
}

TEST(ResponseHead, says_whether_the_connection_stays) {
    EXPECT_NE(head_of({}, 11, false).find("\r\nConnection: close\r\n"), std::string::npos);
    EXPECT_NE(head_of({}, 10, true).find("\r\nConnection: keep-alive\r\n"), std::string::npos);
}

TEST(ResponseHead, refuses_fields_that_would_begin_another) {
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"X-A", "a\r\nSet-Cookie: b=c"},
                                                                                      {"X-A", "a\nb"},
                                                                                      {"X-A", std::string("a\0b", 3)},
                                                                                      {"X:A", "a"},
                                                                                      {"X A", "a"},
                                                                                      {"", "a"},
                                                                                      {"X-A\r\nX-B", "a"}}) {
        Response response;
        response.headers.add(name, value);
        EXPECT_THROW(head_of(response), Error);
    }
}

TEST(ResponseHead, refuses_a_status_that_is_none) {
    for (const int status : {0, 100, 101, 600}) {
        Response response;
        response.status = status;
        EXPECT_THROW(head_of(response), Error);
    }
}

TEST(DateLine, is_an_http_date) {
    DateLine date;
    EXPECT_EQ(date.get().size(), std::string_view("Sun, 06 Nov 1994 08:49:37 GMT").size());
    EXPECT_TRUE(date.get().ends_with(" GMT"));
}
