#include "signin/log_lines.hpp"

#include "base/shape/choice.hpp"
#include "directory/log_lines.hpp"
#include "directory/users.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>

namespace symbolon::signin {
namespace {

namespace json = boost::json;

/// `Wed Jul 17 17:25:55 UTC 2024`, as the service writes dates in its logs.
std::string to_log_date(Instant time) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(midnight);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - midnight));
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%s %s %02u %02d:%02d:%02d UTC %d",
                  days.at(std::chrono::weekday(midnight).c_encoding()),
                  months.at(static_cast<unsigned>(date.month()) - 1), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(date.year()));
    return text.data();
}

std::string_view to_text(bool truth) {
    return truth ? "true" : "false";
}

/// The service's own word for NoRisk in its logs.
std::string_view to_log_word(directory::RiskDecisionType decision) {
    return decision == directory::RiskDecisionType::NoRisk ? "PASS" : to_name(decision);
}

json::array to_json(const std::vector<directory::ChallengeResponseType>& answers) {
    json::array out;
    for (const auto& [name, response] : answers)
        out.push_back(json::object{{"challengeName", to_name(name)}, {"challengeResponse", to_name(response)}});
    return out;
}

json::object message_of(const directory::AuthEvent& event, const LoggedWith& with, const std::string& username) {
    const auto& details = event.details;
    const auto& context = details.EventContextData;
    const auto& feedback = details.EventFeedback;
    const auto date = feedback ? feedback->FeedbackDate : std::nullopt;
    return {{"version", "1"},
            {"eventId", event.id},
            {"eventType", to_name(details.EventType)},
            {"userSub", event.user_id.str()},
            {"userName", username},
            {"userPoolId", event.pool_id.str()},
            {"clientId", with.client_id},
            {"creationDate", to_log_date(details.CreationDate.instant)},
            {"eventResponse", to_name(details.EventResponse)},
            {"riskLevel", details.EventRisk.RiskLevel ? to_name(*details.EventRisk.RiskLevel) : std::string_view()},
            {"riskDecision", to_log_word(details.EventRisk.RiskDecision)},
            {"challenges", to_json(details.ChallengeResponses)},
            {"deviceName", context.DeviceName.value_or("")},
            {"ipAddress", context.IpAddress.value_or("")},
            {"requestId", with.request_id},
            {"idpName", ""},
            {"compromisedCredentialDetected", to_text(details.EventRisk.CompromisedCredentialsDetected)},
            {"city", context.City.value_or("")},
            {"country", context.Country.value_or("")},
            {"eventFeedbackValue", feedback ? to_name(feedback->FeedbackValue) : std::string_view()},
            {"eventFeedbackDate", date ? to_log_date(date->instant) : std::string()},
            {"eventFeedbackProvider", feedback ? feedback->Provider : std::string()},
            {"hasContextData", to_text(context.IpAddress || context.DeviceName)}};
}

json::object envelope(std::string_view source, std::string_view level, json::object message, const PoolId& pool,
                      Instant now) {
    return {{"eventTimestamp", std::to_string(to_ms(now))},
            {"eventSource", source},
            {"logLevel", level},
            {"message", std::move(message)},
            {"logSourceId", json::object{{"userPoolId", pool.str()}}}};
}

void put(db::Transaction& tx, crypto::Random& random, const PoolId& pool, std::string destination,
         const json::object& line, Instant now) {
    directory::LogLines(tx).put({.pool_id = pool,
                                 .line_id = directory::make_event_id(random, now),
                                 .destination = std::move(destination),
                                 .line = json::serialize(line)},
                                now);
}

}  // namespace

void log_event(Services& services, db::Transaction& tx, const directory::AuthEvent& event, const LoggedWith& with,
               Instant now) {
    if (!services.delivers_logs) return;
    auto destination = directory::find_log_destination(tx, event.pool_id, directory::EventSourceName::userAuthEvents);
    if (!destination) return;
    const auto user = directory::Users(tx).find(event.pool_id, event.user_id);
    auto message = message_of(event, with, user ? user->username : std::string());
    const auto line = envelope("USER_ACTIVITY", "INFO", std::move(message), event.pool_id, now);
    put(tx, services.random, event.pool_id, std::move(*destination), line, now);
}

void log_failed_message(db::Transaction& tx, crypto::Random& random, const messaging::FailedSend& failed, Instant now) {
    auto destination =
        directory::find_log_destination(tx, failed.pool_id, directory::EventSourceName::userNotification);
    if (!destination) return;
    const json::object details{{"channel", failed.channel}, {"purpose", failed.purpose}, {"userName", failed.username},
                               {"reason", failed.reason},   {"tries", failed.tries},     {"givenUp", failed.given_up}};
    const auto line = envelope("USER_NOTIFICATION", "ERROR", json::object{{"details", json::serialize(details)}},
                               failed.pool_id, now);
    put(tx, random, failed.pool_id, std::move(*destination), line, now);
}

}  // namespace symbolon::signin
