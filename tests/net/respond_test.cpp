#include "net/respond.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>
#include <boost/json/value.hpp>

namespace symbolon::net {
namespace {

TEST(Respond, says_what_its_body_is) {
    const auto answer = json(201, boost::json::value{{"a", 1}});
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, R"({"a":1})");
    EXPECT_EQ(answer.headers.find("content-type"), "application/json");
    EXPECT_EQ(text(200, "x").headers.find("Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(html(200, "x").headers.find("Content-Type"), "text/html; charset=utf-8");
}

TEST(Respond, redirects_only_to_what_stays_in_its_field) {
    EXPECT_EQ(redirect(302, "https://a.example/?x=1").headers.find("Location"), "https://a.example/?x=1");
    for (const std::string& location : {std::string(), std::string("/\r\nSet-Cookie: a=b"), std::string("/\n"),
                                        std::string("/\0", 2), std::string("/\t"), std::string("/\x7f")}) {
        EXPECT_THROW(redirect(302, location), Error);
    }
}

// RFC 9700 §4.12.
TEST(Respond, no_redirect_has_a_browser_post_again) {
    EXPECT_EQ(redirect(302, "/a").status, 302);
    EXPECT_EQ(redirect(303, "/a").status, 303);
    for (const int status : {200, 301, 307, 308}) EXPECT_THROW(redirect(status, "/a"), Error) << status;
}

TEST(Headers, compare_names_without_case) {
    Headers headers;
    headers.add("X-A", "1");
    headers.add("x-a", "2");
    EXPECT_EQ(headers.find("X-a"), "1");
    EXPECT_EQ(headers.find_all("x-A").size(), 2U);
    headers.set("x-a", "3");
    EXPECT_EQ(headers.find_all("x-A").size(), 1U);
    EXPECT_EQ(headers.find("X-B"), std::nullopt);
}

}  // namespace
}  // namespace symbolon::net
