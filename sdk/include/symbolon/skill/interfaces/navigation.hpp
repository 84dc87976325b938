#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <string_view>

/// Spec: Alexa Skills Kit, "Navigation.Assistance interface".
namespace symbolon::skill::navigation {

namespace json = boost::json;

struct AnnounceRoadRegulation {
    static constexpr std::string_view type = "Navigation.Assistance.AnnounceRoadRegulation";
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(AnnounceRoadRegulation, (), ())

}  // namespace symbolon::skill::navigation
