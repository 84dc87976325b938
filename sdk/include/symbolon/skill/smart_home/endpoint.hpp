#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What a user's devices can do, as discovery tells it.
/// Spec: Smart Home Skill API, "Alexa.Discovery interface", "Display categories".
namespace symbolon::skill::smart_home {

namespace json = boost::json;

struct SupportedProperty {
    std::string name = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SupportedProperty, (), (name))

struct CapabilityProperties {
    std::vector<SupportedProperty> supported = {};
    std::optional<bool> proactively_reported = {};  ///< by change reports
    std::optional<bool> retrievable = {};           ///< by ReportState
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(CapabilityProperties, (), (supported, proactively_reported, retrievable))

struct Capability {
    std::string type = "AlexaInterface";
    std::string interface = {};
    std::string instance = {};
    std::string version = "3";
    std::optional<CapabilityProperties> properties = {};
    json::object configuration = {};
    json::object capability_resources = {};
    json::object semantics = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Capability, (),
                      (type, interface, instance, version, properties, configuration, capability_resources, semantics))

/// How a property's value reaches the platform, beside the answers to directives.
enum class Reported { on_request, and_on_change };

/// Every endpoint has it: `Alexa`, without properties.
Capability alexa();
/// On and off.
Capability power_controller(Reported reported = Reported::on_request);
/// 0 to 100 percent.
Capability brightness_controller(Reported reported = Reported::on_request);
/// Whether the device can be reached.
Capability endpoint_health(Reported reported = Reported::on_request);

struct AdditionalAttributes {
    std::string manufacturer = {};
    std::string model = {};
    std::string serial_number = {};
    std::string firmware_version = {};
    std::string software_version = {};
    std::string custom_identifier = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(AdditionalAttributes, (),
                      (manufacturer, model, serial_number, firmware_version, software_version, custom_identifier))

struct Endpoint {
    std::string endpoint_id = {};        ///< 1 to 256 of letters, digits and _-=#;:?@&
    std::string manufacturer_name = {};  ///< this and the next two: 1 to 128 characters
    std::string friendly_name = {};      ///< what the user calls it
    std::string description = {};
    std::vector<std::string> display_categories = {};  ///< e.g. "LIGHT"; at least one
    std::vector<Capability> capabilities = {};
    std::map<std::string, std::string, std::less<>> cookie = {};  ///< comes back with directives
    std::optional<AdditionalAttributes> additional_attributes = {};
    std::vector<json::object> connections = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Endpoint, (),
                      (endpoint_id, manufacturer_name, friendly_name, description, display_categories, capabilities,
                       cookie, additional_attributes, connections))

}  // namespace symbolon::skill::smart_home
