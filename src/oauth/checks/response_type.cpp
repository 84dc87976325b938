#include "oauth/checks/check.hpp"

namespace symbolon::oauth {

Verdict check_response_type(Draft& draft) {
    const auto type = draft.get("response_type");
    // An answer that would go into the fragment is refused there, too (OAuth 2.0 Multiple Response Types §5).
    draft.request.implicit = type.find("token") != std::string::npos;
    if (type == "code" || type == "token") return {};
    if (type.empty()) return Refusal{"invalid_request", "Required String parameter 'response_type' is not present"};
    return Refusal{"invalid_request", "The response type is not supported."};
}

Verdict check_response_mode(Draft& draft) {
    const auto mode = draft.get("response_mode");
    if (mode.empty() || mode == (draft.request.implicit ? "fragment" : "query")) return {};
    return Refusal{"invalid_request", "The response mode is not supported."};
}

Verdict check_flow_is_allowed(Draft& draft) {
    if (draft.request.client->allows_oauth_flow(draft.request.implicit ? "implicit" : "code")) return {};
    return Refusal{"unauthorized_client", "The client may not use this response type."};
}

}  // namespace symbolon::oauth
