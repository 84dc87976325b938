#pragma once

#include "symbolon/skill/access_token.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Events of a skill's life with a user. They come without a session, may be late, repeated and out of order, and are
/// sent again until they are answered with 200; nothing but an empty answer is allowed.
/// Spec: Alexa Skills Kit, "Skill events".
namespace symbolon::skill::skill_events {

namespace json = boost::json;

struct SkillEnabled {
    static constexpr std::string_view type = "AlexaSkillEvent.SkillEnabled";
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SkillEnabled, (), (event_creation_time, event_publishing_time))

struct SkillDisabledBody {
    std::string user_information_persistence_status = {};  ///< "PERSISTED" or "NOT_PERSISTED"
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SkillDisabledBody, (), (user_information_persistence_status))

/// The user id will not come again: a user who enables the skill later gets another.
struct SkillDisabled {
    static constexpr std::string_view type = "AlexaSkillEvent.SkillDisabled";
    std::optional<SkillDisabledBody> body = {};
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SkillDisabled, (), (body, event_creation_time, event_publishing_time))

struct AccountLinkedBody {
    std::optional<AccessToken> access_token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(AccountLinkedBody, (), (access_token))

struct SkillAccountLinked {
    static constexpr std::string_view type = "AlexaSkillEvent.SkillAccountLinked";
    AccountLinkedBody body = {};
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SkillAccountLinked, (), (body, event_creation_time, event_publishing_time))

struct Permission {
    std::string scope = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Permission, (), (scope))

struct PermissionBody {
    std::vector<Permission> accepted_permissions = {};
    std::vector<Permission> accepted_person_permissions = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PermissionBody, (), (accepted_permissions, accepted_person_permissions))

struct SkillPermissionAccepted {
    static constexpr std::string_view type = "AlexaSkillEvent.SkillPermissionAccepted";
    std::optional<PermissionBody> body = {};
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SkillPermissionAccepted, (), (body, event_creation_time, event_publishing_time))

/// The body lists all that is granted now; without one, nothing is.
struct SkillPermissionChanged {
    static constexpr std::string_view type = "AlexaSkillEvent.SkillPermissionChanged";
    std::optional<PermissionBody> body = {};
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SkillPermissionChanged, (), (body, event_creation_time, event_publishing_time))

struct ProactiveSubscription {
    std::string event_name = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ProactiveSubscription, (), (event_name))

struct ProactiveSubscriptionBody {
    std::vector<ProactiveSubscription> subscriptions = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ProactiveSubscriptionBody, (), (subscriptions))

struct ProactiveSubscriptionChanged {
    static constexpr std::string_view type = "AlexaSkillEvent.ProactiveSubscriptionChanged";
    std::optional<ProactiveSubscriptionBody> body = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ProactiveSubscriptionChanged, (), (body))

struct NotificationSubscription {
    std::string topic_id = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(NotificationSubscription, (), (topic_id))

struct NotificationSubscriptionBody {
    std::vector<NotificationSubscription> subscriptions = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(NotificationSubscriptionBody, (), (subscriptions))

struct NotificationSubscriptionChanged {
    static constexpr std::string_view type = "AlexaSkillEvent.NotificationSubscriptionChanged";
    std::optional<NotificationSubscriptionBody> body = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(NotificationSubscriptionChanged, (), (body))

}  // namespace symbolon::skill::skill_events
