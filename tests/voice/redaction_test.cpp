#include "voice/redaction.hpp"

#include "base/encoding.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

TEST(Redaction, shows_whether_two_secrets_are_the_same_and_nothing_else) {
    EXPECT_EQ(mask("s3cret"), mask("s3cret"));
    EXPECT_NE(mask("s3cret"), mask("s3creT"));
    EXPECT_EQ(mask("s3cret").find("s3c"), std::string::npos);
    EXPECT_EQ(mask(""), "");
}

TEST(Redaction, hides_what_is_secret_in_each_place) {
    const std::string_view secrets[]{"c0de-value", "refr3sh-value", "s3cret-value", "verif1er-value"};
    std::vector<std::string> shown;
    shown.push_back(redacted_body("application/x-www-form-urlencoded;charset=UTF-8",
                                  "grant_type=refresh_token&code=c0de-value&refresh_token=refr3sh-value&client_secret="
                                  "s3cret-value&code_verifier=verif1er-value"));
    shown.push_back(redacted_body("application/json",
                                  R"({"data":[{"access_token":"c0de-value"}],"refresh_token":"refr3sh-value"})"));
    shown.push_back(redacted_url("https://here/cb?code=c0de-value&state=x#access_token=refr3sh-value"));
    shown.push_back(redacted_field("Authorization", "Bearer s3cret-value"));
    shown.push_back(redacted_field("authorization", "Basic " + to_base64(bytes_of("client:s3cret-value"))));
    shown.push_back(redacted_field("Cookie", "a=s3cret-value; b=c0de-value"));
    shown.push_back(redacted_field("Set-Cookie", "session=s3cret-value; Path=/; Secure"));
    shown.push_back(redacted_field("Location", "https://here/cb?code=c0de-value"));
    shown.push_back(redacted_body("text/html", "<title>Hi</title><input name=_csrf value=s3cret-value>"));
    for (const auto& text : shown) {
        for (const auto secret : secrets) EXPECT_EQ(text.find(secret), std::string::npos) << text;
    }
    EXPECT_NE(shown[0].find("grant_type=refresh_token"), std::string::npos) << "the rest stays";
    EXPECT_NE(shown[4].find("client:"), std::string::npos);
    EXPECT_NE(shown[6].find("Path=/; Secure"), std::string::npos);
    EXPECT_NE(shown[8].find("Hi"), std::string::npos);
}

TEST(Redaction, keeps_the_code_of_an_error) {
    const auto body = redacted_body("application/json", R"({"error":{"code":"INVALID","message":"no"}})");
    EXPECT_NE(body.find("INVALID"), std::string::npos);
}

TEST(Redaction, survives_what_is_not_what_it_says) {
    EXPECT_EQ(redacted_body("application/json", "\xFF{\"access_token\":").find("access"), std::string::npos);
    EXPECT_EQ(redacted_body("application/x-www-form-urlencoded", "code=%zz").find("zz"), std::string::npos);
    EXPECT_EQ(redacted_field("Authorization", "s3cret").find("s3cret"), std::string::npos);
    EXPECT_EQ(redacted_field("Authorization", "Basic !!").find("!!"), std::string::npos);
    EXPECT_EQ(redacted_url("https://here/?%zz=s3cret").find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace symbolon::voice
