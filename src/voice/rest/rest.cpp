#include "voice/rest/rest.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "voice/rest/bearer.hpp"
#include "voice/rest/refusals.hpp"
#include "voice/store.hpp"

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

void check_stage(const net::PathParameters& path, bool writes) {
    const auto stage = path.find("stage");
    if (stage == path.end() || stage->second == "development") return;
    if (stage->second == "live" && !writes) return;
    throw Error(Errc::resource_not_found, "There is no such stage to work on: " + stage->second);
}

}  // namespace

Rest::Rest(const Assistant::Parts& parts, const Identity& identity, Services services, std::string base_url)
    : parts_(parts), identity_(identity), services_(services), base_url_(std::move(base_url)) {}

void Rest::add(net::Router& router, net::Method method, std::string pattern, Handler handler) {
    router.add(method, std::move(pattern), [this, handler](net::Request request, net::PathParameters path) {
        return guarded(handler, std::move(request), std::move(path));
    });
}

void Rest::add_routes(net::Router& router) {
    using net::Method;
    const std::string skill = "/v1/skills/{skillId}";
    const std::string stage = skill + "/stages/{stage}";
    const std::string model = stage + "/interactionModel/locales/{locale}";
    const std::string stage_v2 = "/v2/skills/{skillId}/stages/{stage}";
    add(router, Method::get, "/v1/vendors", &Rest::list_vendors);
    add(router, Method::get, "/v1/skills", &Rest::list_skills);
    add(router, Method::post, "/v1/skills", &Rest::create_skill);
    add(router, Method::delete_, skill, &Rest::delete_skill);
    add(router, Method::get, skill + "/status", &Rest::get_status);
    add(router, Method::get, stage + "/manifest", &Rest::get_manifest);
    add(router, Method::put, stage + "/manifest", &Rest::put_manifest);
    add(router, Method::get, model, &Rest::get_model);
    add(router, Method::put, model, &Rest::put_model);
    add(router, Method::post, model + "/profileNlu", &Rest::profile_nlu);
    add(router, Method::get, stage + "/accountLinkingClient", &Rest::get_linking);
    add(router, Method::put, stage + "/accountLinkingClient", &Rest::put_linking);
    add(router, Method::delete_, stage + "/accountLinkingClient", &Rest::delete_linking);
    add(router, Method::get, stage + "/enablement", &Rest::get_enablement);
    add(router, Method::put, stage + "/enablement", &Rest::put_enablement);
    add(router, Method::delete_, stage + "/enablement", &Rest::delete_enablement);
    add(router, Method::post, skill + "/simulations", &Rest::simulate);
    add(router, Method::get, skill + "/simulations/{simulationId}", &Rest::get_simulation);
    add(router, Method::post, stage_v2 + "/simulations", &Rest::simulate);
    add(router, Method::get, stage_v2 + "/simulations/{simulationId}", &Rest::get_simulation);
    add(router, Method::post, skill + "/invocations", &Rest::invoke);
    add(router, Method::post, stage_v2 + "/invocations", &Rest::invoke);
    // What the platform does not have.
    add(router, Method::get, skill + "/exchanges", &Rest::list_exchanges);
    add(router, Method::post, skill + "/exchanges/{number}/replay", &Rest::replay);
    add(router, Method::get, skill + "/fixture", &Rest::get_fixture);
    add(router, Method::get, skill + "/devices", &Rest::list_devices);
    add(router, Method::post, skill + "/devices/discover", &Rest::discover);
    add(router, Method::post, skill + "/directives", &Rest::send_directive);
    add(router, Method::get, "/v1/accounts", &Rest::list_accounts);
    add(router, Method::put, "/v1/accounts/{account}", &Rest::put_account);
    add(router, Method::delete_, "/v1/accounts/{account}", &Rest::delete_account);
}

Task<net::Response> Rest::guarded(Handler handler, Request request, Path path) {
    if (!carries_bearer(request, identity_.access_token)) co_return bearer_needed();
    try {
        check_stage(path, request.method != net::Method::get);
        co_return co_await (this->*handler)(std::move(request), std::move(path));
    } catch (const Error& e) {
        if (rest_status(e.code) >= 500) log::error("rest_error", {{"message", e.message}, {"detail", e.detail}});
        co_return rest_refusal(e);
    }
}

Task<Skill> Rest::get_skill(std::string id) {
    const auto work = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).find_skill(id); };
    auto skill = co_await parts_.db.read(work);
    if (!skill) throw Error(Errc::resource_not_found, "There is no such skill.");
    co_return std::move(*skill);
}

}  // namespace symbolon::voice
