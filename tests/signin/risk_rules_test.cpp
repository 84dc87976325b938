// What is unusual about a sign-in, what that comes to, and what a pool does about it: all without a database.
#include "base/encoding.hpp"
#include "signin/risk/notice.hpp"
#include "signin/risk/origin.hpp"
#include "signin/risk/response.hpp"
#include "signin/risk/signs.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <vector>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using directory::AccountTakeoverEventActionType;
using directory::AuthEvent;
using directory::EventResponseType;
using directory::FeedbackValueType;
using directory::RiskLevelType;

constexpr Instant evening{1'800'000'000'000ms};
const PoolId pool_id("us-east-1_Tutorial1");

constexpr std::string_view chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
constexpr std::string_view newer_chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36";
constexpr std::string_view firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

AuthEvent event(const Origin& origin, EventResponseType response = EventResponseType::Pass,
                Instant at = evening - 24h) {
    AuthEvent out;
    out.details.EventType = directory::EventType::SignIn;
    out.details.EventResponse = response;
    out.details.CreationDate = at;
    if (!origin.address.empty()) out.details.EventContextData.IpAddress = origin.address;
    out.device = origin.device;
    if (response == EventResponseType::Fail)
        out.details.ChallengeResponses = {
            {directory::EventChallengeName::Password, directory::EventChallengeResponse::Failure}};
    return out;
}

AuthEvent rated(AuthEvent out, FeedbackValueType value) {
    out.details.EventFeedback = {value, "User", Timestamp(evening)};
    return out;
}

const Origin home{.address = "192.0.2.1", .device = "Chrome|Windows", .device_name = {}, .timezone = {}};
const Origin elsewhere{.address = "198.51.100.9", .device = "Firefox|Linux", .device_name = {}, .timezone = {}};

TEST(Signs, nothing_is_new_to_who_has_no_past) {
    EXPECT_EQ(find_signs({}, home, evening), Signs{});
    EXPECT_EQ(find_signs({event(elsewhere, EventResponseType::InProgress)}, home, evening), Signs{})
        << "only what went to the end is known";
}

TEST(Signs, tell_a_new_address_and_a_new_device) {
    const std::vector history{event(home)};
    EXPECT_EQ(find_signs(history, home, evening), Signs{});
    EXPECT_EQ(find_signs(history, elsewhere, evening), (Signs{.new_address = true, .new_device = true}));
    EXPECT_EQ(find_signs(history, {home.address, elsewhere.device, {}, {}}, evening), (Signs{.new_device = true}));
    EXPECT_EQ(find_signs(history, {elsewhere.address, home.device, {}, {}}, evening), (Signs{.new_address = true}));
    EXPECT_EQ(find_signs(history, {}, evening), Signs{}) << "nothing is known of who asks";
}

TEST(Signs, take_the_addresses_of_one_ipv6_network_for_one) {
    const std::vector history{event({"2001:db8:1:2:aaaa::1", "", {}, {}})};
    EXPECT_FALSE(find_signs(history, {"2001:db8:1:2:bbbb:cccc::2", "", {}, {}}, evening).new_address);
    EXPECT_TRUE(find_signs(history, {"2001:db8:1:3::1", "", {}, {}}, evening).new_address);
}

TEST(Signs, go_by_what_was_said_of_a_sign_in) {
    const auto blocked = rated(event(elsewhere, EventResponseType::Fail), FeedbackValueType::Valid);
    EXPECT_EQ(find_signs({event(home), blocked}, elsewhere, evening), Signs{}) << "Valid makes it known";
    const auto stolen = rated(event(elsewhere), FeedbackValueType::Invalid);
    EXPECT_EQ(find_signs({event(home), stolen}, elsewhere, evening),
              (Signs{.new_address = true, .new_device = true, .reported = true}))
        << "Invalid makes it unknown again";
    EXPECT_FALSE(find_signs({event(home), stolen}, home, evening).reported);
}

TEST(Signs, count_the_failures_of_the_last_hour) {
    std::vector<AuthEvent> history{event(home)};
    for (int i = 0; i < 4; ++i) history.push_back(event(elsewhere, EventResponseType::Fail, evening - 10min));
    history.push_back(event(elsewhere, EventResponseType::Fail, evening - 1h));
    auto refused = event(elsewhere, EventResponseType::Fail, evening - 1min);
    refused.details.ChallengeResponses.clear();
    history.push_back(refused);
    EXPECT_EQ(find_signs(history, home, evening).failures, 4) << "what was blocked after a right password is none";
}

TEST(Signs, are_not_wiped_out_by_failing_until_nothing_else_is_kept) {
    const std::vector<AuthEvent> full(directory::AuthEvents::most_of_a_user,
                                      event(elsewhere, EventResponseType::Fail, evening - 48h));
    EXPECT_EQ(find_signs(full, elsewhere, evening), (Signs{.new_address = true, .new_device = true}));
}

