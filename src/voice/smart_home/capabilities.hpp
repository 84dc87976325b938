#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace symbolon::voice {

/// What a directive carries in its payload.
enum class PayloadKind {
    none,
    number,       ///< of Control::member, between Control::least and most
    temperature,  ///< {"value": number, "scale": "CELSIUS"}
    text,
    flag,
    color,  ///< hue, saturation, brightness
};

/// One thing that a person can tell a device.
struct Control {
    std::string_view interface;  ///< "Alexa.PowerController"
    std::string_view directive;  ///< "TurnOn"
    std::string_view label;      ///< what a button says
    PayloadKind kind = PayloadKind::none;
    std::string_view member = {};
    double least = 0;
    double most = 0;
};

/// The controls of an interface; none for one that the assistant does not know.
std::span<const Control> controls_of(std::string_view interface);
/// Null when the assistant does not know it.
const Control* find_control(std::string_view interface, std::string_view directive);
/// The payload that a control sends for what a person typed; nothing when that is no value of it.
std::optional<boost::json::object> payload_of(const Control& control, const std::string& typed);

/// "" when the value fits the property of the interface; else what is wrong. Properties that the assistant does not
/// know fit.
std::string property_problem(std::string_view interface, std::string_view property, const boost::json::value& value);

}  // namespace symbolon::voice
