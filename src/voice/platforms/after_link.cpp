#include "voice/platforms/after_link.hpp"

#include "voice/models/json_read.hpp"
#include "voice/platforms/manifest_places.hpp"
#include "voice/platforms/post_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view events_permission = "alexa::async_event:write";

json::object google_request(const std::string& id, std::string_view intent) {
    return {{"requestId", id}, {"inputs", json::array{json::object{{"intent", intent}}}}};
}

json::object smartthings_request(const std::string& id, std::string_view type, const std::string& token) {
    return {{"headers",
             json::object{{"schema", "st-schema"}, {"version", "1.0"}, {"interactionType", type}, {"requestId", id}}},
            {"authentication", json::object{{"tokenType", "Bearer"}, {"token", token}}}};
}

void add(AfterLink::Result& result, LinkStep step, std::string_view cause) {
    if (!step.ok && result.cause.empty()) result.cause = cause;
    result.steps.push_back(std::move(step));
}

}  // namespace

Task<AfterLink::Result> AfterLink::greet(LinkedSkill link) {
    switch (platform_or_first(link.enablement.platform).family) {
        case PlatformFamily::alexa:
            co_return co_await greet_alexa(std::move(link));
        case PlatformFamily::google:
            co_return co_await greet_google(std::move(link));
        case PlatformFamily::smartthings:
            co_return co_await greet_smartthings(std::move(link));
    }
    co_return Result{};
}

Task<AfterLink::Result> AfterLink::greet_alexa(LinkedSkill link) {
    Result result;
    const auto& [skill, linking, behaviour, enablement] = link;
    const bool grants = !skill.smart_home_endpoint().empty() && skill.has_permission(events_permission) &&
                        !behaviour.has("BR-09", "skip") && hooks_.accept_grant != nullptr;
    if (grants) {
        LinkStep step{"The skill got AcceptGrant with the platform's code", true, "", {}};
        const std::string purpose = "lwa";
        auto code = co_await lwa_.make_code(purpose, skill.id, enablement.account, "");
        const auto problem = co_await hooks_.accept_grant(skill.id, enablement.account, std::move(code));
        step.ok = !problem;
        step.detail = problem.value_or("");
        add(result, std::move(step), "accept_grant");
    }
    if (result.cause.empty() && linking.config.reciprocalAccessTokenUrl.value_or("") != "") {
        auto step = co_await grant_reciprocally(link);
        add(result, std::move(step), "reciprocal");
    }
    co_return result;
}

