#include "voice/smart_home/capabilities.hpp"

#include "voice/models/json_read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

using Kind = PayloadKind;

// Sorted by interface: controls_of() answers a run of it.
constexpr std::array controls{
    Control{"Alexa.BrightnessController", "SetBrightness", "Brightness", Kind::number, "brightness", 0, 100},
    Control{"Alexa.ColorController", "SetColor", "Colour", Kind::color, "color"},
    Control{"Alexa.ColorTemperatureController", "SetColorTemperature", "Colour temperature", Kind::number,
            "colorTemperatureInKelvin", 1000, 10000},
    Control{"Alexa.LockController", "Lock", "Lock"},
    Control{"Alexa.LockController", "Unlock", "Unlock"},
    Control{"Alexa.ModeController", "SetMode", "Mode", Kind::text, "mode"},
    Control{"Alexa.PercentageController", "SetPercentage", "Percentage", Kind::number, "percentage", 0, 100},
    Control{"Alexa.PowerController", "TurnOn", "Turn on"},
    Control{"Alexa.PowerController", "TurnOff", "Turn off"},
    Control{"Alexa.PowerLevelController", "SetPowerLevel", "Power level", Kind::number, "powerLevel", 0, 100},
    Control{"Alexa.RangeController", "SetRangeValue", "Range", Kind::number, "rangeValue", -1e6, 1e6},
    Control{"Alexa.SceneController", "Activate", "Activate"},
    Control{"Alexa.SceneController", "Deactivate", "Deactivate"},
    Control{"Alexa.Speaker", "SetVolume", "Volume", Kind::number, "volume", 0, 100},
    Control{"Alexa.Speaker", "SetMute", "Mute", Kind::flag, "mute"},
    Control{"Alexa.ThermostatController", "SetTargetTemperature", "Target temperature", Kind::temperature,
            "targetSetpoint", -50, 100},
    Control{"Alexa.ToggleController", "TurnOn", "Turn on"},
    Control{"Alexa.ToggleController", "TurnOff", "Turn off"},
};

std::optional<double> number_in(const std::string& text) {
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

/// A whole number as one: 50, not 5E1.
json::value number_json(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
    return value;
}

/// "#c0703f" as hue in degrees, saturation and brightness from 0 to 1.
std::optional<json::object> read_color(const std::string& text) {
    unsigned rgb = 0;
    if (text.size() != 7 || text[0] != '#') return std::nullopt;
    const auto [end, problem] = std::from_chars(text.data() + 1, text.data() + 7, rgb, 16);
    if (problem != std::errc{} || end != text.data() + 7) return std::nullopt;
    const std::array<double, 3> parts{((rgb >> 16) & 0xFF) / 255.0, ((rgb >> 8) & 0xFF) / 255.0, (rgb & 0xFF) / 255.0};
    const double most = *std::ranges::max_element(parts);
    const double range = most - *std::ranges::min_element(parts);
    double hue = 0;
    if (range > 0 && most == parts[0]) {
        hue = 60 * std::fmod((parts[1] - parts[2]) / range + 6, 6);
    } else if (range > 0 && most == parts[1]) {
        hue = 60 * ((parts[2] - parts[0]) / range + 2);
    } else if (range > 0) {
        hue = 60 * ((parts[0] - parts[1]) / range + 4);
    }
    return json::object{
        {"hue", number_json(std::round(hue))}, {"saturation", most == 0 ? 0.0 : range / most}, {"brightness", most}};
}

struct NumberRange {
    std::string_view property;
    double least;
    double most;
};
constexpr std::array<NumberRange, 6> ranges{{{"brightness", 0, 100},
                                             {"percentage", 0, 100},
                                             {"powerLevel", 0, 100},
                                             {"colorTemperatureInKelvin", 1000, 10000},
                                             {"volume", 0, 100},
                                             {"rangeValue", -1e12, 1e12}}};

struct Words {
    std::string_view property;
    std::vector<std::string_view> allowed;
};

const std::vector<Words>& known_words() {
    static const std::vector<Words> all{
        {"powerState", {"ON", "OFF"}},
        {"toggleState", {"ON", "OFF"}},
        {"lockState", {"LOCKED", "UNLOCKED", "JAMMED"}},
        {"detectionState", {"DETECTED", "NOT_DETECTED"}},
        {"thermostatMode", {"AUTO", "COOL", "ECO", "HEAT", "OFF", "EM_HEAT", "CUSTOM"}}};
    return all;
}

std::string words_problem(const Words& words, const json::value& value) {
    const auto said = value.is_string() ? std::string_view(value.get_string()) : std::string_view{};
    if (std::ranges::find(words.allowed, said) != words.allowed.end()) return {};
    std::string list;
    for (const auto word : words.allowed) list += (list.empty() ? "" : ", ") + std::string(word);
    return "must be one of " + list;
}

std::string temperature_problem(const json::value& value) {
    const auto* object = value.if_object();
    if (object == nullptr || !object->contains("value") || !object->at("value").is_number()) {
        return "must hold a number as value";
    }
    const auto scale = text_of(*object, "scale");
    return scale == "CELSIUS" || scale == "FAHRENHEIT" || scale == "KELVIN"
               ? std::string{}
               : "must have the scale CELSIUS, FAHRENHEIT or KELVIN";
}

std::string connectivity_problem(const json::value& value) {
    const auto* object = value.if_object();
    const auto said = object != nullptr ? text_of(*object, "value") : std::string{};
    return said == "OK" || said == "UNREACHABLE" ? "" : R"(must be {"value": "OK"} or "UNREACHABLE")";
}

}  // namespace

