#include "voice/linking/token_client.hpp"

#include <gtest/gtest.h>

#include <variant>

namespace symbolon::voice {
namespace {

net::ClientResponse answer(std::string body, int status = 200, std::string type = "application/json;charset=UTF-8") {
    net::ClientResponse response;
    response.status = status;
    response.headers.add("Content-Type", std::move(type));
    response.body = std::move(body);
    return response;
}

std::string failure(const net::ClientResponse& response, bool refresh_token_needed = true) {
    const auto result = read_token_answer(response, refresh_token_needed);
    const auto* failed = std::get_if<TokenFailure>(&result);
    return failed != nullptr ? failed->code : "none";
}

constexpr const char* good = R"({"access_token":"a","refresh_token":"r","token_type":"Bearer","expires_in":3600})";

TEST(TokenAnswer, holds_both_tokens_and_the_lifetime) {
    const auto result = read_token_answer(answer(good), true);
    const auto& tokens = std::get<TokenAnswer>(result);
    EXPECT_EQ(tokens.access_token, "a");
    EXPECT_EQ(tokens.refresh_token, "r");
    EXPECT_EQ(tokens.expires_in, 3600);
}

TEST(TokenAnswer, each_failure_has_its_fixed_code) {
    EXPECT_EQ(failure(answer("<html>", 200, "text/html")), "content_type");
    EXPECT_EQ(failure(answer("\xEF\xBB\xBF{}")), "json");
    EXPECT_EQ(failure(answer("[]")), "json");
    EXPECT_EQ(failure(answer(R"({"refresh_token":"r"})")), "missing_access_token");
    EXPECT_EQ(failure(answer(R"({"access_token":"a"})")), "missing_refresh_token");
    EXPECT_EQ(failure(answer(R"({"access_token":"a","refresh_token":"r","expires_in":"3600"})")), "bad_expires_in");
    EXPECT_EQ(failure(answer(R"({"access_token":"a","refresh_token":"r","expires_in":359})")), "expires_too_short");
    EXPECT_EQ(failure(answer(R"({"error":"invalid_grant"})", 400)), "oauth_error:invalid_grant");
    EXPECT_EQ(failure(answer("", 302)), "redirect");
    EXPECT_EQ(failure(answer("nope", 500)), "status");
}

TEST(TokenAnswer, a_refresh_may_come_without_a_refresh_token) {
    EXPECT_EQ(failure(answer(R"({"access_token":"a","expires_in":3600})"), false), "none");
}

TEST(TokenAnswer, only_a_clear_no_is_final) {
    const auto is_final = [](const net::ClientResponse& response) {
        return std::get<TokenFailure>(read_token_answer(response, true)).final;
    };
    EXPECT_TRUE(is_final(answer(R"({"error":"invalid_grant"})", 400)));
    EXPECT_FALSE(is_final(answer("", 503)));
    EXPECT_FALSE(is_final(answer("", 429)));
}

}  // namespace
}  // namespace symbolon::voice
