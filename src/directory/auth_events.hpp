#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/shape/number.hpp"
#include "crypto/random.hpp"
#include "db/transaction.hpp"
#include "directory/shapes.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What users did, as threat protection keeps it (cognito-api.md §2.7, AuthEventType). The structs carry the wire
/// names: they are stored and shown as they are.
namespace symbolon::directory {

struct Pool;

BOOST_DEFINE_ENUM_CLASS(EventType, ForgotPassword, PasswordChange, ResendCode, SignIn, SignUp)
BOOST_DEFINE_ENUM_CLASS(EventResponseType, Fail, InProgress, Pass)
BOOST_DEFINE_ENUM_CLASS(EventChallengeName, Mfa, Password)
BOOST_DEFINE_ENUM_CLASS(EventChallengeResponse, Failure, Success)
BOOST_DEFINE_ENUM_CLASS(RiskDecisionType, AccountTakeover, Block, NoRisk)
BOOST_DEFINE_ENUM_CLASS(RiskLevelType, High, Low, Medium)
BOOST_DEFINE_ENUM_CLASS(FeedbackValueType, Invalid, Valid)

struct ChallengeResponseType {
    EventChallengeName ChallengeName{};
    EventChallengeResponse ChallengeResponse{};
};
BOOST_DESCRIBE_STRUCT(ChallengeResponseType, (), (ChallengeName, ChallengeResponse))

struct EventRiskType {
    RiskDecisionType RiskDecision = RiskDecisionType::NoRisk;
    std::optional<RiskLevelType> RiskLevel;
    bool CompromisedCredentialsDetected = false;
};
BOOST_DESCRIBE_STRUCT(EventRiskType, (), (RiskDecision, RiskLevel, CompromisedCredentialsDetected))

struct EventContextDataType {
    std::optional<std::string> IpAddress;
    std::optional<std::string> DeviceName;
    std::optional<std::string> Timezone;
    std::optional<std::string> City;
    std::optional<std::string> Country;
};
BOOST_DESCRIBE_STRUCT(EventContextDataType, (), (IpAddress, DeviceName, Timezone, City, Country))

struct EventFeedbackType {
    FeedbackValueType FeedbackValue{};
    std::string Provider;  ///< who said so: Admin | User
    std::optional<Timestamp> FeedbackDate;
};
BOOST_DESCRIBE_STRUCT(EventFeedbackType, (), (FeedbackValue, Provider, FeedbackDate))

/// AuthEventType but for its id.
struct AuthEventDetails {
    directory::EventType EventType{};
    Timestamp CreationDate;
    EventResponseType EventResponse{};
    EventRiskType EventRisk;
    std::vector<ChallengeResponseType> ChallengeResponses;
    EventContextDataType EventContextData;
    std::optional<EventFeedbackType> EventFeedback;
};
BOOST_DESCRIBE_STRUCT(AuthEventDetails, (),
                      (EventType, CreationDate, EventResponse, EventRisk, ChallengeResponses, EventContextData,
                       EventFeedback))

struct AuthEvent {
    PoolId pool_id;
    UserId user_id;
    std::string id;  ///< time-ordered
    AuthEventDetails details;
    std::string device = {};  ///< by which the person's device is known again; "": not known. It is never shown
};

/// True when threat protection watches the pool: AdvancedSecurityMode AUDIT or ENFORCED.
bool keeps_auth_events(const Pool& pool);
/// Fails: add_on_not_enabled "User pool add-ons are not enabled", when it does not.
void check_threat_protection(const Pool& pool);

/// The id of a new event, a version 7 UUID (RFC 9562 §5.7): later ones are greater.
std::string make_event_id(crypto::Random& random, Instant now);

/// The history of users, over one transaction: of each the last 100 events, for two years.
class AuthEvents {
public:
    static constexpr int most_of_a_user = 100;

    explicit AuthEvents(db::Transaction& tx) : tx_(tx) {}

    /// Stores an event; one of the same id is replaced. The oldest ones beyond most_of_a_user go.
    void put(const AuthEvent& event);
    std::optional<AuthEvent> find(const PoolId& pool, const UserId& user, std::string_view id);
    /// Latest first, those before the event `before` ("": from the latest on).
    std::vector<AuthEvent> list(const PoolId& pool, const UserId& user, std::string_view before, int limit);
    /// Rates an event. Fails: invalid_parameter "Event does not exist."
    void rate(const PoolId& pool, const UserId& user, std::string_view id, const EventFeedbackType& feedback);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
