#pragma once

#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/linking/journey.hpp"
#include "voice/platforms/amazon_consent.hpp"
#include "voice/platforms/app_to_app.hpp"
#include "voice/platforms/event_gateway.hpp"
#include "voice/platforms/service_apis.hpp"
#include "voice/platforms/streamlined.hpp"

#include <string>

namespace symbolon::voice {

/// The routes at which makers' servers and apps meet the platforms: Login with Amazon, the event gateway, SmartThings'
/// callback, app-to-app, the APIs that skills call, Google's keys. None of them takes the assistant's own bearer token.
class PlatformDoors {
public:
    PlatformDoors(const Assistant::Parts& parts, const Identity& identity, Journey& journey,
                  const std::string& base_url);

    void add_routes(net::Router& router);
    Streamlined& streamlined() { return streamlined_; }

private:
    Journey& journey_;
    EventGateway gateway_;
    AmazonConsent consent_;
    AppToApp app_to_app_;
    ServiceApis apis_;
    Streamlined streamlined_;
};

}  // namespace symbolon::voice
