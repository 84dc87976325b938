#include "oauth/redirect_uris.hpp"

#include <gtest/gtest.h>

namespace symbolon::oauth {
namespace {

TEST(RedirectUri, only_the_same_bytes_match) {
    EXPECT_TRUE(matches_redirect_uri("https://ok.example/cb", "https://ok.example/cb"));
    for (const char* sent : {
             "https://ok.example.evil.com/cb",
             "https://ok.example/cb/",
             "https://ok.example/cbx",
             "https://ok.example/c",
             "https://ok.example/cb?x=1",
             "https://ok.example/cb#x",
             "https://ok.example:443/cb",
             "http://ok.example/cb",
             "",  // attack class 1
             "https://ok.example/cb/../evil",
             "https://ok.example/x/../cb",
             "https://ok.example/./cb",
             "https://ok.example//cb",
             "https://ok.example/x/%2e%2e/cb",
             "https://ok.example/%63b",
             "https://ok.example/cb%2e%2e%2fevil",
             "https://ok.example/cb%252f..",
             "https://ok.example/cb/..;/evil",
             "https://ok.example\\cb",
             "https://ok.example/cb\\..\\evil",  // attack class 2
             "https://ok.example@evil.com/cb",
             "https://evil.com/https://ok.example/cb",  // attack class 3
             "https://okxexample/cb",
             "https://OK.example/cb",
             "HTTPS://ok.example/cb",
             "https://ok.example/CB",  // 4
         }) {
        EXPECT_FALSE(matches_redirect_uri("https://ok.example/cb", sent)) << sent;
    }
}

TEST(RedirectUri, a_native_application_on_literal_loopback_may_choose_its_port) {
    EXPECT_TRUE(matches_redirect_uri("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb"));
    EXPECT_TRUE(matches_redirect_uri("http://127.0.0.1:8080/cb?a=1", "http://127.0.0.1:9/cb?a=1"));
    EXPECT_TRUE(matches_redirect_uri("http://127.0.0.1:8080/cb", "http://127.0.0.1/cb"));
    EXPECT_TRUE(matches_redirect_uri("http://[::1]/cb", "http://[::1]:51004/cb"));
}

TEST(RedirectUri, nothing_but_the_port_of_a_loopback_may_differ) {
    for (const char* sent : {"http://127.0.0.1:51004/other", "http://127.0.0.1:51004/cb?x", "http://127.0.0.1:/cb",
                             "http://127.0.0.1:123456/cb", "http://127.0.0.1:80a/cb", "http://127.0.0.1:80@evil.com/cb",
                             "http://127.0.0.1@evil.com/cb", "http://127.0.0.1.evil.com/cb", "http://127.0.0.1:1:2/cb",
                             "https://127.0.0.1:51004/cb", "http://localhost:51004/cb", "http://[::1]:51004/cb"}) {
        EXPECT_FALSE(matches_redirect_uri("http://127.0.0.1/cb", sent)) << sent;
    }
}

TEST(RedirectUri, a_port_of_any_other_host_is_part_of_it) {
    EXPECT_FALSE(matches_redirect_uri("http://localhost/cb", "http://localhost:8080/cb"));
    EXPECT_FALSE(matches_redirect_uri("https://127.0.0.1/cb", "https://127.0.0.1:8080/cb"));
    EXPECT_FALSE(matches_redirect_uri("http://127.0.0.2/cb", "http://127.0.0.2:8080/cb"));
}

TEST(RedirectUri, keeps_its_own_query_byte_for_byte) {
    EXPECT_EQ(append_to_query("https://a/cb", "code=1"), "https://a/cb?code=1");
    EXPECT_EQ(append_to_query("https://a/cb?x=%20b+c", "code=1"), "https://a/cb?x=%20b+c&code=1");
    EXPECT_EQ(append_to_query("https://a/cb?", "code=1"), "https://a/cb?code=1");
    EXPECT_EQ(append_to_query("https://a/cb?x=1&", "code=1"), "https://a/cb?x=1&code=1");
}

}  // namespace
}  // namespace symbolon::oauth
