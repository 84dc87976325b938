#include "symbolon/skill/platform_api.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::skill {
namespace {

/// The platform, with one answer for everything.
struct Platform {
    HttpResponse answer;
    std::vector<FetchRequest> asked;

    PlatformApi api() {
        return PlatformApi({.fetch = [this](const FetchRequest& request) {
            asked.push_back(request);
            if (answer.status == 0) throw FetchError("no answer");
            return answer;
        }});
    }
};

Input input(std::string_view endpoint = "https://api.eu.test", std::string_view token = "api-token") {
    return Input(RequestEnvelope::parse(
        {{"context",
          {{"System", {{"apiEndpoint", endpoint}, {"apiAccessToken", token}, {"device", {{"deviceId", "d/1?"}}}}}}},
         {"request", {{"type", "LaunchRequest"}, {"requestId", "r-1"}}}}));
}

ApiFailure failure(const std::function<void()>& call) {
    try {
        call();
    } catch (const ApiError& error) {
        return error.failure();
    }
    ADD_FAILURE() << "did not fail";
    return {};
}

TEST(PlatformApi, reads_the_devices_address) {
    Platform platform{{200, {}, R"({"addressLine1":"1 Main St","addressLine2":null,"city":"Berlin","postalCode":"10115",
                                    "countryCode":"DE","tomorrow":1})"},
                      {}};
    const auto address = platform.api().device_address(input());
    EXPECT_EQ(address.address_line1, "1 Main St");
    EXPECT_EQ(address.address_line2, "");
    EXPECT_EQ(address.country_code, "DE");
    EXPECT_EQ(address.unknown.at("tomorrow"), 1);
    ASSERT_EQ(platform.asked.size(), 1U);
    EXPECT_EQ(platform.asked[0].url, "https://api.eu.test/v1/devices/d%2F1%3F/settings/address");
    EXPECT_EQ(platform.asked[0].headers[0], (std::pair<std::string, std::string>{"Authorization", "Bearer api-token"}));
    platform.api().country_and_postal_code(input());
    EXPECT_EQ(platform.asked[1].url, "https://api.eu.test/v1/devices/d%2F1%3F/settings/address/countryAndPostalCode");
}

TEST(PlatformApi, reads_profiles_of_accounts_and_persons) {
    Platform platform{{200, {}, R"("Eva")"}, {}};
    const auto asked = [&] { return platform.asked.back().url.substr(std::string_view("https://api.eu.test").size()); };
    EXPECT_EQ(platform.api().name(input()), "Eva");
    EXPECT_EQ(asked(), "/v2/accounts/~current/settings/Profile.name");
    EXPECT_EQ(platform.api().given_name(input(), Whose::person), "Eva");
    EXPECT_EQ(asked(), "/v2/persons/~current/profile/givenName");
    EXPECT_EQ(platform.api().email(input()), "Eva");
    EXPECT_EQ(asked(), "/v2/accounts/~current/settings/Profile.email");
    EXPECT_EQ(platform.api().time_zone(input()), "Eva");
    EXPECT_EQ(asked(), "/v2/devices/d%2F1%3F/settings/System.timeZone");
    platform.answer.body = R"({"countryCode":"+1","phoneNumber":"5555550123"})";
    EXPECT_EQ(platform.api().mobile_number(input())->phone_number, "5555550123");
    platform.answer = {204, {}, ""};
    EXPECT_FALSE(platform.api().name(input()));
    EXPECT_FALSE(platform.api().mobile_number(input()));
    EXPECT_EQ(platform.api().device_address(input()).city, "");
}

TEST(PlatformApi, says_something_meanwhile) {
    Platform platform{{204, {}, ""}, {}};
    platform.api().say_meanwhile(input(), "One moment.");
    EXPECT_EQ(platform.asked[0].method, "POST");
    EXPECT_EQ(platform.asked[0].url, "https://api.eu.test/v1/directives");
    EXPECT_EQ(json::parse(platform.asked[0].body), json::parse(R"({"header":{"requestId":"r-1"},
        "directive":{"type":"VoicePlayer.Speak","speech":"<speak>One moment.</speak>"}})"));
}

TEST(PlatformApi, tells_failures_apart) {
    Platform platform;
    const auto ask = [&] { platform.api().name(input()); };
    const auto with_status = [&](int status) {
        platform.answer = {status, {}, "{}"};
        return failure(ask);
    };
    EXPECT_EQ(with_status(401), ApiFailure::unauthorized);
    EXPECT_EQ(with_status(403), ApiFailure::no_permission);
    EXPECT_EQ(with_status(404), ApiFailure::not_found);
    EXPECT_EQ(with_status(429), ApiFailure::limited);
    EXPECT_EQ(with_status(500), ApiFailure::unavailable);
    EXPECT_EQ(with_status(302), ApiFailure::unavailable);
    EXPECT_EQ(with_status(0), ApiFailure::unavailable);
    for (const auto* body : {"<html>", "{}", "7"}) {
        platform.answer = {200, {}, body};
        EXPECT_EQ(failure(ask), ApiFailure::unavailable) << body;
    }
    platform.answer = {200, {}, R"("x")"};
    EXPECT_EQ(failure([&] { platform.api().device_address(input()); }), ApiFailure::unavailable);
}

TEST(PlatformApi, sends_its_token_nowhere_but_to_a_safe_address) {
    Platform platform{{200, {}, R"("x")"}, {}};
    for (const auto* endpoint : {"http://api.eu.test", "", "ftp://x", "http://127.0.0.1.evil.test:80", "//x",
                                 "https://", "http://127.0.0.1:80@evil.test", "https://api.test/?", "https://a@b"}) {
        EXPECT_EQ(failure([&] { platform.api().name(input(endpoint)); }), ApiFailure::unavailable) << endpoint;
    }
    EXPECT_EQ(failure([&] { platform.api().name(input("https://api.eu.test", "")); }), ApiFailure::unauthorized);
    EXPECT_TRUE(platform.asked.empty());
    EXPECT_EQ(platform.api().name(input("http://127.0.0.1:8500")), "x") << "a local assistant";
}

TEST(PlatformApi, needs_a_device_for_a_devices_settings) {
    Platform platform;
    const Input in(
        RequestEnvelope::parse({{"context", {{"System", {{"apiEndpoint", "https://a"}, {"apiAccessToken", "t"}}}}},
                                {"request", {{"type", "LaunchRequest"}}}}));
    EXPECT_EQ(failure([&] { platform.api().device_address(in); }), ApiFailure::not_found);
}

}  // namespace
}  // namespace symbolon::skill
