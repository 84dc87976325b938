#include "signin/risk/signs.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>

namespace symbolon::signin {
namespace {

using directory::AuthEvent;
using directory::FeedbackValueType;

constexpr std::chrono::hours lately(1);
constexpr int some_failures = 3;
constexpr int many_failures = 10;

bool is_rated(const AuthEvent& event, FeedbackValueType value) {
    const auto& feedback = event.details.EventFeedback;
    return feedback && feedback->FeedbackValue == value;
}

/// A sign-in of which the user, or who answers for the user, thinks nothing bad.
bool is_trusted(const AuthEvent& event) {
    if (is_rated(event, FeedbackValueType::Valid)) return true;
    return event.details.EventType == directory::EventType::SignIn &&
           event.details.EventResponse == directory::EventResponseType::Pass &&
           !is_rated(event, FeedbackValueType::Invalid);
}

bool is_failure(const AuthEvent& event, Instant now) {
    const auto& answers = event.details.ChallengeResponses;
    return event.details.EventType == directory::EventType::SignIn &&
           event.details.CreationDate.instant > now - lately &&
           std::any_of(answers.begin(), answers.end(), [](const auto& answer) {
               return answer.ChallengeResponse == directory::EventChallengeResponse::Failure;
           });
}

/// What is known of addresses, or of devices.
struct Seen {
    std::set<std::string> trusted;
    std::set<std::string> reported;

    void note(const AuthEvent& event, const std::string& value) {
        if (value.empty()) return;
        if (is_trusted(event)) trusted.insert(value);
        if (is_rated(event, FeedbackValueType::Invalid)) reported.insert(value);
    }
    /// Who has failed so often that nothing else is left in the history does not make everything known by that.
    bool is_new(const std::string& value, bool history_is_full) const {
        if (value.empty()) return false;
        return trusted.empty() ? history_is_full : !trusted.contains(value);
    }
    bool is_reported(const std::string& value) const { return reported.contains(value) && !trusted.contains(value); }
};

}  // namespace

Signs find_signs(const std::vector<AuthEvent>& history, const Origin& origin, Instant now) {
    Seen networks;
    Seen devices;
    Signs signs;
    for (const auto& event : history) {
        networks.note(event, network_of(event.details.EventContextData.IpAddress.value_or("")));
        devices.note(event, event.device);
        if (is_failure(event, now)) ++signs.failures;
    }
    const bool full = history.size() >= directory::AuthEvents::most_of_a_user;
    const auto network = network_of(origin.address);
    signs.new_address = networks.is_new(network, full);
    signs.new_device = devices.is_new(origin.device, full);
    signs.reported = networks.is_reported(network) || devices.is_reported(origin.device);
    return signs;
}

std::optional<directory::RiskLevelType> score(const Signs& signs) {
    int points = (signs.new_address ? 1 : 0) + (signs.new_device ? 1 : 0) + (signs.reported ? 2 : 0);
    if (signs.failures >= many_failures)
        points += 2;
    else if (signs.failures >= some_failures)
        points += 1;
    if (points == 0) return std::nullopt;
    if (points == 1) return directory::RiskLevelType::Low;
    return points == 2 ? directory::RiskLevelType::Medium : directory::RiskLevelType::High;
}

}  // namespace symbolon::signin
