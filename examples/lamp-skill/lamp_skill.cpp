#include "lamp_skill.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace skill = symbolon::skill;
namespace home = symbolon::skill::smart_home;

namespace lamp_skill {
namespace {

template <class... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};

home::Endpoint endpoint_of(const std::string& id, const Lamp& lamp) {
    home::Endpoint endpoint;
    endpoint.endpoint_id = id;
    endpoint.manufacturer_name = "Symbolon";
    endpoint.friendly_name = lamp.name;
    endpoint.description = "A lamp of the example lamp-skill";
    endpoint.display_categories = {"LIGHT"};
    endpoint.capabilities = {home::alexa(), home::power_controller(), home::brightness_controller(),
                             home::endpoint_health()};
    return endpoint;
}

/// The handlers of one skill. They say whose lamps they are about by the token alone: an endpoint id is what anybody
/// can write down.
class LampSkill {
public:
    explicit LampSkill(Options options)
        : tokens_(options.tokens), now_(options.tokens.now), lamps_(std::move(options.lamps)) {}

    std::vector<home::Endpoint> discover(const home::Call& call) const {
        std::vector<home::Endpoint> endpoints;
        for (const auto& [id, lamp] : lamps_->list(user_of(call))) endpoints.push_back(endpoint_of(id, lamp));
        return endpoints;
    }
    std::vector<home::Property> report(const home::Call& call) const {
        return properties(lamps_->find(user_of(call), call.endpoint_id()));
    }
    std::vector<home::Property> switch_to(const home::Call& call, home::PowerState state) const {
        return properties(lamps_->switch_to(user_of(call), call.endpoint_id(), state == home::PowerState::on));
    }
    std::vector<home::Property> dim_to(const home::Call& call, std::int64_t percent) const {
        return properties(lamps_->dim_to(user_of(call), call.endpoint_id(), percent));
    }
    std::vector<home::Property> dim_by(const home::Call& call, std::int64_t difference) const {
        return properties(lamps_->dim_by(user_of(call), call.endpoint_id(), difference));
    }

private:
    /// Only a token that is really dead may be called so: the platform tells the user to link again.
    std::string user_of(const home::Call& call) const {
        return std::visit(
            Match{[](const skill::TokenClaims& claims) { return claims.subject; },
                  [](const skill::InvalidToken& invalid) -> std::string {
                      const auto type = invalid.reason == "expired" ? home::ErrorType::expired_authorization_credential
                                                                    : home::ErrorType::invalid_authorization_credential;
                      throw home::DirectiveError(type, "The access token is not good: " + invalid.reason);
                  },
                  [](const skill::MissingScope& missing) -> std::string {
                      throw home::DirectiveError(home::ErrorType::insufficient_permissions,
                                                 "The account was linked without the scope " + missing.scope);
                  },
                  [](const skill::Unavailable& unavailable) -> std::string {
                      throw home::DirectiveError(home::ErrorType::internal_error, unavailable.reason);
                  }},
            tokens_.verify(call.token));
    }

    std::vector<home::Property> properties(const std::optional<Lamp>& lamp) const {
        if (!lamp) throw home::DirectiveError(home::ErrorType::no_such_endpoint, "There is no such lamp.");
        const auto now = now_();
        return {home::power_state(lamp->on ? home::PowerState::on : home::PowerState::off, now),
                home::brightness(lamp->brightness, now), home::connectivity(home::Connectivity::ok, now)};
    }

    skill::TokenVerifier tokens_;
    skill::Now now_;
    std::shared_ptr<Lamps> lamps_;
};

}  // namespace

home::SmartHome make(Options options) {
    auto log = options.log;
    const auto lamps = std::make_shared<const LampSkill>(std::move(options));
    return home::SmartHomeBuilder{}
        .on_discover([lamps](const home::Call& call) { return lamps->discover(call); })
        .on_report_state([lamps](const home::Call& call) { return lamps->report(call); })
        .on_power([lamps](const home::Call& call, home::PowerState state) { return lamps->switch_to(call, state); })
        .on_set_brightness(
            [lamps](const home::Call& call, std::int64_t percent) { return lamps->dim_to(call, percent); })
        .on_adjust_brightness(
            [lamps](const home::Call& call, std::int64_t difference) { return lamps->dim_by(call, difference); })
        .log(std::move(log))
        .create();
}

}  // namespace lamp_skill
