#include "symbolon/skill/smart_home/event.hpp"

#include "../codec.hpp"
#include "crypto/random.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::skill::smart_home {
namespace {

constexpr std::string_view payload_version = "3";

json::object header(std::string_view namespace_name, std::string_view name, const std::string& id) {
    return {{"namespace", namespace_name}, {"name", name}, {"payloadVersion", payload_version}, {"messageId", id}};
}

/// What answers a directive says whose answer it is.
json::object answer(const Directive& directive, std::string_view name, json::object payload, const std::string& id) {
    auto head = header("Alexa", name, id);
    if (!directive.header.correlation_token.empty()) head["correlationToken"] = directive.header.correlation_token;
    json::object event{{"header", std::move(head)}, {"payload", std::move(payload)}};
    if (!directive.endpoint_id().empty()) event["endpoint"] = {{"endpointId", directive.endpoint_id()}};
    return event;
}

json::object context_of(const std::vector<Property>& properties) {
    return {{"properties", codec::write(properties)}};
}

json::object with_context(json::object event, const std::vector<Property>& properties) {
    return {{"event", std::move(event)}, {"context", context_of(properties)}};
}

json::object discovery_event(std::string_view name, json::object payload, const std::string& id) {
    return {{"event", {{"header", header("Alexa.Discovery", name, id)}, {"payload", std::move(payload)}}}};
}

}  // namespace

MessageId random_message_id() {
    return [] {
        crypto::SystemRandom random;
        return random.uuid();
    };
}

json::object response(const Directive& directive, const std::vector<Property>& properties, const std::string& id) {
    return with_context(answer(directive, "Response", {}, id), properties);
}

json::object state_report(const Directive& directive, const std::vector<Property>& properties, const std::string& id) {
    return with_context(answer(directive, "StateReport", {}, id), properties);
}

json::object deferred_response(const Directive& directive, std::chrono::seconds expected, const std::string& id) {
    auto event = answer(directive, "DeferredResponse", {{"estimatedDeferralInSeconds", expected.count()}}, id);
    event.erase("endpoint");
    return {{"event", std::move(event)}};
}

json::object error_response(const Directive& directive, const DirectiveError& error, const std::string& id) {
    json::object payload = error.details();
    payload["type"] = codec::to_word(error.type());
    payload["message"] = error.what();
    return {{"event", answer(directive, "ErrorResponse", std::move(payload), id)}};
}

json::object discover_response(const std::vector<Endpoint>& endpoints, const std::string& id) {
    return discovery_event("Discover.Response", {{"endpoints", codec::write(endpoints)}}, id);
}

json::object accept_grant_response(const std::string& id) {
    return {{"event",
             {{"header", header("Alexa.Authorization", "AcceptGrant.Response", id)}, {"payload", json::object{}}}}};
}

json::object accept_grant_failed(std::string_view message, const std::string& id) {
    return {{"event",
             {{"header", header("Alexa.Authorization", "ErrorResponse", id)},
              {"payload", {{"type", "ACCEPT_GRANT_FAILED"}, {"message", message}}}}}};
}

json::object change_report(std::string_view endpoint_id, ChangeCause cause, const std::vector<Property>& changed,
                           const std::vector<Property>& others, const std::string& id) {
    const json::object change{{"cause", {{"type", codec::to_word(cause)}}}, {"properties", codec::write(changed)}};
    return with_context({{"header", header("Alexa", "ChangeReport", id)},
                         {"endpoint", {{"endpointId", endpoint_id}}},
                         {"payload", {{"change", change}}}},
                        others);
}

json::object add_or_update_report(const std::vector<Endpoint>& endpoints, const std::string& id) {
    return discovery_event("AddOrUpdateReport", {{"endpoints", codec::write(endpoints)}}, id);
}

json::object delete_report(const std::vector<std::string>& endpoint_ids, const std::string& id) {
    json::array endpoints;
    for (const auto& endpoint_id : endpoint_ids) endpoints.emplace_back(json::object{{"endpointId", endpoint_id}});
    return discovery_event("DeleteReport", {{"endpoints", std::move(endpoints)}}, id);
}

}  // namespace symbolon::skill::smart_home
