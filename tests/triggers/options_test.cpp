#include "triggers/options.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace symbolon::triggers {
namespace {

constexpr std::string_view good_secret = "a secret of at least 24 bytes";

Options with_hook(std::string name, std::string url, std::string_view secret = good_secret) {
    Options out;
    out.hooks.emplace(std::move(name), Hook{std::move(url), HookSecret(secret)});
    return out;
}

bool is_refused(const Options& options) {
    try {
        check(options);
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::invalid_parameter);
        EXPECT_EQ(error.message.find(good_secret), std::string::npos) << "a secret in a message";
        return true;
    }
    return false;
}

TEST(HookOptions, take_http_urls_of_hosts) {
    for (const auto* url : {"https://hooks.example/a?b=c", "http://10.0.0.7:9000", "http://[::1]:80/x"}) {
        EXPECT_FALSE(is_refused(with_hook("f", url))) << url;
    }
    for (const auto* url : {"", "hooks.example", "file:///etc/passwd", "gopher://x/", "https://", "https:///x",
                            "https://user:pw@hooks.example/", "https://hooks.example/#x", "https://hooks.example/a b",
                            "https://hooks.example/\r\nX: y"}) {
        EXPECT_TRUE(is_refused(with_hook("f", url))) << url;
    }
}

TEST(HookOptions, want_secrets_that_are_long_enough) {
    EXPECT_TRUE(is_refused(with_hook("f", "https://hooks.example/", "")));
    EXPECT_TRUE(is_refused(with_hook("f", "https://hooks.example/", "too short")));
    EXPECT_TRUE(is_refused(with_hook("f", "https://hooks.example/", "whsec_MDEyMzQ1Njc4OWFiY2RlZg==")))
        << "16 bytes behind 24 characters";
}

TEST(HookOptions, take_an_endpoint_without_a_query) {
    Options options;
    options.lambda_endpoint = "https://lambda.eu-west-1.amazonaws.com";
    EXPECT_FALSE(is_refused(options));
    options.lambda_endpoint = "https://lambda.eu-west-1.amazonaws.com/?x=y";
    EXPECT_TRUE(is_refused(options));
}

TEST(HookOptions, find_a_function_by_its_arn_or_its_name) {
    const std::string arn = "arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up";
    for (const auto& name : {arn, std::string("pre-sign-up")}) {
        const auto options = with_hook(name, "https://hooks.example/");
        EXPECT_NE(find_hook(options, arn), nullptr) << name;
        EXPECT_NE(find_hook(options, arn + ":live"), nullptr) << name;
        EXPECT_EQ(find_hook(options, arn + "-2"), nullptr) << name;
        EXPECT_EQ(find_hook(options, "arn:aws:sqs:eu-west-1:111122223333:pre-sign-up"), nullptr) << name;
    }
    const auto qualified = with_hook(arn + ":live", "https://hooks.example/");
    EXPECT_EQ(find_hook(qualified, arn), nullptr);
    EXPECT_EQ(find_hook(qualified, arn + ":test"), nullptr);
    const auto foreign = with_hook("arn:aws:lambda:eu-west-1:999999999999:function:pre-sign-up", "https://h.example/");
    EXPECT_EQ(find_hook(foreign, arn), nullptr) << "of another account";
}

TEST(HookOptions, know_the_region_of_an_arn) {
    EXPECT_EQ(region_of("arn:aws:lambda:eu-west-1:111122223333:function:f"), "eu-west-1");
    EXPECT_EQ(region_of("f"), "us-east-1");
}

}  // namespace
}  // namespace symbolon::triggers
