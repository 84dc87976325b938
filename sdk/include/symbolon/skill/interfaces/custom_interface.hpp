#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Gadgets with interfaces of their makers. Spec: Alexa Gadgets Toolkit, "CustomInterfaceController interface".
namespace symbolon::skill::custom_interface {

namespace json = boost::json;

struct Header {
    std::string namespace_ = {};
    std::string name = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Header, (), (namespace_, name))

struct Endpoint {
    std::string endpoint_id = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Endpoint, (), (endpoint_id))

struct Event {
    Header header = {};
    json::value payload = {};
    std::optional<Endpoint> endpoint = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Event, (), (header, payload, endpoint))

/// A request.
struct EventsReceived {
    static constexpr std::string_view type = "CustomInterfaceController.EventsReceived";
    std::string token = {};
    std::vector<Event> events = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(EventsReceived, (), (token, events))

/// A request: the event handler's time is over.
struct Expired {
    static constexpr std::string_view type = "CustomInterfaceController.Expired";
    std::string token = {};
    json::value expiration_payload = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Expired, (), (token, expiration_payload))

struct EventFilter {
    json::value filter_expression = {};    ///< of JsonLogic
    std::string filter_match_action = {};  ///< "SEND" or "SEND_AND_TERMINATE"
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(EventFilter, (), (filter_expression, filter_match_action))

struct Expiration {
    std::optional<std::int64_t> duration_in_milliseconds = {};
    json::value expiration_payload = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Expiration, (), (duration_in_milliseconds, expiration_payload))

struct StartEventHandler {
    static constexpr std::string_view type = "CustomInterfaceController.StartEventHandler";
    std::string token = {};
    std::optional<EventFilter> event_filter = {};
    std::optional<Expiration> expiration = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(StartEventHandler, (), (token, event_filter, expiration))

struct StopEventHandler {
    static constexpr std::string_view type = "CustomInterfaceController.StopEventHandler";
    std::string token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(StopEventHandler, (), (token))

struct SendDirective {
    static constexpr std::string_view type = "CustomInterfaceController.SendDirective";
    std::optional<Header> header = {};
    json::value payload = {};
    std::optional<Endpoint> endpoint = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SendDirective, (), (header, payload, endpoint))

}  // namespace symbolon::skill::custom_interface
