#include "base/encoding.hpp"
#include "crypto/x509.hpp"
#include "net/respond.hpp"
#include "world.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace symbolon::doctor::test {

namespace json = boost::json;

namespace {

std::string at(const json::value& value, std::string_view pointer) {
    json::error_code problem;
    const auto* found = value.find_pointer(pointer, problem);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

bool is_signed(const HttpRequest& request) {
    if (request.headers.find("SignatureCertChainUrl").value_or("") != "https://assistant.example/chain.pem")
        return false;
    // RSASSA-PKCS1-v1_5 is deterministic: the same key gives the same signature.
    const auto expected = to_base64(crypto::x509::sign_sha256(signer_key(), bytes_of(request.body)));
    return request.headers.find("Signature-256").value_or("") == expected;
}

net::Response event(const char* space, const char* name, const char* payload = "{}") {
    return json_answer(200, std::string(R"({"event":{"header":{"namespace":")") + space + R"(","name":")" + name +
                                R"(","payloadVersion":"3","messageId":"1"},"payload":)" + payload + "}}");
}

}  // namespace

net::Response World::skill(const HttpRequest& request) {
    const auto body = json::parse(request.body);
    if (!request.headers.find("Signature-256")) {
        if (!is("AL-SKL-001")) return net::text(400, "");
    } else if (!is_signed(request)) {
        return net::text(400, "");
    }
    const auto oldest = to_iso8601(std::chrono::floor<std::chrono::seconds>(clock.now() - std::chrono::seconds(150)));
    if (at(body, "/request/timestamp") < oldest && !is("AL-SKL-002")) return net::text(400, "");
    if (at(body, "/context/System/application/applicationId") != "amzn1.ask.skill.the-one" && !is("AL-SKL-003"))
        return net::text(400, "");
    const bool has_token = !at(body, "/context/System/user/accessToken").empty();
    const auto card = has_token && is("AL-SKL-004") ? R"({"type":"Simple","title":"Hm","content":"Hm"})"
                                                    : R"({"type":"LinkAccount"})";
    const auto version = is("AL-SKL-008") ? "" : R"("version":"1.0",)";
    return json_answer(200, std::string("{") + version +
                                R"("response":{"outputSpeech":{"type":"PlainText","text":"Link me."},"card":)" + card +
                                R"(,"shouldEndSession":true}})");
}

net::Response World::smart_home(const HttpRequest& request, bool outage) {
    const auto name = at(json::parse(request.body), "/directive/header/name");
    if (outage && is_other("AL-SKL-006")) return net::text(500, "exception");
    if (outage)
        return event(
            "Alexa", "ErrorResponse",
            is("AL-SKL-006") ? R"({"type":"EXPIRED_AUTHORIZATION_CREDENTIAL"})" : R"({"type":"INTERNAL_ERROR"})");
    if (name == "AcceptGrant")
        return is("AL-SKL-005") ? event("Alexa", "Response") : event("Alexa.Authorization", "AcceptGrant.Response");
    return event("Alexa.Discovery", "Discover.Response", R"({"endpoints":[]})");
}

net::Response World::fulfil(const HttpRequest& request) {
    const auto intent = at(json::parse(request.body), "/inputs/0/intent");
    const auto field = request.headers.find("Authorization").value_or("");
    const bool known = field.starts_with("Bearer ") && access_tokens_.contains(std::string(field.substr(7)));
    if (!known) return is("AL-FUL-002") ? json_answer(200, R"({"payload":{}})") : net::text(401, "");
    if (intent == "action.devices.DISCONNECT") return json_answer(200, "{}");
    return json_answer(200, is("AL-FUL-001") ? R"({"payload":{"devices":[]}})"
                                             : R"({"payload":{"agentUserId":"user-1","devices":[]}})");
}

net::Response World::interact(const HttpRequest& request) {
    const auto type = at(json::parse(request.body), "/headers/interactionType");
    if (type == "grantCallbackAccess") {
        if (is("AL-STS-002")) return net::text(500, "exception");
        return json_answer(
            200,
            R"({"headers":{"interactionType":"grantCallbackAccess"},"globalError":{"errorEnum":"INVALID-CLIENT"}})");
    }
    if (is("AL-STS-001")) return net::text(401, "");
    return json_answer(
        200, R"({"headers":{"interactionType":"discoveryResponse"},"globalError":{"errorEnum":"TOKEN-EXPIRED"}})");
}

}  // namespace symbolon::doctor::test
