#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <string_view>

/// Somebody pressed a button of the device. Spec: Alexa Skills Kit, "PlaybackController interface".
namespace symbolon::skill::playback_controller {

namespace json = boost::json;

struct PlayCommandIssued {
    static constexpr std::string_view type = "PlaybackController.PlayCommandIssued";
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PlayCommandIssued, (), ())

struct PauseCommandIssued {
    static constexpr std::string_view type = "PlaybackController.PauseCommandIssued";
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PauseCommandIssued, (), ())

struct NextCommandIssued {
    static constexpr std::string_view type = "PlaybackController.NextCommandIssued";
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(NextCommandIssued, (), ())

struct PreviousCommandIssued {
    static constexpr std::string_view type = "PlaybackController.PreviousCommandIssued";
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PreviousCommandIssued, (), ())

}  // namespace symbolon::skill::playback_controller
