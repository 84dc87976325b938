#include "voice/platforms/app_to_app.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "net/respond.hpp"
#include "voice/rest/body.hpp"
#include "voice/rest/refusals.hpp"
#include "voice/screens/screen.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr int most_skills = 100;
constexpr std::string_view scope = "alexa::skills:account_linking";

net::Response page(const Visit& visit, int status, std::string_view name, json::object context) {
    return screen_response(visit, status, name, context);
}

/// The redirect URL with what came of it.
std::string answered(const std::string& redirect_uri, std::string_view name, const std::string& value,
                     const std::string& state) {
    auto url = redirect_uri + (redirect_uri.find('?') == std::string::npos ? '?' : '&') + std::string(name) + "=" +
               percent_encode(value);
    if (!state.empty()) url += "&state=" + percent_encode(state);
    return url;
}

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

Task<AppToApp::Asked> AppToApp::find_client(std::string client_id, std::string redirect_uri) {
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        Asked out;
        for (auto& skill : store.list_skills(most_skills)) {
            if (!crypto::equal_in_constant_time(messaging_client_id(skill.id), client_id)) continue;
            const auto linking = store.find_linking(skill.id);
            const auto allowed = linking ? linking->config.redirectUrls.value_or(std::vector<std::string>{})
                                         : std::vector<std::string>{};
            out.redirect_is_known = std::ranges::find(allowed, redirect_uri) != allowed.end();
            out.skill = std::move(skill);
        }
        return out;
    };
    co_return co_await parts_.db.read(work);
}

Task<net::Response> AppToApp::consent(net::Request request) {
    const auto visit = begin_visit(std::move(request), {}, parts_.random);
    const auto& query = visit.query;
    auto context = screen_context(visit, base_url_, Beside{});
    const auto redirect_uri = query.get("redirect_uri");
    const auto asked = co_await find_client(query.get("client_id"), redirect_uri);
    if (!asked.skill || !asked.redirect_is_known) {
        context["title"] = "That did not work";
        context["text"] = asked.skill ? "The redirect_uri is not among the redirect URLs of the skill."
                                      : "There is no skill with this client_id.";
        co_return page(visit, 400, "error", std::move(context));
    }
    const auto state = query.get("state");
    if (query.get("response_type") != "code" || query.get("scope") != scope) {
        const bool type = query.get("response_type") != "code";
        const std::string error = type ? "unsupported_response_type" : "invalid_scope";
        co_return net::redirect(302, answered(redirect_uri, "error", error, state));
    }
    const bool is_ours = !visit.new_browser && crypto::equal_in_constant_time(query.get("_csrf"), visit.browser);
    if (is_ours && query.get("answer") == "deny") {
        co_return net::redirect(302, answered(redirect_uri, "error", "access_denied", state));
    }
    if (is_ours && query.get("answer") == "allow") {
        const std::string purpose = "customer";
        const auto code =
            co_await journey_.lwa().make_code(purpose, asked.skill->id, std::string(first_account), redirect_uri);
        co_return net::redirect(302, answered(redirect_uri, "code", code, state));
    }
    auto again = query;
    for (const auto* name : {"_csrf", "answer"}) again.remove(name);
    const auto link = base_url_ + visit.request.path + "?" + again.encode() + "&_csrf=" + visit.browser + "&answer=";
    context["skill"] = json::object{{"id", asked.skill->id}, {"name", asked.skill->name()}};
    context["redirect_uri"] = redirect_uri;
    context["allow_url"] = link + "allow";
    context["deny_url"] = link + "deny";
    co_return page(visit, 200, "consent", std::move(context));
}

Task<std::optional<PlatformGrant>> AppToApp::customer(net::Request request, std::string skill_id) {
    const auto field = request.headers.find("Authorization").value_or("");
    if (!field.starts_with("Bearer ")) co_return std::nullopt;
    auto grant = co_await journey_.lwa().who(std::string(field.substr(7)));
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