TEST(Score, goes_from_nothing_to_high) {
    EXPECT_EQ(score({}), std::nullopt);
    EXPECT_EQ(score({.failures = 2}), std::nullopt);
    EXPECT_EQ(score({.failures = 3}), RiskLevelType::Low);
    EXPECT_EQ(score({.new_address = true}), RiskLevelType::Low);
    EXPECT_EQ(score({.new_device = true}), RiskLevelType::Low);
    EXPECT_EQ(score({.new_address = true, .new_device = true}), RiskLevelType::Medium);
    EXPECT_EQ(score({.new_device = true, .failures = 9}), RiskLevelType::Medium);
    EXPECT_EQ(score({.failures = 10}), RiskLevelType::Medium);
    EXPECT_EQ(score({.new_address = true, .new_device = true, .failures = 3}), RiskLevelType::High);
    EXPECT_EQ(score({.new_address = true, .reported = true}), RiskLevelType::High);
}

directory::RiskContent takeover(AccountTakeoverEventActionType action, bool notify = false) {
    directory::RiskContent content;
    content.AccountTakeoverRiskConfiguration.emplace().Actions.MediumAction =
        directory::AccountTakeoverActionType{notify, action};
    return content;
}

TEST(Response, is_what_is_configured_for_the_level) {
    using enum AccountTakeoverEventActionType;
    const Findings medium{.level = RiskLevelType::Medium};
    const auto action = [&](AccountTakeoverEventActionType configured) {
        return respond(takeover(configured), Protection::enforced, medium).action;
    };
    EXPECT_EQ(action(BLOCK), RiskAction::block);
    EXPECT_EQ(action(MFA_IF_CONFIGURED), RiskAction::second_factor_if_possible);
    EXPECT_EQ(action(MFA_REQUIRED), RiskAction::second_factor);
    EXPECT_EQ(action(NO_ACTION), RiskAction::none);
    EXPECT_TRUE(respond(takeover(NO_ACTION, true), Protection::enforced, medium).notify);
    const auto high = respond(takeover(BLOCK, true), Protection::enforced, {.level = RiskLevelType::High});
    EXPECT_EQ(high, (Risk{.level = RiskLevelType::High})) << "nothing is configured for that";
}

TEST(Response, is_to_record_only_where_the_pool_audits) {
    auto content = takeover(AccountTakeoverEventActionType::BLOCK, true);
    content.CompromisedCredentialsRiskConfiguration.emplace().Actions.EventAction =
        directory::CompromisedCredentialsEventActionType::BLOCK;
    const Findings found{.level = RiskLevelType::Medium, .compromised = true, .blocked_address = true};
    EXPECT_EQ(respond(content, Protection::audit, found), (Risk{.level = RiskLevelType::Medium, .compromised = true}));
    EXPECT_EQ(respond(content, Protection::enforced, found).action, RiskAction::block);
}

TEST(Response, to_a_leaked_password_comes_before_that_to_the_level) {
    auto content = takeover(AccountTakeoverEventActionType::NO_ACTION, true);
    content.CompromisedCredentialsRiskConfiguration.emplace().Actions.EventAction =
        directory::CompromisedCredentialsEventActionType::BLOCK;
    const Findings found{.level = RiskLevelType::Medium, .compromised = true};
    EXPECT_EQ(respond(content, Protection::enforced, found).action, RiskAction::reset_password);
    content.CompromisedCredentialsRiskConfiguration->Actions.EventAction =
        directory::CompromisedCredentialsEventActionType::NO_ACTION;
    EXPECT_EQ(respond(content, Protection::enforced, found).action, RiskAction::none);
}

TEST(Response, checks_passwords_on_the_occasions_that_are_named_or_on_all) {
    using enum directory::EventFilterType;
    directory::RiskContent content;
    EXPECT_TRUE(checks_passwords(content, SIGN_UP));
    auto& configured = content.CompromisedCredentialsRiskConfiguration.emplace();
    EXPECT_TRUE(checks_passwords(content, SIGN_UP));
    configured.EventFilter = List<directory::EventFilterType>{SIGN_IN, PASSWORD_CHANGE};
    EXPECT_FALSE(checks_passwords(content, SIGN_UP));
    EXPECT_TRUE(checks_passwords(content, SIGN_IN));
    EXPECT_TRUE(checks_passwords(content, PASSWORD_CHANGE));
}

TEST(Response, knows_address_blocks_of_both_families) {
    const directory::IpRangeList ranges{"10.0.0.0/8", "203.0.113.7/32", "2001:db8::/32"};
    for (const char* address : {"10.1.2.3", "203.0.113.7", "2001:db8:ffff::1", "::ffff:10.1.2.3"})
        EXPECT_TRUE(is_in(ranges, address)) << address;
    for (const char* address : {"11.0.0.1", "203.0.113.8", "2001:db9::1", "", "10.0.0.0/8", "localhost"})
        EXPECT_FALSE(is_in(ranges, address)) << address;
    EXPECT_FALSE(is_in(std::nullopt, "10.1.2.3"));
}

