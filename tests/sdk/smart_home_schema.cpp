#include "smart_home_schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string_view>

namespace symbolon::skill::testing {
namespace {

namespace json = boost::json;
using Names = std::set<std::string_view>;

const Names error_types{"ALREADY_IN_OPERATION",
                        "BRIDGE_UNREACHABLE",
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
                        "NOT_SUPPORTED_IN_CURRENT_MODE",
                        "RATE_LIMIT_EXCEEDED",
                        "TEMPERATURE_VALUE_OUT_OF_RANGE",
                        "VALUE_OUT_OF_RANGE"};
const Names causes{"APP_INTERACTION", "PHYSICAL_INTERACTION", "PERIODIC_POLL", "RULE_TRIGGER", "VOICE_INTERACTION"};
const Names categories{"LIGHT", "SMARTPLUG", "SWITCH", "OTHER"};

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

class Checker {
public:
    std::vector<std::string> problems;

    void object(const json::value& at, std::string_view where, const Names& required, const Names& optional) {
        if (!at.is_object()) return add(where, "is no object");
        for (const auto name : required) {
            if (!at.get_object().contains(name)) add(where, "lacks " + std::string(name));
        }
        for (const auto& [name, value] : at.get_object()) {
            const std::string_view key(name.data(), name.size());
            if (!required.contains(key) && !optional.contains(key)) add(where, "has " + std::string(key));
        }
    }

    void text(const json::value& at, std::string_view where, std::size_t longest, std::string_view marks = {}) {
        if (!at.is_string()) return add(where, "is no text");
        const std::string_view text(at.get_string());
        if (text.empty() || text.size() > longest) add(where, "is too short or too long");
        if (marks.empty()) return;
        const auto allowed = std::string(letters) + std::string(marks);
        if (text.find_first_not_of(allowed) != std::string_view::npos) add(where, "has a character that may not be");
    }

    void one_of(const json::value& at, std::string_view where, const Names& words) {
        if (!at.is_string() || !words.contains(std::string_view(at.get_string()))) add(where, "is none of the words");
    }

    void add(std::string_view where, const std::string& what) { problems.push_back(std::string(where) + ' ' + what); }

