#include "voice/smart_home/messages.hpp"

#include "voice/models/json_read.hpp"
#include "voice/smart_home/capabilities.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_name = 128;
constexpr std::size_t longest_endpoint_id = 256;
constexpr std::size_t largest_cookie = 5000;
constexpr std::size_t most_endpoints = 300;

/// What an ErrorResponse may say.
constexpr std::array<std::string_view, 27> error_types{"ALREADY_IN_OPERATION",
                                                       "BRIDGE_UNREACHABLE",
                                                       "CLOUD_CONTROL_DISABLED",
                                                       "ENDPOINT_BUSY",
                                                       "ENDPOINT_LOW_POWER",
                                                       "ENDPOINT_UNREACHABLE",
                                                       "EXPIRED_AUTHORIZATION_CREDENTIAL",
                                                       "FIRMWARE_OUT_OF_DATE",
                                                       "HARDWARE_MALFUNCTION",
                                                       "INSUFFICIENT_PERMISSIONS",
                                                       "INTERNAL_ERROR",
                                                       "INVALID_AUTHORIZATION_CREDENTIAL",
                                                       "INVALID_DIRECTIVE",
                                                       "INVALID_VALUE",
                                                       "NO_SUCH_ENDPOINT",
                                                       "NOT_CALIBRATED",
                                                       "NOT_IN_OPERATION",
                                                       "NOT_SUPPORTED_IN_CURRENT_MODE",
                                                       "NOT_SUPPORTED_WITH_CURRENT_BATTERY_CHARGE_STATE",
                                                       "PARTNER_APPLICATION_REDIRECTION",
                                                       "POWER_LEVEL_NOT_SUPPORTED",
                                                       "RATE_LIMIT_EXCEEDED",
                                                       "TEMPERATURE_VALUE_OUT_OF_RANGE",
                                                       "TOO_MANY_FAILED_ATTEMPTS",
                                                       "VALUE_OUT_OF_RANGE",
                                                       "ACCEPT_GRANT_FAILED",
                                                       "THERMOSTAT_IS_OFF"};

json::object header(const DirectiveHead& head, std::string_view interface, std::string_view name) {
    return {{"namespace", interface}, {"name", name}, {"payloadVersion", "3"}, {"messageId", head.message_id}};
}

json::object scope(const DirectiveHead& head) {
    return {{"type", "BearerToken"}, {"token", head.access_token}};
}

json::object directive_of(json::object header, json::object payload) {
    return {{"directive", {{"header", std::move(header)}, {"payload", std::move(payload)}}}};
}

std::string header_problem(const json::object& header) {
    if (text_of(header, "namespace").empty()) return "its header has no namespace";
    if (text_of(header, "name").empty()) return "its header has no name";
    if (text_of(header, "payloadVersion") != "3") return "its header's payloadVersion must be \"3\"";
    const auto id = text_of(header, "messageId");
    if (id.empty() || id.size() > longest_name) return "its header's messageId must have 1 to 128 characters";
    return {};
}

bool is_endpoint_id(std::string_view id) {
    const auto allowed = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               std::string_view("_-=#;:?@&.").find(c) != std::string_view::npos;
    };
    return !id.empty() && id.size() <= longest_endpoint_id && std::ranges::all_of(id, allowed);
}

std::string capability_problem(const json::object& capability) {
    if (text_of(capability, "type") != "AlexaInterface") return "a capability's type must be AlexaInterface";
    const auto interface = text_of(capability, "interface");
    if (!interface.starts_with("Alexa")) return "a capability has no interface";
    if (text_of(capability, "version").empty()) return interface + " has no version";
    const auto* properties = object_of(capability, "properties");
    if (properties == nullptr) return {};
    for (const auto* property : objects_of(*properties, "supported")) {
        if (text_of(*property, "name").empty()) return interface + " supports a property without name";
    }
    return {};
}

/// True for "2026-11-22T16:03:00Z" with or without fractions.
bool is_time(std::string_view text) {
    return text.size() >= 20 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' &&
           text[16] == ':' && text.ends_with('Z');
}