TEST(Response, is_told_to_the_history) {
    using enum directory::RiskDecisionType;
    EXPECT_EQ(to_event_risk({}, false).RiskDecision, NoRisk);
    EXPECT_EQ(to_event_risk({.level = RiskLevelType::Low}, false).RiskDecision, AccountTakeover);
    EXPECT_EQ(to_event_risk({.level = RiskLevelType::Low}, true).RiskDecision, Block);
    EXPECT_TRUE(to_event_risk({.compromised = true}, true).CompromisedCredentialsDetected);
}

std::string fingerprint(const boost::json::object& context, std::string_view of_pool = "us-east-1_Tutorial1") {
    const boost::json::object payload{{"contextData", context}, {"userPoolId", of_pool}, {"username", "jane"}};
    const boost::json::object outer{
        {"payload", boost::json::serialize(payload)}, {"signature", "c2ln"}, {"version", "JS20171115"}};
    return to_base64(bytes_of(boost::json::serialize(outer)));
}

Origin seen(std::string_view user_agent, std::string encoded = {}) {
    return origin_of({.address = "192.0.2.1",
                      .browser = {},
                      .user_agent = std::string(user_agent),
                      .fingerprint = std::move(encoded)},
                     pool_id);
}

TEST(OriginTest, names_browser_and_system_and_knows_them_again_in_their_next_version) {
    EXPECT_EQ(name_device(chrome), "Chrome 126, Windows 10");
    EXPECT_EQ(name_device(firefox), "Firefox 128, Linux");
    EXPECT_EQ(name_device("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
                          "Gecko) Version/17.5 Mobile/15E148 Safari/604.1"),
              "Safari 17, iOS 17");
    EXPECT_EQ(name_device("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 "
                          "Edg/126.0"),
              "Edge 126, Windows 10");
    EXPECT_EQ(name_device("aws-sdk-js/3.8 os/linux"), "Other, Other");
    EXPECT_EQ(name_device(""), "");
    EXPECT_EQ(seen(chrome).device, seen(newer_chrome).device);
    EXPECT_NE(seen(chrome).device, seen(firefox).device);
    EXPECT_EQ(seen("").device, "");
}

TEST(OriginTest, takes_the_fingerprint_of_this_pool) {
    const auto encoded = fingerprint({{"DeviceId", "abc"}, {"UserAgent", firefox}, {"ClientTimezone", "-07:00"}});
    const auto with = seen(chrome, encoded);
    EXPECT_EQ(with.device_name, "Firefox 128, Linux");
    EXPECT_EQ(with.timezone, "-07:00");
    EXPECT_TRUE(with.device.starts_with("id:"));
    EXPECT_EQ(with.device.find("abc"), std::string::npos);
    EXPECT_EQ(seen("", fingerprint({{"DeviceName", "Pixel 8"}})).device_name, "Pixel 8");
}

TEST(OriginTest, does_without_a_fingerprint_that_is_not_one) {
    const auto without = seen(chrome);
    const auto none = [&](const std::string& encoded) {
        const auto origin = seen(chrome, encoded);
        return origin.device == without.device && origin.device_name == without.device_name && origin.timezone.empty();
    };
    EXPECT_TRUE(none("%%%"));
    EXPECT_TRUE(none(to_base64(bytes_of(std::string_view("[]")))));
    EXPECT_TRUE(none(to_base64(bytes_of(std::string_view(R"({"payload": 7})")))));
    EXPECT_TRUE(none(to_base64(bytes_of(std::string_view(R"({"payload": "{\"userPoolId\": 1}"})")))));
    EXPECT_TRUE(none(fingerprint({{"DeviceId", "abc"}}, "us-east-1_Another12"))) << "of another pool";
    EXPECT_TRUE(none(fingerprint({{"DeviceId", std::string(20000, 'a')}}))) << "too large";
    EXPECT_TRUE(none(fingerprint({{"DeviceId", 7}, {"ClientTimezone", "a\nb"}})));
    EXPECT_TRUE(none(to_base64(bytes_of(std::string(3000, '[')))));
}

TEST(OriginTest, of_an_administrators_server_is_not_that_of_the_person) {
    const Caller caller{.address = "192.0.2.1", .browser = {}, .user_agent = "server", .speaks_for_another = true};
    EXPECT_TRUE(origin_of(caller, pool_id).empty());
}

TEST(Placeholders, are_filled_in_where_the_template_has_them) {
    EXPECT_EQ(fill_placeholders("{a} {b} {c", {{"a", "{b}"}, {"b", "2"}}), "{b} 2 {c");
    EXPECT_EQ(fill_placeholders("{####} {unknown} {}{a}}", {{"a", "1"}}), "{####} {unknown} {}1}");
    EXPECT_EQ(fill_placeholders("", {}), "");
}

}  // namespace
}  // namespace symbolon::signin
