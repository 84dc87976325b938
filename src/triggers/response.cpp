#include "triggers/response.hpp"

#include "base/error.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <utility>

namespace symbolon::triggers {
namespace {

namespace json = boost::json;

std::string to_string(const json::string& text) {
    return {text.data(), text.size()};
}

[[noreturn]] void refuse_type(std::string_view name, std::string_view type) {
    refuse_answer(std::string(name) + " is not " + std::string(type));
}

/// What a function that raised says of it. Nothing: it did not raise.
std::optional<std::string> error_message(const Reply& reply, const json::value& body) {
    const auto* object = body.if_object();
    const auto* message = object ? object->if_contains("errorMessage") : nullptr;
    // A local emulator of the runtime reports errors as ordinary answers: no event has an errorMessage.
    if (!reply.is_error && (!message || object->contains("response"))) return std::nullopt;
    return message && message->is_string() ? to_string(message->get_string()) : std::string("Unhandled");
}

}  // namespace

void refuse_answer(std::string_view detail) {
    throw Error{Errc::hook_answer_invalid, "Invalid lambda function output : " + std::string(detail)};
}

Response read_reply(std::string_view trigger, const Reply& reply) {
    json::error_code failure;
    json::value body = json::parse(reply.body, failure);
    if (failure) body = nullptr;
    if (const auto message = error_message(reply, body))
        throw Error{Errc::hook_refused, std::string(trigger) + " failed with error " + *message + "."};
    auto* event = body.if_object();
    if (!event) throw Error{Errc::hook_answer_invalid, "Unrecognizable lambda output"};
    auto* response = event->if_contains("response");
    if (!response || response->is_null()) return Response({});
    if (!response->is_object()) throw Error{Errc::hook_answer_invalid, "Unrecognizable lambda output"};
    return Response(std::move(response->get_object()));
}

const json::value* Response::find(std::string_view name) const {
    const auto* found = members_.if_contains(name);
    return found && !found->is_null() ? found : nullptr;
}

bool Response::get_flag(std::string_view name) const {
    const auto* found = find(name);
    if (!found) return false;
    if (!found->is_bool()) refuse_type(name, "a boolean");
    return found->get_bool();
}

std::optional<std::string> Response::get_text(std::string_view name) const {
    const auto* found = find(name);
    if (!found) return std::nullopt;
    if (!found->is_string()) refuse_type(name, "a string");
    return to_string(found->get_string());
}

std::vector<std::string> Response::get_texts(std::string_view name) const {
    const auto* found = find(name);
    if (!found) return {};
    if (!found->is_array()) refuse_type(name, "a list");
    std::vector<std::string> out;
    for (const auto& item : found->get_array()) {
        if (!item.is_string()) refuse_type(name, "a list of strings");
        out.push_back(to_string(item.get_string()));
    }
    return out;
}

Attributes Response::get_map(std::string_view name) const {
    const auto* found = find(name);
    if (!found) return {};
    if (!found->is_object()) refuse_type(name, "a map");
    Attributes out;
    for (const auto& [key, value] : found->get_object()) {
        if (!value.is_string()) refuse_type(name, "a map of strings");
        out.insert_or_assign(std::string(key), to_string(value.get_string()));
    }
    return out;
}

std::optional<json::object> Response::get_object(std::string_view name) const {
    const auto* found = find(name);
    if (!found) return std::nullopt;
    if (!found->is_object()) refuse_type(name, "a map");
    return found->get_object();
}

Response Response::get_part(std::string_view name) const {
    auto members = get_object(name);
    return Response(members ? std::move(*members) : json::object());
}

}  // namespace symbolon::triggers
