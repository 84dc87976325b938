#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// Directives of the smart-home interface, and what may come back (voice-account-linking.md §3.4).

/// What every directive names.
struct DirectiveHead {
    std::string message_id;
    std::string correlation_token;
    std::string access_token;
};

boost::json::object discover_directive(const DirectiveHead& head);
/// `code`: of the platform's authorization server, for the event gateway.
boost::json::object accept_grant_directive(const DirectiveHead& head, const std::string& code);
/// A directive to one endpoint, as it was discovered. `instance`: "" for an interface that an endpoint has once.
boost::json::object endpoint_directive(const DirectiveHead& head, const boost::json::object& endpoint,
                                       std::string_view interface, std::string_view name, std::string_view instance,
                                       boost::json::object payload);

/// A skill's answer to a directive, read.
struct SmartHomeAnswer {
    std::string name;  ///< Response, StateReport, ErrorResponse, …
    boost::json::object payload;
    boost::json::array properties;  ///< of its context
    std::string error_type;         ///< of an ErrorResponse
    std::string problem;            ///< why the platform would refuse it; "" when it would not
};

/// Reads and checks the body of an answer with status 200 to `directive`.
SmartHomeAnswer read_smart_home_answer(std::string_view body, const boost::json::object& directive);

/// What is wrong with a discovered endpoint; "" when nothing is.
std::string endpoint_problem(const boost::json::object& endpoint);
/// What is wrong with the properties of a context or of a change report; "" when nothing is.
std::string properties_problem(const boost::json::array& properties);
/// What is wrong with an event that a skill sent to the event gateway; "" when nothing is.
std::string event_problem(const boost::json::object& event);

}  // namespace symbolon::voice