std::span<const Control> controls_of(std::string_view interface) {
    const auto run = std::ranges::equal_range(controls, interface, {}, &Control::interface);
    return {run.begin(), run.end()};
}

const Control* find_control(std::string_view interface, std::string_view directive) {
    const auto run = controls_of(interface);
    const auto found = std::ranges::find(run, directive, &Control::directive);
    return found != run.end() ? &*found : nullptr;
}

std::optional<json::object> payload_of(const Control& control, const std::string& typed) {
    json::object out;
    switch (control.kind) {
        case Kind::none:
            return out;
        case Kind::text:
            if (typed.empty()) return std::nullopt;
            out[control.member] = typed;
            return out;
        case Kind::flag:
            if (typed != "true" && typed != "false") return std::nullopt;
            out[control.member] = typed == "true";
            return out;
        case Kind::color:
            if (auto color = read_color(typed)) {
                out[control.member] = std::move(*color);
                return out;
            }
            return std::nullopt;
        case Kind::number:
        case Kind::temperature:
            break;
    }
    const auto number = number_in(typed);
    if (!number || *number < control.least || *number > control.most) return std::nullopt;
    if (control.kind == Kind::temperature) {
        out[control.member] = json::object{{"value", number_json(*number)}, {"scale", "CELSIUS"}};
    } else {
        out[control.member] = number_json(*number);
    }
    return out;
}

std::string property_problem(std::string_view interface, std::string_view property, const json::value& value) {
    if (const auto range = std::ranges::find(ranges, property, &NumberRange::property); range != ranges.end()) {
        const double number = value.is_number() ? value.to_number<double>() : std::nan("");
        if (number >= range->least && number <= range->most) return {};
        return fmt::format("must be a number from {} to {}", range->least, range->most);
    }
    const auto& all = known_words();
    if (const auto words = std::ranges::find(all, property, &Words::property); words != all.end()) {
        return property == "thermostatMode" && value.is_object() ? std::string{} : words_problem(*words, value);
    }
    if (interface == "Alexa.EndpointHealth" && property == "connectivity") return connectivity_problem(value);
    const bool temperature = property == "temperature" || property.ends_with("Setpoint");
    if (temperature) return temperature_problem(value);
    if (property == "muted" && !value.is_bool()) return "must be true or false";
    return {};
}

}  // namespace symbolon::voice
