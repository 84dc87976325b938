#include "directory/client_rules.hpp"

#include <gtest/gtest.h>

#include <string>

// Attack rows 1 to 5, where redirect URLs are registered; matching them is authorize's part.
namespace symbolon::directory {
namespace {

TEST(RedirectUrl, may_be_https_anywhere) {
    for (const char* url :
         {"https://example.com", "https://example.com/cb?x=1&y=2", "https://example.com:8443/a/b",
          "https://[2001:db8::1]/cb", "https://192.0.2.1/cb", "https://layla.amazon.com/api/skill/link/M2AAAAAAAAAAAA"})
        EXPECT_TRUE(is_allowed_redirect(url)) << url;
}

TEST(RedirectUrl, may_be_http_on_this_machine_alone) {
    for (const char* url :
         {"http://localhost", "http://localhost:3000/cb", "http://127.0.0.1/cb", "http://[::1]:8080/cb"})
        EXPECT_TRUE(is_allowed_redirect(url)) << url;
    for (const char* url : {"http://example.com/cb", "http://localhost.example.com/cb", "http://127.0.0.2/cb",
                            "http://127.0.0.1.example.com", "http://[::2]/cb", "http://LOCALHOST.evil/cb",
                            "http://2130706433/", "http://0/"})
        EXPECT_FALSE(is_allowed_redirect(url)) << url;
}

TEST(RedirectUrl, may_have_the_private_scheme_of_an_app) {
    for (const char* url : {"com.example.app:/cb", "com.example.app://cb", "myapp://", "myapp://callback?x=1"})
        EXPECT_TRUE(is_allowed_redirect(url)) << url;
}

// Row 5.
TEST(RedirectUrl, never_has_a_scheme_that_a_browser_runs_or_reads) {
    for (const char* url :
         {"javascript:alert(1)", "JavaScript:alert(1)", "javascript://example.com/%0aalert(1)", "data:text/html,x",
          "vbscript:x", "file:///etc/passwd", "about:blank", "blob:https://example.com/1", "filesystem:https://a/b",
          "view-source:https://example.com", "intent://x#Intent;end", "chrome://settings", "ws://example.com",
          "mailto:a@b.c", "ftp://example.com/"})
        EXPECT_FALSE(is_allowed_redirect(url)) << url;
}

// Row 3.
TEST(RedirectUrl, never_names_a_user) {
    for (const char* url :
         {"https://user@example.com/", "https://ok.example:x@evil.example/", "http://localhost@evil.com/",
          "http://localhost:80@evil.com/", "https://ok.example%40evil.example/"})
        EXPECT_FALSE(is_allowed_redirect(url)) << url;
}

TEST(RedirectUrl, is_absolute_without_a_fragment) {
    for (const char* url :
         {"", "/cb", "//example.com/cb", "example.com/cb", "cb", "https:", "https:/example.com", "https://",
          "https:///cb", "https:example.com", "http:localhost", "https://?x", "https://:443/", "https://example.com/#f",
          "https://example.com#", "myapp:", ":x", "1app:/x", "my app:/x"})
        EXPECT_FALSE(is_allowed_redirect(url)) << url;
}

// Rows 2 and 4: what browsers read in another way than we do, and what looks like a pattern.
TEST(RedirectUrl, has_no_characters_that_are_read_in_two_ways) {
    for (const char* url :
         {"https://example.com\\@evil.com/", "https:\\\\example.com", "https://exa\tmple.com/",
          "https://example.com/\n", " https://example.com/", "https://example.com/ ", "https://*.example.com/",
          "https://ex\u0430mple.com/", "https://example.com/\u200b", "https://example.com/\"><script>",
          "java\nscript:alert(1)", "\x01javascript:alert(1)", "https://example.com:99999999/", "https://example.com:/",
          "https://example.com:8a/", "https://[::1", "https://[]/", "https://[x]/"})
        EXPECT_FALSE(is_allowed_redirect(url)) << url;
    EXPECT_FALSE(is_allowed_redirect(std::string("https://example.com/\0x", 22)));
}

}  // namespace
}  // namespace symbolon::directory
