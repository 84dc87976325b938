#include "symbolon/skill/request.hpp"

#include "codec.hpp"

#include <memory>
#include <utility>

namespace symbolon::skill {
namespace {

constexpr std::string_view intent_member = "intent";

/// Takes a text out of the object; one that is none stays.
std::string take_text(json::object& in, std::string_view name) {
    const auto found = in.find(name);
    if (found == in.end() || !codec::fits<std::string>(found->value(), codec::Empty::is_absent)) return {};
    auto text = codec::take<std::string>(found->value());
    in.erase(found);
    return text;
}

Request read_request(json::object in) {
    Request request;
    request.type = take_text(in, "type");
    if (request.type.empty()) throw MalformedRequest("the request has no type");
    const auto* intent = in.if_contains(intent_member);
    if (request.type == IntentRequest::type && (intent == nullptr || !intent->is_object())) {
        throw MalformedRequest("an IntentRequest without an intent");
    }
    request.request_id = take_text(in, "requestId");
    request.timestamp = take_text(in, "timestamp");
    request.locale = take_text(in, "locale");
    codec::read_alternative(request.type, std::move(in), request.content);
    return request;
}

}  // namespace

Request::Request() = default;
Request::Request(const Request&) = default;
Request::Request(Request&&) noexcept = default;
Request& Request::operator=(const Request& other) {
    return *this = Request(other);
}
/// As assigning each variant, at a fraction of the code.
Request& Request::operator=(Request&& other) noexcept {
    if (this == &other) return *this;
    std::destroy_at(this);
    return *std::construct_at(this, std::move(other));
}
Request::~Request() = default;

json::object Request::to_json() const {
    auto out = std::visit([](const auto& kind) { return codec::write_members(kind); }, content);
    if (!type.empty()) out["type"] = type;
    if (!request_id.empty()) out["requestId"] = request_id;
    if (!timestamp.empty()) out["timestamp"] = timestamp;
    if (!locale.empty()) out["locale"] = locale;
    return out;
}

RequestEnvelope RequestEnvelope::parse(json::object envelope) {
    auto* request = envelope.if_contains("request");
    if (request == nullptr || !request->is_object()) throw MalformedRequest("the envelope has no request");
    Request parsed = read_request(std::move(request->get_object()));
    envelope.erase("request");
    auto out = codec::read_members<RequestEnvelope>(std::move(envelope));
    out.request = std::move(parsed);
    return out;
}

json::object RequestEnvelope::to_json() const {
    auto out = codec::write_members(*this);
    out["request"] = request.to_json();
    return out;
}

}  // namespace symbolon::skill