std::string property_report_problem(const json::object& property) {
    const auto interface = text_of(property, "namespace");
    const auto name = text_of(property, "name");
    if (interface.empty() || name.empty()) return "a property has no namespace or name";
    const auto called = interface + "." + name;
    if (!property.contains("value")) return called + " has no value";
    if (!is_time(text_of(property, "timeOfSample"))) return called + " has no timeOfSample in UTC";
    const auto* uncertainty = property.if_contains("uncertaintyInMilliseconds");
    if (uncertainty == nullptr || !uncertainty->is_number()) return called + " has no uncertaintyInMilliseconds";
    const auto problem = property_problem(interface, name, property.at("value"));
    return problem.empty() ? "" : called + " " + problem;
}

std::string discovery_problem(const json::object& payload) {
    const auto* list = payload.if_contains("endpoints");
    if (list == nullptr || !list->is_array()) return "its payload has no list of endpoints";
    if (list->get_array().size() > most_endpoints) return "it has more than 300 endpoints";
    for (const auto& endpoint : list->get_array()) {
        if (!endpoint.is_object()) return "an endpoint is no object";
        if (auto problem = endpoint_problem(endpoint.get_object()); !problem.empty()) return problem;
    }
    return {};
}

/// The names that answer a directive; ErrorResponse answers any.
std::vector<std::string_view> expected_names(std::string_view interface, std::string_view name) {
    if (interface == "Alexa.Discovery") return {"Discover.Response"};
    if (interface == "Alexa.Authorization") return {"AcceptGrant.Response"};
    if (name == "ReportState") return {"StateReport", "DeferredResponse"};
    if (name == "Activate" && interface == "Alexa.SceneController") return {"ActivationStarted", "Response"};
    if (name == "Deactivate" && interface == "Alexa.SceneController") return {"DeactivationStarted", "Response"};
    return {"Response", "DeferredResponse"};
}

std::string answer_problem(const json::object& event, const json::object& asked, const SmartHomeAnswer& answer) {
    const auto* header = object_of(event, "header");
    if (header == nullptr) return "its event has no header";
    if (auto problem = header_problem(*header); !problem.empty()) return problem;
    if (!event.contains("payload") || !event.at("payload").is_object()) return "its event has no payload";
    const auto sent = text_of(asked, "correlationToken");
    if (!sent.empty() && text_of(*header, "correlationToken") != sent) return "it does not echo the correlationToken";
    if (answer.name == "ErrorResponse") {
        const bool known = std::ranges::find(error_types, answer.error_type) != error_types.end();
        return known ? "" : "its payload.type is none of the platform's errors: " + answer.error_type;
    }
    const auto interface = text_of(asked, "namespace");
    const auto names = expected_names(interface, text_of(asked, "name"));
    if (std::ranges::find(names, answer.name) == names.end()) {
        return "it is called " + answer.name + ", and " + std::string(names.front()) + " was expected";
    }
    if (answer.name == "Discover.Response") return discovery_problem(answer.payload);
    return properties_problem(answer.properties);
}

}  // namespace

json::object discover_directive(const DirectiveHead& head) {
    return directive_of(header(head, "Alexa.Discovery", "Discover"), {{"scope", scope(head)}});
}

json::object accept_grant_directive(const DirectiveHead& head, const std::string& code) {
    const json::object grant{{"type", "OAuth2.AuthorizationCode"}, {"code", code}};
    return directive_of(header(head, "Alexa.Authorization", "AcceptGrant"),
                        {{"grant", grant}, {"grantee", scope(head)}});
}

json::object endpoint_directive(const DirectiveHead& head, const json::object& endpoint, std::string_view interface,
                                std::string_view name, std::string_view instance, json::object payload) {
    auto out = directive_of(header(head, interface, name), std::move(payload));
    auto& directive = out["directive"].as_object();
    auto& sent = directive["header"].as_object();
    sent["correlationToken"] = head.correlation_token;
    if (!instance.empty()) sent["instance"] = instance;
    const auto* cookie = object_of(endpoint, "cookie");
    directive["endpoint"] = json::object{{"scope", scope(head)},
                                         {"endpointId", text_of(endpoint, "endpointId")},
                                         {"cookie", cookie != nullptr ? *cookie : json::object{}}};
    return out;
}

