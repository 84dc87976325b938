#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What became of reminders that the skill set. Spec: Alexa Skills Kit, "Reminders events".
namespace symbolon::skill::reminders {

namespace json = boost::json;

struct ReminderBody {
    std::string alert_token = {};
    std::string status = {};  ///< "ON" or "COMPLETED"
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ReminderBody, (), (alert_token, status))

struct ReminderDeletedBody {
    std::vector<std::string> alert_tokens = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ReminderDeletedBody, (), (alert_tokens))

struct ReminderCreated {
    static constexpr std::string_view type = "Reminders.ReminderCreated";
    std::optional<ReminderBody> body = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ReminderCreated, (), (body))

struct ReminderStarted {
    static constexpr std::string_view type = "Reminders.ReminderStarted";
    std::optional<ReminderBody> body = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ReminderStarted, (), (body))

struct ReminderUpdated {
    static constexpr std::string_view type = "Reminders.ReminderUpdated";
    std::optional<ReminderBody> body = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ReminderUpdated, (), (body))

struct ReminderStatusChanged {
    static constexpr std::string_view type = "Reminders.ReminderStatusChanged";
    std::optional<ReminderBody> body = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ReminderStatusChanged, (), (body))

struct ReminderDeleted {
    static constexpr std::string_view type = "Reminders.ReminderDeleted";
    std::optional<ReminderDeletedBody> body = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ReminderDeleted, (), (body))

}  // namespace symbolon::skill::reminders
