#include "chain_url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::skill {
namespace {

bool amazon_allows(std::string_view text) {
    const auto url = ChainUrl::parse(text);
    return url && url->satisfies(TrustProfile::amazon().rules());
}

TEST(ChainUrl, the_platforms_own_examples_that_are_good) {
    EXPECT_TRUE(amazon_allows("https://s3.amazonaws.com/echo.api/echo-api-cert.pem"));
    EXPECT_TRUE(amazon_allows("https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem"));
    EXPECT_TRUE(amazon_allows("https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert.pem"));
    EXPECT_TRUE(amazon_allows("HTTPS://S3.AmazonAWS.com/echo.api/echo-api-cert.pem"));
}

TEST(ChainUrl, the_platforms_own_examples_that_are_bad) {
    EXPECT_FALSE(amazon_allows("http://s3.amazonaws.com/echo.api/echo-api-cert.pem"));
    EXPECT_FALSE(amazon_allows("https://notamazon.com/echo.api/echo-api-cert.pem"));
    EXPECT_FALSE(amazon_allows("https://s3.amazonaws.com/EcHo.aPi/echo-api-cert.pem"));
    EXPECT_FALSE(amazon_allows("https://s3.amazonaws.com/invalid.path/echo-api-cert.pem"));
    EXPECT_FALSE(amazon_allows("https://s3.amazonaws.com:563/echo.api/echo-api-cert.pem"));
    EXPECT_FALSE(amazon_allows("https://s3.amazonaws.com/echo.api/../other/echo-api-cert.pem"));
    EXPECT_FALSE(amazon_allows("https://s3.amazonaws.com/echo.api/../../echo.apix/x.pem"));
}

TEST(ChainUrl, is_written_anew_from_its_checked_parts) {
    EXPECT_EQ(ChainUrl::parse("HTTPS://S3.AmazonAWS.com:443/a/./b/../echo.pem")->to_string(),
              "https://s3.amazonaws.com/a/echo.pem");
    EXPECT_EQ(ChainUrl::parse("http://127.0.0.1:8500/chain/x.pem")->to_string(), "http://127.0.0.1:8500/chain/x.pem");
    EXPECT_EQ(ChainUrl::parse("http://[::1]:8500/chain/x.pem")->to_string(), "http://[::1]:8500/chain/x.pem");
}

TEST(ChainUrl, refuses_a_path_that_climbs_above_the_root) {
    EXPECT_FALSE(ChainUrl::parse("https://s3.amazonaws.com/../../x"));
    EXPECT_FALSE(ChainUrl::parse("https://s3.amazonaws.com/echo.api/../.."));
    EXPECT_TRUE(ChainUrl::parse("https://s3.amazonaws.com/..x/y"));
}

TEST(ChainUrl, refuses_what_two_readers_could_read_differently) {
    for (const std::string text :
         {"", "https:", "https://", "https:///echo.api/x", "https://s3.amazonaws.com", "https://s3.amazonaws.com:/x",
          "https://s3.amazonaws.com:0/x", "https://s3.amazonaws.com:70000/x", "https://a@s3.amazonaws.com/x",
          "https://s3.amazonaws.com/x?y", "https://s3.amazonaws.com/x#y", "https://s3.amazonaws.com/%65cho.api/x",
          "https://s3.amazonaws.com\\@evil.example/x", " https://s3.amazonaws.com/x", "https://s3.amazonaws.com/x y",
          "s3.amazonaws.com/echo.api/x", "//s3.amazonaws.com/echo.api/x", "file:///echo.api/x"}) {
        EXPECT_FALSE(ChainUrl::parse(text)) << text;
    }
    EXPECT_FALSE(ChainUrl::parse("https://s3.amazonaws.com/echo.api/" + std::string(4000, 'x')));
    EXPECT_FALSE(ChainUrl::parse(std::string_view("https://s3.amazonaws.com/echo.api/x\0y", 37)));
}

}  // namespace
}  // namespace symbolon::skill
