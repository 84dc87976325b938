#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Buttons and their lights. Spec: Alexa Skills Kit, "GameEngine interface", "GadgetController interface".
namespace symbolon::skill::game_engine {

namespace json = boost::json;

struct InputEvent {
    std::string gadget_id = {};
    std::string timestamp = {};
    std::string action = {};  ///< "down" or "up"
    std::string color = {};
    std::string feature = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(InputEvent, (), (gadget_id, timestamp, action, color, feature))

struct HandlerEvent {
    std::string name = {};
    std::vector<InputEvent> input_events = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(HandlerEvent, (), (name, input_events))

/// A request: what the recognizers found.
struct InputHandlerEvent {
    static constexpr std::string_view type = "GameEngine.InputHandlerEvent";
    std::string originating_request_id = {};
    std::vector<HandlerEvent> events = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(InputHandlerEvent, (), (originating_request_id, events))

struct StartInputHandler {
    static constexpr std::string_view type = "GameEngine.StartInputHandler";
    std::optional<std::int64_t> timeout = {};  ///< milliseconds
    std::vector<std::string> proxies = {};
    json::object recognizers = {};  ///< by name; each of type "match", "deviation" or "progress"
    json::object events = {};       ///< by name: which recognizers it needs, and what it reports
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(StartInputHandler, (), (timeout, proxies, recognizers, events))

struct StopInputHandler {
    static constexpr std::string_view type = "GameEngine.StopInputHandler";
    std::string originating_request_id = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(StopInputHandler, (), (originating_request_id))

struct AnimationStep {
    std::optional<std::int64_t> duration_ms = {};
    std::string color = {};  ///< six hexadecimal digits
    std::optional<bool> blend = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(AnimationStep, (), (duration_ms, color, blend))

struct LightAnimation {
    std::optional<std::int64_t> repeat = {};
    std::vector<std::string> target_lights = {};
    std::vector<AnimationStep> sequence = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(LightAnimation, (), (repeat, target_lights, sequence))

struct SetLightParameters {
    std::string trigger_event = {};  ///< "buttonDown", "buttonUp" or "none"
    std::optional<std::int64_t> trigger_event_time_ms = {};
    std::vector<LightAnimation> animations = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SetLightParameters, (), (trigger_event, trigger_event_time_ms, animations))

struct SetLight {
    static constexpr std::string_view type = "GadgetController.SetLight";
    std::optional<std::int64_t> version = {};
    std::vector<std::string> target_gadgets = {};  ///< empty: all
    std::optional<SetLightParameters> parameters = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SetLight, (), (version, target_gadgets, parameters))

}  // namespace symbolon::skill::game_engine
