#include "voice/platforms/platform_doors.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "voice/rest/refusals.hpp"

#include <utility>

namespace symbolon::voice {

namespace {

Task<net::Response> ready(net::Response response) {
    co_return response;
}

Task<net::Response> guarded(Task<net::Response> answer) {
    try {
        co_return co_await std::move(answer);
    } catch (const Error& e) {
        if (rest_status(e.code) >= 500) log::error("platform_door", {{"message", e.message}, {"detail", e.detail}});
        co_return rest_refusal(e);
    }
}

}  // namespace

PlatformDoors::PlatformDoors(const Assistant::Parts& parts, const Identity& identity, Journey& journey,
                             const std::string& base_url)
    : journey_(journey),
      gateway_(parts, journey.lwa(), journey.hooks),
      consent_(parts, identity, journey.lwa(), base_url),
      app_to_app_(parts, journey),
      apis_(parts, identity),
      streamlined_(parts, identity, journey, base_url) {}

void PlatformDoors::add_routes(net::Router& router) {
    apis_.add_routes(router);
    using net::Method;
    using Request = net::Request;
    using Path = net::PathParameters;
    const std::string enablement = "/v1/users/~current/skills/{skillId}/enablement";
    router.add(Method::post, "/auth/o2/token",
               [this](Request request, Path) { return guarded(journey_.lwa().token_endpoint(std::move(request))); });
    router.add(Method::post, "/v3/events",
               [this](Request request, Path) { return guarded(gateway_.alexa_events(std::move(request))); });
    router.add(Method::post, "/smartthings/oauth/token",
               [this](Request request, Path) { return guarded(gateway_.smartthings_tokens(std::move(request))); });
    router.add(Method::post, "/smartthings/callback",
               [this](Request request, Path) { return guarded(gateway_.smartthings_callback(std::move(request))); });
    for (const auto* path : {"/ap/oa", "/spa/skill-account-linking-consent"}) {
        router.add(Method::get, path,
                   [this](Request request, Path) { return guarded(consent_.ask(std::move(request))); });
    }
    router.add(Method::get, "/user/profile",
               [this](Request request, Path) { return guarded(consent_.profile(std::move(request))); });
    router.add(Method::post, enablement, [this](Request request, Path path) {
        return guarded(app_to_app_.enable(std::move(request), std::move(path)));
    });
    router.add(Method::get, enablement, [this](Request request, Path path) {
        return guarded(app_to_app_.status(std::move(request), std::move(path)));
    });
    router.add(Method::delete_, enablement, [this](Request request, Path path) {
        return guarded(app_to_app_.disable(std::move(request), std::move(path)));
    });
    router.add(Method::get, "/google/.well-known/openid-configuration",
               [this](Request, Path) { return ready(streamlined_.discovery()); });
    router.add(Method::get, "/google/certs", [this](Request, Path) { return ready(streamlined_.keys()); });
}

}  // namespace symbolon::voice