    static const json::value& member(const json::value& at, std::string_view name) {
        static const json::value none;
        const auto* object = at.if_object();
        const auto* found = object == nullptr ? nullptr : object->if_contains(name);
        return found == nullptr ? none : *found;
    }
};

/// `2026-11-22T16:03:00Z`, with up to three decimals.
bool is_time(std::string_view text) {
    constexpr std::string_view pattern = "dddd-dd-ddTdd:dd:dd";
    if (text.size() < pattern.size() + 1 || !text.ends_with('Z')) return false;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == 'd' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
    }
    const auto decimals = text.substr(pattern.size(), text.size() - pattern.size() - 1);
    if (decimals.empty()) return true;
    return decimals.size() <= 4 && decimals[0] == '.' && decimals.size() > 1 &&
           std::ranges::all_of(decimals.substr(1), is_digit);
}

void check_scope(Checker& check, const json::value& scope) {
    check.object(scope, "scope", {"type", "token"}, {});
    check.one_of(Checker::member(scope, "type"), "scope.type", {"BearerToken"});
    check.text(Checker::member(scope, "token"), "scope.token", 10000);
}

void check_endpoint_reference(Checker& check, const json::value& endpoint) {
    check.object(endpoint, "endpoint", {"endpointId"}, {"scope", "cookie"});
    check.text(Checker::member(endpoint, "endpointId"), "endpointId", 256, "_-=#;:?@&");
    const auto& scope = Checker::member(endpoint, "scope");
    if (!scope.is_null()) check_scope(check, scope);
}

void check_value(Checker& check, std::string_view property, const json::value& value) {
    if (property == "Alexa.PowerController.powerState") {
        check.one_of(value, "powerState", {"ON", "OFF"});
    } else if (property == "Alexa.BrightnessController.brightness") {
        if (!value.is_int64() || value.get_int64() < 0 || value.get_int64() > 100)
            check.add("brightness", "is no percent");
    } else if (property == "Alexa.EndpointHealth.connectivity") {
        check.object(value, "connectivity", {"value"}, {});
        check.one_of(Checker::member(value, "value"), "connectivity", {"OK", "UNREACHABLE"});
    } else {
        check.add(property, "is no property of these interfaces");
    }
}

void check_properties(Checker& check, const json::value& properties) {
    const auto* list = properties.if_array();
    if (list == nullptr) return check.add("properties", "is no list");
    for (const auto& property : *list) {
        check.object(property, "property", {"namespace", "name", "value", "timeOfSample", "uncertaintyInMilliseconds"},
                     {"instance"});
        const auto& time = Checker::member(property, "timeOfSample");
        if (!time.is_string() || !is_time(time.get_string())) check.add("timeOfSample", "is no time");
        const auto& uncertainty = Checker::member(property, "uncertaintyInMilliseconds");
        if (!uncertainty.is_int64() || uncertainty.get_int64() < 0) check.add("uncertainty", "is no number from 0");
        const auto& space = Checker::member(property, "namespace");
        const auto& name = Checker::member(property, "name");
        if (!space.is_string() || !name.is_string()) return check.add("property", "has no name");
        check_value(check, std::string(space.get_string()) + '.' + std::string(name.get_string()),
                    Checker::member(property, "value"));
        if (std::ranges::count(*list, property) > 1) check.add("property", "is there twice");
    }
}

void check_capabilities(Checker& check, const json::value& capabilities) {
    const auto* list = capabilities.if_array();
    if (list == nullptr || list->empty()) return check.add("capabilities", "is no list of some");
    for (const auto& capability : *list) {
        check.object(capability, "capability", {"type", "interface", "version"}, {"properties"});
        check.one_of(Checker::member(capability, "type"), "capability.type", {"AlexaInterface"});
        check.one_of(Checker::member(capability, "version"), "capability.version", {"3"});
        check.one_of(Checker::member(capability, "interface"), "interface",
                     {"Alexa", "Alexa.PowerController", "Alexa.BrightnessController", "Alexa.EndpointHealth"});
        const auto& properties = Checker::member(capability, "properties");
        if (properties.is_null()) continue;
        check.object(properties, "capability.properties", {"supported", "proactivelyReported", "retrievable"}, {});
        for (const auto& supported : Checker::member(properties, "supported").as_array()) {
            check.object(supported, "supported", {"name"}, {});
        }
    }
}

void check_endpoints(Checker& check, const json::value& endpoints) {
    const auto* list = endpoints.if_array();
    if (list == nullptr || list->size() > 300) return check.add("endpoints", "is no list of at most 300");
    for (const auto& endpoint : *list) {
        check.object(
            endpoint, "endpoint",
            {"endpointId", "manufacturerName", "friendlyName", "description", "displayCategories", "capabilities"},
            {"cookie", "connections", "additionalAttributes"});
        check.text(Checker::member(endpoint, "endpointId"), "endpointId", 256, "_-=#;:?@&");
        for (const auto* name : {"manufacturerName", "friendlyName", "description"}) {
            check.text(Checker::member(endpoint, name), name, 128);
        }
        const auto* shown = Checker::member(endpoint, "displayCategories").if_array();
        if (shown == nullptr || shown->empty()) return check.add("displayCategories", "is no list of some");
        for (const auto& category : *shown) check.one_of(category, "category", categories);
        check_capabilities(check, Checker::member(endpoint, "capabilities"));
        if (std::ranges::count(*list, endpoint) > 1) check.add("endpoint", "is there twice");
    }
}

/// The payload, and which members an event of that name has beside header and payload.
void check_payload(Checker& check, const std::string& name, const json::value& payload) {
    if (name == "Alexa.ErrorResponse" || name == "Alexa.Authorization.ErrorResponse") {
        check.object(payload, "payload", {"type", "message"}, {"validRange"});
        const Names grant{"ACCEPT_GRANT_FAILED"};
        check.one_of(Checker::member(payload, "type"), "type", name == "Alexa.ErrorResponse" ? error_types : grant);
    } else if (name == "Alexa.ChangeReport") {
        check.object(payload, "payload", {"change"}, {});
        const auto& change = Checker::member(payload, "change");
        check.object(change, "change", {"cause", "properties"}, {});
        check.object(Checker::member(change, "cause"), "cause", {"type"}, {});
        check.one_of(Checker::member(Checker::member(change, "cause"), "type"), "cause", causes);
        check_properties(check, Checker::member(change, "properties"));
    } else if (name == "Alexa.Discovery.Discover.Response") {
        check.object(payload, "payload", {"endpoints"}, {});
        check_endpoints(check, Checker::member(payload, "endpoints"));
    } else if (name == "Alexa.Discovery.AddOrUpdateReport") {
        check.object(payload, "payload", {"endpoints", "scope"}, {});
        check_endpoints(check, Checker::member(payload, "endpoints"));
        check_scope(check, Checker::member(payload, "scope"));
    } else if (name == "Alexa.Discovery.DeleteReport") {
        check.object(payload, "payload", {"endpoints", "scope"}, {});
        for (const auto& endpoint : Checker::member(payload, "endpoints").as_array())
            check_endpoint_reference(check, endpoint);
        check_scope(check, Checker::member(payload, "scope"));
    } else if (name == "Alexa.DeferredResponse") {
        check.object(payload, "payload", {}, {"estimatedDeferralInSeconds"});
    } else if (name == "Alexa.Response" || name == "Alexa.StateReport" ||
               name == "Alexa.Authorization.AcceptGrant.Response") {
        check.object(payload, "payload", {}, {});
    } else {
        check.add(name, "is no message that a skill sends");
    }
}

}  // namespace

void record_message(const json::object& message) {
    const auto* file = std::getenv("SYMBOLON_SMART_HOME_MESSAGES");
    if (file != nullptr) std::ofstream(file, std::ios::app) << json::serialize(message) << '\n';
}

std::vector<std::string> smart_home_problems(const json::object& sent) {
    Checker check;
    const json::value message = sent;
    check.object(message, "message", {"event"}, {"context"});
    const auto& event = Checker::member(message, "event");
    check.object(event, "event", {"header", "payload"}, {"endpoint"});
    const auto& header = Checker::member(event, "header");
    check.object(header, "header", {"namespace", "name", "payloadVersion", "messageId"}, {"correlationToken"});
    check.one_of(Checker::member(header, "payloadVersion"), "payloadVersion", {"3"});
    check.text(Checker::member(header, "messageId"), "messageId", 127, "-");
    if (!check.problems.empty()) return check.problems;

    const auto name =
        std::string(header.at("namespace").as_string()) + '.' + std::string(header.at("name").as_string());
    check_payload(check, name, event.at("payload"));
    const auto& endpoint = Checker::member(event, "endpoint");
    if (!endpoint.is_null()) check_endpoint_reference(check, endpoint);
    const auto& context = Checker::member(message, "context");
    if (!context.is_null()) {
        check.object(context, "context", {}, {"properties"});
        check_properties(check, Checker::member(context, "properties"));
    }
    return check.problems;
}

}  // namespace symbolon::skill::testing
