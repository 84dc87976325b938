#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Templates for screens without APL, and hints. Spec: Alexa Skills Kit, "Display interface" and "Hint directive".
namespace symbolon::skill::display {

namespace json = boost::json;

enum class ImageSize { x_small, small, medium, large, x_large };
BOOST_DESCRIBE_ENUM(ImageSize, x_small, small, medium, large, x_large)

struct ImageSource {
    std::string url = {};  ///< https
    std::optional<ImageSize> size = {};
    std::optional<std::int64_t> width_pixels = {};
    std::optional<std::int64_t> height_pixels = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ImageSource, (), (url, size, width_pixels, height_pixels))

struct Image {
    std::string content_description = {};
    std::vector<ImageSource> sources = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Image, (), (content_description, sources))

struct TextField {
    std::string type = "PlainText";  ///< or "RichText", with a few tags
    std::string text = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(TextField, (), (type, text))

struct TextContent {
    std::optional<TextField> primary_text = {};
    std::optional<TextField> secondary_text = {};
    std::optional<TextField> tertiary_text = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(TextContent, (), (primary_text, secondary_text, tertiary_text))

struct ListItem {
    std::string token = {};
    std::optional<Image> image = {};
    std::optional<TextContent> text_content = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ListItem, (), (token, image, text_content))

enum class BackButton { hidden, visible };
BOOST_DESCRIBE_ENUM(BackButton, hidden, visible)

/// BodyTemplate1, 2, 3, 6 and 7 show text and pictures, ListTemplate1 and 2 a list.
struct Template {
    std::string type = {};  ///< e.g. "BodyTemplate1"
    std::string token = {};
    std::optional<BackButton> back_button = {};
    std::optional<Image> background_image = {};
    std::optional<Image> image = {};
    std::string title = {};
    std::optional<TextContent> text_content = {};
    std::vector<ListItem> list_items = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Template, (),
                      (type, token, back_button, background_image, image, title, text_content, list_items))

/// A request: somebody touched an item.
struct ElementSelected {
    static constexpr std::string_view type = "Display.ElementSelected";
    std::string token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ElementSelected, (), (token))

struct RenderTemplate {
    static constexpr std::string_view type = "Display.RenderTemplate";
    std::optional<Template> template_ = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(RenderTemplate, (), (template_))

/// What one might say next, at the foot of the screen.
struct Hint {
    static constexpr std::string_view type = "Hint";
    std::optional<TextField> hint = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Hint, (), (hint))

}  // namespace symbolon::skill::display
