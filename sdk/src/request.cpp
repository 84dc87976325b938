#include "symbolon/skill/request.hpp"

#include "codec.hpp"

#include <memory>
#include <utility>

namespace symbolon::skill {
namespace {

/// Takes a text out of the object; one that is none stays.
std::string take_text(json::object& in, std::string_view name) {
    const auto found = in.find(name);
    if (found == in.end() || !codec::fits<std::string>(found->value(), codec::Empty::is_absent)) return {};
    std::string text(codec::view(found->value().get_string()));
    in.erase(found);
    return text;
}

void read_request(json::object& in, Request& out) {
    out.type = take_text(in, "type");
    if (out.type.empty()) throw MalformedRequest("the request has no type");
    const auto* intent = in.if_contains("intent");
    if (out.type == IntentRequest::type && (intent == nullptr || !intent->is_object())) {
        throw MalformedRequest("an IntentRequest without an intent");
    }
    out.request_id = take_text(in, "requestId");
    out.timestamp = take_text(in, "timestamp");
    out.locale = take_text(in, "locale");
    codec::read_alternative(out.type, in, out.content);
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
    RequestEnvelope out;
    read_request(request->get_object(), out.request);
    envelope.erase("request");
    codec::read_members(envelope, out);
    return out;
}

json::object RequestEnvelope::to_json() const {
    auto out = codec::write_members(*this);
    out["request"] = request.to_json();
    return out;
}

}  // namespace symbolon::skill
