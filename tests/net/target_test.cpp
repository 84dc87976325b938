#include "net/server/target.hpp"

#include <gtest/gtest.h>

using namespace symbolon::net;

namespace {

/// "path query", or "refused".
std::string resolve(const std::string& target, Method method = Method::get, const std::string& host = "a.example") {
    Request request;
    request.method = method;
    request.target = target;
    request.host = host;
    return resolve_target(request) ? request.path + ' ' + request.query : "refused";
}

}  // namespace

TEST(Target, in_origin_form_is_split_and_left_encoded) {
    EXPECT_EQ(resolve("/a%2Fb/?x=%20&y"), "/a%2Fb/ x=%20&y");
    EXPECT_EQ(resolve("/"), "/ ");
    EXPECT_EQ(resolve("//evil.example/"), "//evil.example/ ");
    EXPECT_EQ(resolve("/?http://b.example/"), "/ http://b.example/");
}

TEST(Target, in_absolute_form_names_the_same_host) {
    EXPECT_EQ(resolve("http://a.example/x?y"), "/x y");
    EXPECT_EQ(resolve("HTTPS://A.Example"), "/ ");
    EXPECT_EQ(resolve("http://a.example?y"), "/ y");
    EXPECT_EQ(resolve("http://b.example/x"), "refused");
    EXPECT_EQ(resolve("http://a.example:80/x"), "refused");
    EXPECT_EQ(resolve("http://user@a.example/x"), "refused");
    EXPECT_EQ(resolve("ftp://a.example/x"), "refused");
    EXPECT_EQ(resolve("http:///x", Method::get, ""), "refused");
}

TEST(Target, with_an_asterisk_is_for_options_only) {
    EXPECT_EQ(resolve("*", Method::options), "* ");
    EXPECT_EQ(resolve("*"), "refused");
}

TEST(Target, of_another_form_is_refused) {
    for (const auto* target : {"a.example:443", "x", "?x", "/a#b", "/\x80", "/a b", "/a\tb"}) {
        EXPECT_EQ(resolve(target), "refused") << target;
    }
}

TEST(Authority, is_a_host_with_or_without_a_port) {
    for (const auto* text : {"a.example", "A-b_c.example:8400", "127.0.0.1", "[::1]", "[2001:db8::1]:443"}) {
        EXPECT_TRUE(is_authority(text)) << text;
    }
    for (const auto* text : {"", ":80", "a:", "a:x", "a:123456", "a b", "a/b", "u@a", "a,b", "[::1", "[::1]x",
                             "[::1]:", "[a]", "[127.0.0.1]", "a\\b", "a?b"}) {
        EXPECT_FALSE(is_authority(text)) << text;
    }
}
