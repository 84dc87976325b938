#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <string_view>

/// A message that the skill's own back end sent it. Spec: Alexa Skills Kit, "Skill Messaging API".
namespace symbolon::skill::messaging {

namespace json = boost::json;

struct MessageReceived {
    static constexpr std::string_view type = "Messaging.MessageReceived";
    json::object message = {};  ///< as it was posted to the skill-messaging API
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(MessageReceived, (), (message))

}  // namespace symbolon::skill::messaging
