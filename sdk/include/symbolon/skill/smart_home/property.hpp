#pragma once

#include "symbolon/skill/time.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>

/// A device's state, property by property. Spec: Smart Home Skill API, "Property schemas".
namespace symbolon::skill::smart_home {

namespace json = boost::json;

struct Property {
    std::string namespace_ = {};
    std::string name = {};
    std::string instance = {};
    json::value value = {};
    std::string time_of_sample = {};  ///< ISO 8601, UTC
    std::optional<std::int64_t> uncertainty_in_milliseconds = 0;
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Property, (), (namespace_, name, instance, value, time_of_sample, uncertainty_in_milliseconds))

enum class PowerState { on, off };
BOOST_DESCRIBE_ENUM(PowerState, on, off)

enum class Connectivity { ok, unreachable };
BOOST_DESCRIBE_ENUM(Connectivity, ok, unreachable)

Property power_state(PowerState state, Time sampled);
/// Percent; cut to 0 to 100.
Property brightness(std::int64_t percent, Time sampled);
Property connectivity(Connectivity state, Time sampled);
/// Of any other interface.
Property property(std::string namespace_name, std::string name, json::value value, Time sampled);

}  // namespace symbolon::skill::smart_home
