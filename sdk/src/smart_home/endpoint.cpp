#include "symbolon/skill/smart_home/endpoint.hpp"

#include <utility>

namespace symbolon::skill::smart_home {
namespace {

Capability controller(std::string interface, std::string property, Reported reported) {
    return {.interface = std::move(interface),
            .properties = CapabilityProperties{.supported = {{.name = std::move(property)}},
                                               .proactively_reported = reported == Reported::and_on_change,
                                               .retrievable = true}};
}

}  // namespace

Capability alexa() {
    return {.interface = "Alexa"};
}

Capability power_controller(Reported reported) {
    return controller("Alexa.PowerController", "powerState", reported);
}

Capability brightness_controller(Reported reported) {
    return controller("Alexa.BrightnessController", "brightness", reported);
}

Capability endpoint_health(Reported reported) {
    return controller("Alexa.EndpointHealth", "connectivity", reported);
}

}  // namespace symbolon::skill::smart_home
