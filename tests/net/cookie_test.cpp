#include "net/cookie.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

using namespace symbolon;
using namespace symbolon::net;

namespace {

Request request_with(std::vector<std::string> cookies) {
    Request request;
    for (auto& cookie : cookies) request.headers.add("cookie", std::move(cookie));
    return request;
}

}  // namespace

TEST(Cookie, is_found_by_its_exact_name) {
    const auto request = request_with({"ab=1; a=2;b = 3 ; broken; empty="});
    EXPECT_EQ(find_cookie(request, "a"), "2");
    EXPECT_EQ(find_cookie(request, "b"), "3");
    EXPECT_EQ(find_cookie(request, "ab"), "1");
    EXPECT_EQ(find_cookie(request, "empty"), "");
    EXPECT_EQ(find_cookie(request, "A"), std::nullopt);
    EXPECT_EQ(find_cookie(request, "broken"), std::nullopt);
}

TEST(Cookie, sent_twice_counts_the_first_time) {
    EXPECT_EQ(find_cookie(request_with({"a=1; a=2"}), "a"), "1");
    EXPECT_EQ(find_cookie(request_with({"x=0", "a=3", "a=4"}), "a"), "3");
}

TEST(Cookie, keeps_equals_signs_of_its_value) {
    EXPECT_EQ(find_cookie(request_with({"t=YWJj=="}), "t"), "YWJj==");
}

TEST(Cookie, is_always_http_only_and_secure_unless_told) {
    Response response;
    set_cookie(response, {.name = "__Host-s", .value = "v", .max_age = std::chrono::seconds{60}});
    EXPECT_EQ(response.headers.find("Set-Cookie"), "__Host-s=v; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax");
    Response plain;
    set_cookie(plain, {.name = "s", .value = "v", .path = "/p", .secure = false, .same_site_strict = true});
    EXPECT_EQ(plain.headers.find("Set-Cookie"), "s=v; Path=/p; HttpOnly; SameSite=Strict");
}

TEST(Cookie, is_cleared_by_an_expired_one) {
    Response response;
    clear_cookie(response, {.name = "s", .value = "secret"});
    EXPECT_EQ(response.headers.find("Set-Cookie"),
              "s=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax");
}

TEST(Cookie, that_a_browser_would_misread_is_refused) {
    Response response;
    EXPECT_THROW(set_cookie(response, {.name = "s", .value = "a;b"}), Error);
    EXPECT_THROW(set_cookie(response, {.name = "s", .value = "a\r\nX: y"}), Error);
    EXPECT_THROW(set_cookie(response, {.name = "s s", .value = "a"}), Error);
    EXPECT_THROW(set_cookie(response, {.name = "s", .value = "a", .path = "/;Domain=x"}), Error);
    EXPECT_THROW(set_cookie(response, {.name = "__Host-s", .value = "a", .path = "/p"}), Error);
    EXPECT_THROW(set_cookie(response, {.name = "__Secure-s", .value = "a", .secure = false}), Error);
    EXPECT_EQ(response.headers.size(), 0U);
}
