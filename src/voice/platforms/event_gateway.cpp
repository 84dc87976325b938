#include "voice/platforms/event_gateway.hpp"

#include "base/error.hpp"
#include "net/respond.hpp"
#include "voice/models/json_read.hpp"
#include "voice/platforms/gateway_events.hpp"
#include "voice/redaction.hpp"
#include "voice/rest/bearer.hpp"
#include "voice/store.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

json::object parse_or_empty(const std::string& text) {
    json::error_code problem;
    auto value = json::parse(text, problem);
    return problem || !value.is_object() ? json::object{} : std::move(value.get_object());
}

net::Response alexa_refusal(int status, std::string_view code, std::string_view description) {
    const json::object payload{{"code", code}, {"description", description}};
    return net::json(status, json::object{{"header", json::object{{"namespace", "System"}, {"name", "Exception"}}},
                                          {"payload", payload}});
}

/// SmartThings answers 200 with a global error (§4.2).
net::Response smartthings_refusal(std::string_view code, std::string_view detail) {
    return net::json(200, json::object{{"globalError", json::object{{"errorEnum", code}, {"detail", detail}}}});
}

}  // namespace

Task<bool> EventGateway::is_linked(PlatformGrant grant) {
    const auto work = [&](db::Transaction& tx) {
        const auto link = Store(tx, parts_.sealer).find_enablement(grant.skill_id, grant.account);
        return link && link->status == LinkStatus::linked;
    };
    co_return co_await parts_.db.read(work);
}

Task<void> EventGateway::keep(PlatformGrant grant, std::string gateway, json::object event) {
    GatewayEvent kept;
    kept.account = grant.account;
    kept.at = parts_.clock.now();
    kept.gateway = std::move(gateway);
    kept.event = json::serialize(redacted_json(json::value(std::move(event))));
    const auto work = [&](db::Transaction& tx) { GatewayEvents(tx).add(grant.skill_id, kept); };
    co_await parts_.db.write(work);
}

Task<net::Response> EventGateway::alexa_events(net::Request request) {
    const auto grant = co_await lwa_.who(bearer_of(request));
    if (!grant || grant->purpose != "lwa") {
        co_return alexa_refusal(401, "INVALID_ACCESS_TOKEN_EXCEPTION", "The access token is unknown or has expired.");
    }
    auto event = parse_or_empty(request.body);
    if (text_at(event, "/event/header/namespace").empty() || text_at(event, "/event/header/name").empty()) {
        co_return alexa_refusal(400, "INVALID_REQUEST_EXCEPTION", "event.header needs a namespace and a name.");
    }
    const bool linked = co_await is_linked(*grant);
    if (!linked) co_return alexa_refusal(403, "SKILL_DISABLED_EXCEPTION", "The person has disabled the skill.");
    const std::string gateway = "alexa";
    co_await keep(*grant, gateway, event);
    if (hooks_.gateway_event) co_await hooks_.gateway_event(std::move(event), grant->skill_id, grant->account);
    net::Response response;
    response.status = 202;
    co_return response;
}

Task<net::Response> EventGateway::smartthings_tokens(net::Request request) {
    const auto body = parse_or_empty(request.body);
    const auto type = text_at(body, "/headers/interactionType");
    const bool is_code = type == "accessTokenRequest";
    if (!is_code && type != "refreshAccessTokens") {
        co_return smartthings_refusal("INVALID-INTERACTION-TYPE",
                                      "accessTokenRequest and refreshAccessTokens go here.");
    }
    MessagingCredentials proof{text_at(body, "/callbackAuthentication/clientId"),
                               text_at(body, "/callbackAuthentication/clientSecret")};
    Redemption redemption;
    redemption.kind = is_code ? "code" : "refresh";
    redemption.token = text_at(body, is_code ? "/callbackAuthentication/code" : "/callbackAuthentication/refreshToken");
    std::optional<Error> refused;
    try {
        const auto tokens = co_await lwa_.redeem(std::move(redemption), std::move(proof));
        auto headers = body.at("headers").as_object();
        headers["interactionType"] = is_code ? "accessTokenResponse" : "refreshAccessTokens";
        json::object authentication{{"accessToken", tokens.access_token},
                                    {"refreshToken", tokens.refresh_token},
                                    {"tokenType", "Bearer"},
                                    {"expiresIn", tokens.expires_in}};
        co_return net::json(
            200, json::object{{"headers", std::move(headers)}, {"callbackAuthentication", std::move(authentication)}});
    } catch (const Error& e) {
        refused = e;
    }
    if (refused->code == Errc::oauth_invalid_client) {
        co_return smartthings_refusal("INVALID-CLIENT-SECRET", refused->message);
    }
    if (refused->code == Errc::oauth_invalid_grant) {
        co_return smartthings_refusal(is_code ? "INVALID-CODE" : "INVALID-TOKEN", refused->message);
    }
    throw Error(*refused);
}

Task<net::Response> EventGateway::smartthings_callback(net::Request request) {
    auto body = parse_or_empty(request.body);
    const auto grant = co_await lwa_.who(text_at(body, "/authentication/token"));
    if (!grant || grant->purpose != "smartthings") {
        auto refused = smartthings_refusal("TOKEN-EXPIRED", "The access token is unknown or has expired.");
        refused.status = 401;
        co_return refused;
    }
    if (text_at(body, "/headers/interactionType").empty()) {
        co_return smartthings_refusal("BAD-REQUEST", "headers.interactionType is missing.");
    }
    const bool linked = co_await is_linked(*grant);
    if (!linked) co_return smartthings_refusal("INTEGRATION-DELETED", "The person has removed the connection.");
    body.erase("authentication");
    const std::string gateway = "smartthings";
    co_await keep(*grant, gateway, std::move(body));
    co_return net::json(200, json::object{});
}

}  // namespace symbolon::voice
