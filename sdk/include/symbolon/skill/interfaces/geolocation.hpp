#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>

/// Where a device that moves is, when the user allows it. Spec: Alexa Skills Kit, "Location services".
namespace symbolon::skill::geolocation {

namespace json = boost::json;

enum class Access { enabled, disabled, unknown };
BOOST_DESCRIBE_ENUM(Access, enabled, disabled, unknown)

enum class Status { running, stopped };
BOOST_DESCRIBE_ENUM(Status, running, stopped)

struct LocationServices {
    std::optional<Access> access = {};
    std::optional<Status> status = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(LocationServices, (), (access, status))

struct Coordinate {
    std::optional<double> latitude_in_degrees = {};
    std::optional<double> longitude_in_degrees = {};
    std::optional<double> accuracy_in_meters = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Coordinate, (), (latitude_in_degrees, longitude_in_degrees, accuracy_in_meters))

struct Altitude {
    std::optional<double> altitude_in_meters = {};
    std::optional<double> accuracy_in_meters = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Altitude, (), (altitude_in_meters, accuracy_in_meters))

struct Heading {
    std::optional<double> direction_in_degrees = {};
    std::optional<double> accuracy_in_degrees = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Heading, (), (direction_in_degrees, accuracy_in_degrees))

struct Speed {
    std::optional<double> speed_in_meters_per_second = {};
    std::optional<double> accuracy_in_meters_per_second = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Speed, (), (speed_in_meters_per_second, accuracy_in_meters_per_second))

/// `context.Geolocation`.
struct State {
    std::string timestamp = {};  ///< ISO 8601, of the measurement
    std::optional<Coordinate> coordinate = {};
    std::optional<Altitude> altitude = {};
    std::optional<Heading> heading = {};
    std::optional<Speed> speed = {};
    std::optional<LocationServices> location_services = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(State, (), (timestamp, coordinate, altitude, heading, speed, location_services))

}  // namespace symbolon::skill::geolocation
