#include "oauth/response_types.hpp"

#include "oauth/checks/check.hpp"

#include <algorithm>

namespace symbolon::oauth {
namespace {

/// The response types that the service has. Others are for clients that are registered for them, and for pools that
/// follow the standard.
bool is_usual(const ResponseType& type) {
    return type == ResponseType{.code = true} || type == ResponseType{.token = true};
}

bool is_offered(const Draft& draft, const ResponseType& type) {
    return is_usual(type) || draft.is_strict() || draft.request.client->extensions.response_types;
}

/// A client that is registered for response types has those alone.
bool is_registered(const directory::Client& client, const ResponseType& type) {
    const auto& registered = client.extensions.response_types;
    return !registered || std::ranges::any_of(*registered, [&](const auto& word) { return word.str() == type.str(); });
}

bool is_web(std::string_view uri) {
    return uri.starts_with("https://") || uri.starts_with("http://");
}

}  // namespace

/// How refusals go back is settled before anything is refused: an answer that would have tokens goes into the fragment,
/// and so does its refusal (OAuth 2.0 Multiple Response Types §5).
Verdict take_delivery(Draft& draft) {
    const auto type = draft.get("response_type");
    const auto mode = parse_response_mode(draft.get("response_mode"));
    const bool front_channel = type.find("token") != std::string::npos;
    draft.request.response_mode = front_channel ? ResponseMode::fragment : ResponseMode::query;
    if (!mode || (*mode == ResponseMode::query && front_channel)) return {};
    if (*mode != ResponseMode::form_post || is_web(draft.request.redirect_uri)) draft.request.response_mode = *mode;
    return {};
}

Verdict check_response_type(Draft& draft) {
    const auto text = draft.get("response_type");
    if (text.empty()) return Refusal{"invalid_request", "Required String parameter 'response_type' is not present"};
    const auto type = ResponseType::parse(text);
    if (!type || !is_offered(draft, *type)) {
        return Refusal{draft.is_strict() ? "unsupported_response_type" : "invalid_request",
                       "The response type is not supported."};
    }
    draft.request.response_type = *type;
    return {};
}

Verdict check_response_mode(Draft& draft) {
    const auto text = draft.get("response_mode");
    // take_delivery() took every mode that fits the request.
    if (text.empty() || parse_response_mode(text) == draft.request.response_mode) return {};
    return Refusal{"invalid_request", "The response mode is not supported."};
}

Verdict check_flow_is_allowed(Draft& draft) {
    const auto& client = *draft.request.client;
    const auto& type = draft.request.response_type;
    const bool code = !type.code || client.allows_oauth_flow("code");
    const bool tokens = !type.is_front_channel() || client.allows_oauth_flow("implicit");
    if (code && tokens && is_registered(client, type)) return {};
    return Refusal{"unauthorized_client", "The client may not use this response type."};
}

}  // namespace symbolon::oauth
