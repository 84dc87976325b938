#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The screens of a device. Spec: Alexa Presentation Language, "Viewport property".
namespace symbolon::skill::viewport {

namespace json = boost::json;

enum class Shape { rectangle, round };
BOOST_DESCRIBE_ENUM(Shape, rectangle, round)

enum class Mode { auto_, hub, mobile, pc, tv };
BOOST_DESCRIBE_ENUM(Mode, auto_, hub, mobile, pc, tv)

struct Experience {
    std::optional<double> arc_minute_width = {};
    std::optional<double> arc_minute_height = {};
    std::optional<bool> can_rotate = {};
    std::optional<bool> can_resize = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Experience, (), (arc_minute_width, arc_minute_height, can_rotate, can_resize))

struct Video {
    std::vector<std::string> codecs = {};  ///< e.g. "H_264_41"
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Video, (), (codecs))

/// `context.Viewport`.
struct State {
    std::vector<Experience> experiences = {};
    std::optional<Mode> mode = {};
    std::optional<Shape> shape = {};
    std::optional<std::int64_t> pixel_width = {};
    std::optional<std::int64_t> pixel_height = {};
    std::optional<std::int64_t> dpi = {};
    std::optional<std::int64_t> current_pixel_width = {};
    std::optional<std::int64_t> current_pixel_height = {};
    std::vector<std::string> touch = {};     ///< e.g. "SINGLE"
    std::vector<std::string> keyboard = {};  ///< e.g. "DIRECTION"
    std::optional<Video> video = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(State, (),
                      (experiences, mode, shape, pixel_width, pixel_height, dpi, current_pixel_width,
                       current_pixel_height, touch, keyboard, video))

struct Size {
    std::string type = {};  ///< "DISCRETE": one size; "CONTINUOUS": from the least to the largest
    std::optional<std::int64_t> pixel_width = {};
    std::optional<std::int64_t> pixel_height = {};
    std::optional<std::int64_t> min_pixel_width = {};
    std::optional<std::int64_t> min_pixel_height = {};
    std::optional<std::int64_t> max_pixel_width = {};
    std::optional<std::int64_t> max_pixel_height = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Size, (),
                      (type, pixel_width, pixel_height, min_pixel_width, min_pixel_height, max_pixel_width,
                       max_pixel_height))

struct CurrentConfiguration {
    std::optional<Mode> mode = {};
    std::optional<Video> video = {};
    std::optional<Size> size = {};
    std::string dialog = {};  ///< "SUPPORTED" or "UNSUPPORTED"
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(CurrentConfiguration, (), (mode, video, size, dialog))

struct Configuration {
    std::optional<CurrentConfiguration> current = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Configuration, (), (current))

struct InterSegment {
    std::optional<std::int64_t> x = {};
    std::optional<std::int64_t> y = {};
    std::string characters = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(InterSegment, (), (x, y, characters))

/// One of `context.Viewports`: a screen that renders APL, or a display of characters that renders APLT.
struct TypedState {
    std::string type = {};  ///< "APL" or "APLT"
    std::string id = {};
    std::optional<Shape> shape = {};
    std::optional<std::int64_t> dpi = {};
    std::string presentation_type = {};  ///< "STANDARD" or "OVERLAY"
    std::optional<bool> can_rotate = {};
    std::optional<Configuration> configuration = {};
    std::vector<std::string> supported_profiles = {};  ///< of APLT, e.g. "FOUR_CHARACTER_CLOCK"
    std::optional<std::int64_t> line_length = {};
    std::optional<std::int64_t> line_count = {};
    std::string character_format = {};  ///< e.g. "SEVEN_SEGMENT"
    std::vector<InterSegment> inter_segments = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(TypedState, (),
                      (type, id, shape, dpi, presentation_type, can_rotate, configuration, supported_profiles,
                       line_length, line_count, character_format, inter_segments))

}  // namespace symbolon::skill::viewport
