// What pools' logs say (SetLogDeliveryConfiguration), in the shapes that the service documents.
#include "signin/log_lines.hpp"

#include "directory/log_lines.hpp"
#include "directory/pools.hpp"
#include "signin/events.hpp"
#include "signin/house.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <string>
#include <vector>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using boost::json::object;
using directory::EventSourceName;

constexpr std::string_view group = "arn:aws:logs:us-east-1:000000000000:log-group:a";

class LogLinesTest : public House {
protected:
    LogLinesTest() {
        services.delivers_logs = true;
        require_mfa(directory::UserPoolMfaType::OFF);
        change_pool([](directory::Pool& changed) {
            changed.settings.UserPoolAddOns.emplace().AdvancedSecurityMode = directory::AdvancedSecurityModeType::AUDIT;
        });
        caller.user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
        caller.request_id = "request-1";
    }
    void deliver(EventSourceName source, directory::LogLevel level) {
        directory::LogConfigurationType one;
        one.LogLevel = level;
        one.EventSource = source;
        one.CloudWatchLogsConfiguration.emplace().LogGroupArn = group;
        run(db->write([&](db::Transaction& tx) {
            directory::LogDelivery(tx).put(pool->id, directory::LogConfigurations{one}, clock.now());
        }));
    }
    void deliver_events() { deliver(EventSourceName::userAuthEvents, directory::LogLevel::INFO); }
    std::vector<object> take() {
        std::vector<object> out;
        for (const auto& line : run(db->write([](db::Transaction& tx) { return directory::LogLines(tx).take(100); }))) {
            EXPECT_EQ(line.destination, group);
            EXPECT_EQ(line.line.find('\n'), std::string::npos);
            EXPECT_EQ(line.line.find(good), std::string::npos) << "no secret";
            out.push_back(boost::json::parse(line.line).as_object());
        }
        return out;
    }
    static std::string text(const object& in, std::string_view name) { return std::string(in.at(name).as_string()); }
};

TEST_F(LogLinesTest, tell_of_a_sign_in_in_the_services_words) {
    const auto id = add_user();
    deliver_events();
    clock.set(from_ms(1'721'237'155'000));
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    const auto lines = take();
    ASSERT_EQ(lines.size(), 1U);
    const auto& line = lines[0];
    EXPECT_EQ(text(line, "eventTimestamp"), "1721237155000");
    EXPECT_EQ(text(line, "eventSource"), "USER_ACTIVITY");
    EXPECT_EQ(text(line, "logLevel"), "INFO");
    EXPECT_EQ(line.at("logSourceId"), (object{{"userPoolId", pool->id.str()}}));
    const auto& message = line.at("message").as_object();
    const object expected{{"version", "1"},
                          {"eventId", message.at("eventId")},
                          {"eventType", "SignIn"},
                          {"userSub", id.str()},
                          {"userName", id.str()},
                          {"userPoolId", pool->id.str()},
                          {"clientId", client->id.str()},
                          {"creationDate", "Wed Jul 17 17:25:55 UTC 2024"},
                          {"eventResponse", "Pass"},
                          {"riskLevel", ""},
                          {"riskDecision", "PASS"},
                          {"challenges", {{{"challengeName", "Password"}, {"challengeResponse", "Success"}}}},
                          {"deviceName", "Firefox 128, Linux"},
                          {"ipAddress", "192.0.2.1"},
                          {"requestId", "request-1"},
                          {"idpName", ""},
                          {"compromisedCredentialDetected", "false"},
                          {"city", ""},
                          {"country", ""},
                          {"eventFeedbackValue", ""},
                          {"eventFeedbackDate", ""},
                          {"eventFeedbackProvider", ""},
                          {"hasContextData", "true"}};
    EXPECT_EQ(message, expected);
}

TEST_F(LogLinesTest, tell_of_failures_and_of_feedback_too) {
    const auto id = add_user();
    deliver_events();
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    const auto failed = take();
    ASSERT_EQ(failed.size(), 1U);
    const auto& message = failed[0].at("message").as_object();
    EXPECT_EQ(text(message, "eventResponse"), "Fail");
    run(db->write([&](db::Transaction& tx) {
        rate_event(services, tx, *pool, id, text(message, "eventId"), directory::FeedbackValueType::Invalid, "Admin",
                   clock.now());
    }));
    const auto rated = take();
    ASSERT_EQ(rated.size(), 1U);
    EXPECT_EQ(text(rated[0].at("message").as_object(), "eventFeedbackValue"), "Invalid");
    EXPECT_EQ(text(rated[0].at("message").as_object(), "eventFeedbackProvider"), "Admin");
}

TEST_F(LogLinesTest, are_made_only_where_somebody_wants_them) {
    add_user();
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_TRUE(take().empty()) << "the pool did not ask for them";
    deliver(EventSourceName::userNotification, directory::LogLevel::ERROR);
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_TRUE(take().empty()) << "it asked for others";
    deliver_events();
    services.delivers_logs = false;
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_TRUE(take().empty()) << "nobody would take them";
}

TEST_F(LogLinesTest, are_not_there_when_what_they_tell_of_is_rolled_back) {
    const auto id = add_user();
    deliver_events();
    const Happening happening{.type = directory::EventType::SignIn, .response = directory::EventResponseType::Pass};
    EXPECT_THROW(run(db->write([&](db::Transaction& tx) {
                     record_event(services, tx, *pool, id, happening, caller, clock.now());
                     throw Error{Errc::internal};
                 })),
                 Error);
    EXPECT_TRUE(take().empty());
}

TEST_F(LogLinesTest, tell_of_a_message_that_could_not_be_sent_without_its_code_and_number) {
    deliver(EventSourceName::userNotification, directory::LogLevel::ERROR);
    const messaging::FailedSend failed{.pool_id = pool->id,
                                       .channel = "sms",
                                       .purpose = "sign_up",
                                       .username = "jane",
                                       .reason = "the provider is down",
                                       .tries = 2};
    run(db->write([&](db::Transaction& tx) { log_failed_message(tx, random, failed, clock.now()); }));
    const auto lines = take();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(text(lines[0], "eventSource"), "USER_NOTIFICATION");
    EXPECT_EQ(text(lines[0], "logLevel"), "ERROR");
    const auto details = boost::json::parse(text(lines[0].at("message").as_object(), "details")).as_object();
    EXPECT_EQ(details, (object{{"channel", "sms"},
                               {"purpose", "sign_up"},
                               {"userName", "jane"},
                               {"reason", "the provider is down"},
                               {"tries", 2},
                               {"givenUp", false}}));
}

}  // namespace
}  // namespace symbolon::signin
