#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Tasks that one skill does for another, and the platform's own: purchases, printing, permissions.
/// Spec: Alexa Skills Kit, "Skill Connections", "In-skill purchasing".
namespace symbolon::skill::connections {

namespace json = boost::json;

struct Status {
    std::string code = {};  ///< an HTTP status, as text
    std::string message = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Status, (), (code, message))

enum class OnCompletion { resume_session, send_errors_only };
BOOST_DESCRIBE_ENUM(OnCompletion, resume_session, send_errors_only)

/// Starts a task, e.g. "connection://AMAZON.PrintPDF/1".
struct StartConnection {
    static constexpr std::string_view type = "Connections.StartConnection";
    std::string uri = {};
    std::optional<OnCompletion> on_completion = {};
    json::object input = {};
    std::string token = {};  ///< comes back with the SessionResumedRequest
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(StartConnection, (), (uri, on_completion, input, token))

/// Of in-skill purchasing: "Buy", "Upsell", "Cancel"; Amazon Pay: "Setup", "Charge".
struct SendRequest {
    static constexpr std::string_view type = "Connections.SendRequest";
    std::string name = {};
    json::object payload = {};
    std::string token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SendRequest, (), (name, payload, token))

struct SendResponse {
    static constexpr std::string_view type = "Connections.SendResponse";
    Status status = {};
    json::object payload = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SendResponse, (), (status, payload))

/// Ends a task that this skill does for another.
struct CompleteTask {
    static constexpr std::string_view type = "Tasks.CompleteTask";
    Status status = {};
    json::object result = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(CompleteTask, (), (status, result))

// Requests

struct ConnectionsRequest {
    static constexpr std::string_view type = "Connections.Request";
    std::string name = {};
    json::object payload = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ConnectionsRequest, (), (name, payload))

struct ConnectionsResponse {
    static constexpr std::string_view type = "Connections.Response";
    std::optional<Status> status = {};
    std::string name = {};
    json::object payload = {};
    std::string token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ConnectionsResponse, (), (status, name, payload, token))

/// Why a session goes on.
struct Cause {
    std::string type = {};  ///< "ConnectionCompleted"
    std::string token = {};
    std::optional<Status> status = {};
    json::value result = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Cause, (), (type, token, status, result))

/// The task that StartConnection began is done.
struct SessionResumed {
    static constexpr std::string_view type = "SessionResumedRequest";
    std::optional<Cause> cause = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SessionResumed, (), (cause))

}  // namespace symbolon::skill::connections
