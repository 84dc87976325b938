#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string_view>

/// A camera's picture. Spec: Alexa Skills Kit, "Alexa.SmartVision.SnapshotProvider interface".
namespace symbolon::skill::smart_vision {

namespace json = boost::json;

struct GetSnapshot {
    static constexpr std::string_view type = "Alexa.SmartVision.SnapshotProvider.GetSnapshotDirective";
    std::optional<bool> prefer_on_demand_snapshot = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(GetSnapshot, (), (prefer_on_demand_snapshot))

}  // namespace symbolon::skill::smart_vision
