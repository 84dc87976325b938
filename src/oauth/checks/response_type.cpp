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
    if (draft.is_fapi2()) return type == ResponseType{.code = true};  // FAPI 2.0 §5.3.2.2 no. 1
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
/// and so does its refusal (OAuth 2.0 Multiple Response Types §5). Into a query they may go only where nobody but the
/// client can read them (JARM §2.3.1). A mode that does not fit the request changes nothing here.
Verdict take_delivery(Draft& draft) {
    auto& request = draft.request;
    const bool front_channel = draft.get("response_type").find("token") != std::string::npos;
    request.response_mode = front_channel ? ResponseMode::fragment : ResponseMode::query;
    const auto asked = parse_response_mode(draft.get("response_mode"));
    if (!asked || (asked->as_jwt && !draft.protection)) return {};
    const auto way = asked->way.value_or(request.response_mode);
    const bool is_hidden = asked->as_jwt && draft.protection->reader;
    if (way == ResponseMode::query && front_channel && !is_hidden) return {};
    if (way == ResponseMode::form_post && !is_web(request.redirect_uri)) return {};
    request.response_mode = way;
    if (asked->as_jwt) request.protection = draft.protection;
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
    if (text.empty()) return {};
    const auto& request = draft.request;
    const auto asked = parse_response_mode(text);
    if (asked && asked->as_jwt && !draft.protection) {
        return Refusal{"invalid_request", "The client has no key that its answers can be encrypted to."};
    }
    // take_delivery() took every mode that fits the request.
    if (asked && asked->way.value_or(request.response_mode) == request.response_mode &&
        asked->as_jwt == (request.protection != nullptr)) {
        return {};
    }
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
