#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Spec: Alexa Skills Kit, "VideoApp interface".
namespace symbolon::skill::video_app {

namespace json = boost::json;

struct Metadata {
    std::string title = {};
    std::string subtitle = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Metadata, (), (title, subtitle))

struct VideoItem {
    std::string source = {};  ///< https
    std::optional<Metadata> metadata = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(VideoItem, (), (source, metadata))

/// Must not come with shouldEndSession; ResponseBuilder sees to it.
struct Launch {
    static constexpr std::string_view type = "VideoApp.Launch";
    VideoItem video_item = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Launch, (), (video_item))

}  // namespace symbolon::skill::video_app
