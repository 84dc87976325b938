#include "symbolon/skill/smart_home/property.hpp"

#include "../codec.hpp"
#include "base/clock.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::skill::smart_home {

Property property(std::string namespace_name, std::string name, json::value value, Time sampled) {
    return {.namespace_ = std::move(namespace_name),
            .name = std::move(name),
            .value = std::move(value),
            .time_of_sample = to_iso8601(sampled)};
}

Property power_state(PowerState state, Time sampled) {
    return property("Alexa.PowerController", "powerState", json::value(codec::to_word(state)), sampled);
}

Property brightness(std::int64_t percent, Time sampled) {
    return property("Alexa.BrightnessController", "brightness", std::clamp<std::int64_t>(percent, 0, 100), sampled);
}

Property connectivity(Connectivity state, Time sampled) {
    return property("Alexa.EndpointHealth", "connectivity", json::object{{"value", codec::to_word(state)}}, sampled);
}

}  // namespace symbolon::skill::smart_home