Task<LinkStep> AfterLink::grant_reciprocally(LinkedSkill link) {
    LinkStep step{"The reciprocal access token URI got the platform's code", false, "", {}};
    const std::string purpose = "lwa";
    auto code = co_await lwa_.make_code(purpose, link.skill.id, link.enablement.account, "");
    net::Form form;
    form.add("grant_type", "reciprocal_authorization_code");
    form.add("code", std::move(code));
    form.add("client_id", link.linking.config.clientId);
    net::ClientRequest request;
    request.method = "POST";
    request.url = *link.linking.config.reciprocalAccessTokenUrl;
    request.limit = parts_.patience.token_endpoint;
    request.headers.add("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    request.headers.add("Authorization", "Bearer " + link.enablement.access_token);
    request.body = form.encode();
    try {
        const auto response = co_await parts_.client.send(std::move(request));
        step.ok = response.status / 100 == 2;
        step.milliseconds = response.took.count();
        step.detail = "HTTP " + std::to_string(response.status);
    } catch (const net::ClientError& e) {
        step.detail = "No answer: " + e.detail;
    }
    co_return step;
}

Task<AfterLink::Result> AfterLink::greet_google(LinkedSkill link) {
    Result result;
    auto url = google_fulfillment_url(link.skill);
    if (url.empty()) co_return result;
    auto message = google_request(parts_.random.uuid(), "action.devices.SYNC");
    std::string title = "The fulfilment answered SYNC";
    auto posted =
        co_await post_json(parts_, std::move(title), std::move(url), std::move(message), link.enablement.access_token);
    const bool refused = posted.status == 401 || text_at(posted.body, "/payload/errorCode") == "authFailure";
    if (posted.step.ok && text_at(posted.body, "/payload/agentUserId").empty()) {
        posted.step.ok = false;
        posted.step.detail = "payload.agentUserId is missing.";
    }
    add(result, std::move(posted.step), refused ? "fulfillment_token" : "sync");
    co_return result;
}

Task<AfterLink::Result> AfterLink::greet_smartthings(LinkedSkill link) {
    Result result;
    const auto url = smartthings_endpoint(link.skill);
    if (url.empty()) co_return result;
    const auto& token = link.enablement.access_token;
    auto message = smartthings_request(parts_.random.uuid(), "discoveryRequest", token);
    std::string title = "The connector answered the discovery";
    auto posted = co_await post_json(parts_, std::move(title), url, std::move(message), "");
    const auto error = text_at(posted.body, "/globalError/errorEnum");
    if (posted.step.ok && text_at(posted.body, "/headers/interactionType") != "discoveryResponse") {
        posted.step.ok = false;
        posted.step.detail = error.empty() ? "interactionType is not discoveryResponse." : error;
    }
    const bool refused = error == "TOKEN-EXPIRED" || error == "INVALID-TOKEN";
    add(result, std::move(posted.step), refused ? "fulfillment_token" : "discovery");
    if (!result.cause.empty()) co_return result;

    const std::string purpose = "smartthings";
    const auto code = co_await lwa_.make_code(purpose, link.skill.id, link.enablement.account, "");
    const auto credentials = co_await lwa_.credentials(link.skill.id);
    auto grant = smartthings_request(parts_.random.uuid(), "grantCallbackAccess", token);
    grant["callbackAuthentication"] = json::object{{"grantType", "authorization_code"},
                                                   {"code", code},
                                                   {"clientId", credentials.client_id},
                                                   {"scope", "callback"}};
    grant["callbackUrls"] = json::object{{"oauthToken", base_url_ + "/smartthings/oauth/token"},
                                         {"stateCallback", base_url_ + "/smartthings/callback"}};
    title = "The connector got the grant of its callback";
    auto granted = co_await post_json(parts_, std::move(title), url, std::move(grant), "");
    const auto refusal = text_at(granted.body, "/globalError/errorEnum");
    granted.step.ok = granted.status == 200 && refusal.empty();
    granted.step.detail = granted.step.ok ? "" : refusal;
    add(result, std::move(granted.step), "grant_callback");
    co_return result;
}

Task<std::vector<LinkStep>> AfterLink::part(LinkedSkill link) {
    std::vector<LinkStep> steps;
    const auto& platform = platform_or_first(link.enablement.platform);
    const auto& token = link.enablement.access_token;
    if (platform.family == PlatformFamily::google) {
        auto url = google_fulfillment_url(link.skill);
        if (!url.empty()) {
            auto message = google_request(parts_.random.uuid(), "action.devices.DISCONNECT");
            std::string title = "The fulfilment got DISCONNECT";
            auto posted = co_await post_json(parts_, std::move(title), std::move(url), std::move(message), token);
            steps.push_back(std::move(posted.step));
        }
    }
    if (platform.family == PlatformFamily::smartthings) {
        auto url = smartthings_endpoint(link.skill);
        if (!url.empty()) {
            auto message = smartthings_request(parts_.random.uuid(), "integrationDeleted", token);
            std::string title = "The connector got integrationDeleted";
            auto posted = co_await post_json(parts_, std::move(title), std::move(url), std::move(message), "");
            steps.push_back(std::move(posted.step));
        }
    }
    const bool revokes =
        link.behaviour.has("BR-10", "revoke") || (platform.revokes && link.behaviour.has("BR-10", "platform"));
    if (revokes && !link.enablement.refresh_token.empty()) {
        auto step = co_await revoke(link);
        steps.push_back(std::move(step));
    }
    co_await lwa_.forget(link.skill.id, link.enablement.account);
    co_return steps;
}

Task<LinkStep> AfterLink::revoke(LinkedSkill link) {
    LinkStep step{"The refresh token was revoked at the server", false, "", {}};
    auto linking = link.linking;
    linking.config.accessTokenUrl = revocation_url(link.skill, link.linking.config);
    net::Form form;
    form.add("token", link.enablement.refresh_token);
    form.add("token_type_hint", "refresh_token");
    TokenClient client(parts_.client, parts_.patience.token_endpoint);
    try {
        const auto response = co_await client.send(std::move(linking), link.behaviour, std::move(form));
        step.ok = response.status == 200;
        step.milliseconds = response.took.count();
        step.detail = "HTTP " + std::to_string(response.status);
    } catch (const net::ClientError& e) {
        step.detail = "No answer: " + e.detail;
    }
    co_return step;
}

}  // namespace symbolon::voice
