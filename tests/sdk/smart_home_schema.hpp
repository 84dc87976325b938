#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace symbolon::skill::testing {

/// What the platform's published schema of smart-home messages (alexa-smarthome, alexa_smart_home_message_schema.json)
/// objects to in a message that a skill sends; empty when nothing. Written after its rules for the messages and
/// interfaces that the SDK makes itself: headers, endpoints, properties of power, brightness and health, payloads. So
/// mistakes are found here in a moment; the published schema itself judges the same messages in e2e.smart_home_schema.
std::vector<std::string> smart_home_problems(const boost::json::object& message);

/// Notes a message that the SDK made as a line of the file that SYMBOLON_SMART_HOME_MESSAGES names, if it is set.
void record_message(const boost::json::object& message);

}  // namespace symbolon::skill::testing
