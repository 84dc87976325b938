#include "oauth/checks/check.hpp"

namespace symbolon::oauth {

/// A request object that was not taken, and clients that promised to push or to sign what they ask (RFC 9126 §6, RFC
/// 9101 §10.5), or have to (FAPI 2.0 §5.3.2.2 no. 2 and 3).
Verdict check_origin(Draft& draft) {
    if (draft.origin.refused) return draft.origin.refused;
    const auto& extensions = draft.request.client->extensions;
    const bool pushes = draft.is_fapi2() || directory::is_on(extensions.require_pushed_authorization_requests);
    if (pushes && !draft.origin.pushed) {
        return Refusal{"invalid_request", "The client has to push its authorization requests."};
    }
    if (directory::is_on(extensions.require_signed_request_object) && !draft.origin.is_signed) {
        return Refusal{"invalid_request", "The client has to sign its authorization requests."};
    }
    return {};
}

}  // namespace symbolon::oauth
