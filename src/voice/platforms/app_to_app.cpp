#include "voice/platforms/app_to_app.hpp"

#include "base/error.hpp"
#include "net/respond.hpp"
#include "voice/rest/bearer.hpp"
#include "voice/rest/body.hpp"
#include "voice/rest/refusals.hpp"

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

net::Response unauthorized() {
    auto response = net::json(401, json::object{{"message", "A token of the platform's user is needed."}});
    response.headers.set("WWW-Authenticate", "Bearer");
    return response;
}

json::object enablement_json(const std::string& skill_id, bool linked) {
    return {{"skill", json::object{{"id", skill_id}, {"stage", "development"}}},
            {"user", json::object{{"id", "~current"}}},
            {"accountLink", json::object{{"status", linked ? "LINKED" : "NOT_LINKED"}}},
            {"status", "ENABLED"}};
}

}  // namespace

Task<std::optional<PlatformGrant>> AppToApp::customer(net::Request request, std::string skill_id) {
    auto grant = co_await journey_.lwa().who(bearer_of(request));
    const bool fits = grant && grant->purpose == "customer" && grant->skill_id == skill_id;
    if (!fits) grant.reset();
    co_return grant;
}

Task<net::Response> AppToApp::enable(net::Request request, net::PathParameters path) {
    const auto skill_id = path.at("skillId");
    const auto grant = co_await customer(request, skill_id);
    if (!grant) co_return unauthorized();
    std::optional<Error> refused;
    try {
        const auto body = parse_body(request);
        auto code = require_text(body, "/accountLinkRequest/authCode");
        auto redirect_uri = require_text(body, "/accountLinkRequest/redirectUri");
        const auto outcome =
            co_await journey_.link_with_code(skill_id, grant->account, std::move(code), std::move(redirect_uri));
        if (outcome.linked) co_return net::json(201, enablement_json(skill_id, true));
        refused = Error(Errc::invalid_parameter, outcome.cause + ": " + outcome.explanation);
    } catch (const Error& e) {
        refused = e;
    }
    co_return rest_refusal(*refused);
}

Task<net::Response> AppToApp::status(net::Request request, net::PathParameters path) {
    const auto skill_id = path.at("skillId");
    const auto grant = co_await customer(std::move(request), skill_id);
    if (!grant) co_return unauthorized();
    const auto work = [&](db::Transaction& tx) {
        return Store(tx, parts_.sealer).find_enablement(skill_id, grant->account);
    };
    const auto link = co_await parts_.db.read(work);
    if (!link) co_return rest_refusal(Error(Errc::resource_not_found, "The skill is not enabled."));
    co_return net::json(200, enablement_json(skill_id, link->status == LinkStatus::linked));
}

Task<net::Response> AppToApp::disable(net::Request request, net::PathParameters path) {
    const auto skill_id = path.at("skillId");
    const auto grant = co_await customer(std::move(request), skill_id);
    if (!grant) co_return unauthorized();
    co_await journey_.unlink(skill_id, grant->account);
    co_return empty_answer(204);
}

}  // namespace symbolon::voice
