#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Spec: Alexa Skills Kit, "System interface".
namespace symbolon::skill::system_exception {

namespace json = boost::json;

struct Error {
    std::string type = {};  ///< "INVALID_RESPONSE", "DEVICE_COMMUNICATION_ERROR" or "INTERNAL_SERVICE_ERROR"
    std::string message = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Error, (), (type, message))

struct Cause {
    std::string request_id = {};  ///< of the request whose answer was wrong
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Cause, (), (request_id))

/// The platform could not use an answer; whatever is answered to this is dropped.
struct ExceptionEncountered {
    static constexpr std::string_view type = "System.ExceptionEncountered";
    std::optional<Error> error = {};
    std::optional<Cause> cause = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ExceptionEncountered, (), (error, cause))

}  // namespace symbolon::skill::system_exception
