#include "doctor/checks/checks.hpp"

#include "doctor/examination.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::doctor::checks {

namespace json = boost::json;

namespace {

HttpAnswer post(Examination& e, const std::string& url, const json::object& body, const std::string& bearer) {
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers.add("Content-Type", "application/json");
    if (!bearer.empty()) request.headers.add("Authorization", "Bearer " + bearer);
    request.body = json::serialize(body);
    return e.ask(std::move(request));
}

/// voice-account-linking.md §4.1.
HttpAnswer fulfil(Examination& e, const char* intent, const std::string& token) {
    if (e.subject().fulfillment_url.empty()) throw NotExamined{"No fulfilment is known: see --fulfillment-url."};
    const json::array inputs{json::object{{"intent", intent}}};
    return post(e, e.subject().fulfillment_url, {{"requestId", e.random().uuid()}, {"inputs", inputs}}, token);
}

/// voice-account-linking.md §4.2.
HttpAnswer interact(Examination& e, const char* type, json::object more) {
    if (e.subject().schema_url.empty()) throw NotExamined{"No schema webhook is known: see --schema-url."};
    json::object body{{"headers", json::object{{"schema", "st-schema"},
                                               {"version", "1.0"},
                                               {"interactionType", type},
                                               {"requestId", e.random().uuid()}}}};
    for (auto& [name, value] : more) body[name] = value;
    return post(e, e.subject().schema_url, body, {});
}

std::string text_at(const HttpAnswer& answer, std::string_view pointer) {
    const auto body = parse_object(answer.body);
    if (!body) return {};
    boost::json::error_code problem;
    const json::value whole(*body);
    const auto* found = whole.find_pointer(pointer, problem);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

json::object bearer(const std::string& token) {
    return {{"tokenType", "Bearer"}, {"token", token}};
}

}  // namespace

Outcome sync_answers(Examination& e) {
    const auto answer = fulfil(e, "action.devices.SYNC", e.access_token());
    if (answer.status == 200 && !text_at(answer, "/payload/agentUserId").empty())
        return passed("SYNC answers with agentUserId.");
    return failed("SYNC does not answer 200 with payload.agentUserId.", {describe(answer)});
}

Outcome fulfilment_refuses_and_disconnects(Examination& e) {
    const auto refused = fulfil(e, "action.devices.SYNC", "not-a-token-" + e.random().digits(20));
    if (refused.status != 401 && text_at(refused, "/payload/errorCode") != "authFailure")
        return failed("A bad token is not refused with 401.", {describe(refused)});
    const auto gone = fulfil(e, "action.devices.DISCONNECT", e.access_token());
    if (gone.status != 200 || !parse_object(gone.body))
        return failed("DISCONNECT is not answered with 200 and an object.", {describe(gone)});
    return passed("A bad token is refused, and DISCONNECT answered.");
}

Outcome expired_token_is_told(Examination& e) {
    const auto answer =
        interact(e, "discoveryRequest", {{"authentication", bearer("not-a-token-" + e.random().digits(20))}});
    const auto error = text_at(answer, "/globalError/errorEnum");
    if (answer.status == 200 && (error == "TOKEN-EXPIRED" || error == "INVALID-TOKEN"))
        return passed("A token that is no longer good is told with " + error + ".");
    return failed("A token that is no longer good is not told with 200 and TOKEN-EXPIRED.", {describe(answer)});
}

Outcome callback_access_is_handled(Examination& e) {
    const json::object callback{
        {"grantType", "authorization_code"}, {"code", "doctor-" + e.random().digits(12)}, {"clientId", "doctor"}};
    const json::object urls{{"oauthToken", "https://c2c-us.smartthings.com/oauth/token"},
                            {"stateCallback", "https://c2c-us.smartthings.com/device/events"}};
    const auto answer = interact(
        e, "grantCallbackAccess",
        {{"authentication", bearer(e.access_token())}, {"callbackAuthentication", callback}, {"callbackUrls", urls}});
    if (answer.status == 200 && !text_at(answer, "/headers/interactionType").empty())
        return passed("grantCallbackAccess is handled.");
    return failed("grantCallbackAccess is not handled.", {describe(answer)});
}

}  // namespace symbolon::doctor::checks
