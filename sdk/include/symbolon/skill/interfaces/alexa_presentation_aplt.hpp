#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

/// Displays of a few characters. Spec: Alexa Skills Kit, "Alexa.Presentation.APLT interface".
namespace symbolon::skill::aplt {

namespace json = boost::json;

struct RenderDocument {
    static constexpr std::string_view type = "Alexa.Presentation.APLT.RenderDocument";
    std::string token = {};
    std::string target_profile = {};  ///< e.g. "FOUR_CHARACTER_CLOCK"
    json::object document = {};
    json::object datasources = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(RenderDocument, (), (token, target_profile, document, datasources))

struct ExecuteCommands {
    static constexpr std::string_view type = "Alexa.Presentation.APLT.ExecuteCommands";
    std::string token = {};
    json::array commands = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ExecuteCommands, (), (token, commands))

/// A request.
struct UserEvent {
    static constexpr std::string_view type = "Alexa.Presentation.APLT.UserEvent";
    std::string token = {};
    json::array arguments = {};
    json::value source = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(UserEvent, (), (token, arguments, source))

}  // namespace symbolon::skill::aplt