SmartHomeAnswer read_smart_home_answer(std::string_view body, const json::object& directive) {
    SmartHomeAnswer out;
    json::error_code unreadable;
    auto value = json::parse(body, unreadable);
    const auto* whole = unreadable ? nullptr : value.if_object();
    const auto* event = whole != nullptr ? object_of(*whole, "event") : nullptr;
    if (event == nullptr) {
        out.problem = "it holds no event";
        return out;
    }
    if (const auto* sent = object_of(*event, "header")) out.name = text_of(*sent, "name");
    if (const auto* payload = object_of(*event, "payload")) out.payload = *payload;
    if (out.name == "ErrorResponse") out.error_type = text_of(out.payload, "type");
    if (const auto* context = object_of(*whole, "context")) {
        const auto* properties = context->if_contains("properties");
        if (properties != nullptr && properties->is_array()) out.properties = properties->get_array();
    }
    const auto* asked = object_of(directive, "directive");
    const auto* asked_header = asked != nullptr ? object_of(*asked, "header") : nullptr;
    out.problem = answer_problem(*event, asked_header != nullptr ? *asked_header : json::object{}, out);
    return out;
}

std::string endpoint_problem(const json::object& endpoint) {
    const auto id = text_of(endpoint, "endpointId");
    if (!is_endpoint_id(id)) return "an endpointId must have 1 to 256 letters, digits and _ - = # ; : ? @ & .";
    for (const std::string_view member : {"friendlyName", "manufacturerName", "description"}) {
        const auto text = text_of(endpoint, member);
        if (text.empty() || text.size() > longest_name) {
            return "endpoint " + id + ": " + std::string(member) + " must have 1 to 128 characters";
        }
    }
    if (texts_of(endpoint, "displayCategories").empty()) return "endpoint " + id + ": displayCategories is empty";
    const auto* cookie = object_of(endpoint, "cookie");
    if (cookie != nullptr && json::serialize(*cookie).size() > largest_cookie) {
        return "endpoint " + id + ": the cookie is larger than 5000 bytes";
    }
    const auto capabilities = objects_of(endpoint, "capabilities");
    if (capabilities.empty()) return "endpoint " + id + ": it has no capabilities";
    for (const auto* capability : capabilities) {
        if (auto problem = capability_problem(*capability); !problem.empty()) return "endpoint " + id + ": " + problem;
    }
    return {};
}

std::string properties_problem(const json::array& properties) {
    for (const auto& property : properties) {
        if (!property.is_object()) return "a property is no object";
        if (auto problem = property_report_problem(property.get_object()); !problem.empty()) return problem;
    }
    return {};
}

std::string event_problem(const json::object& event) {
    const auto* inner = object_of(event, "event");
    if (inner == nullptr) return "it holds no event";
    const auto* sent = object_of(*inner, "header");
    if (sent == nullptr) return "its event has no header";
    if (auto problem = header_problem(*sent); !problem.empty()) return problem;
    const auto* payload = object_of(*inner, "payload");
    if (payload == nullptr) return "its event has no payload";
    const auto name = text_of(*sent, "name");
    if (name == "AddOrUpdateReport") return discovery_problem(*payload);
    if (name != "ChangeReport") return {};
    const auto* endpoint = object_of(*inner, "endpoint");
    if (endpoint == nullptr || !is_endpoint_id(text_of(*endpoint, "endpointId"))) return "its event names no endpoint";
    const auto* change = object_of(*payload, "change");
    const auto* properties = change != nullptr ? change->if_contains("properties") : nullptr;
    if (properties == nullptr || !properties->is_array() || properties->get_array().empty()) {
        return "its payload.change has no properties";
    }
    return properties_problem(properties->get_array());
}

}  // namespace symbolon::voice
