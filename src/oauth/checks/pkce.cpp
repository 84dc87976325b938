#include "oauth/pkce.hpp"

#include "oauth/checks/check.hpp"

#include <utility>

namespace symbolon::oauth {

Verdict check_pkce(Draft& draft) {
    auto challenge = draft.get("code_challenge");
    const auto method = draft.get("code_challenge_method");
    const auto& extensions = draft.request.client->extensions;
    if (challenge.empty() && method.empty()) {
        const bool required = draft.is_fapi2() || directory::is_on(extensions.require_pkce);
        if (!required || !draft.request.response_type.code) return {};
        return Refusal{"invalid_request", "code_challenge is required"};
    }
    if (challenge.empty()) return Refusal{"invalid_request", "code_challenge_method without code_challenge"};
    // Without a method the standard means `plain`, which protects nothing from who reads the request: only for clients
    // that are allowed to (RFC 7636 §4.3, RFC 9700 §2.1.1).
    const bool plain = directory::is_on(extensions.allow_plain_pkce) && !draft.is_fapi2();
    if ((method.empty() || method == "plain") && plain) {
        if (!is_code_verifier(challenge)) return Refusal{"invalid_request", "code_challenge is malformed"};
        draft.request.code_challenge = std::move(challenge);
        draft.request.plain_challenge = true;
        return {};
    }
    if (method != "S256") return Refusal{"invalid_request", "code_challenge_method must be S256"};
    if (!is_code_challenge(challenge)) return Refusal{"invalid_request", "code_challenge is malformed"};
    draft.request.code_challenge = std::move(challenge);
    return {};
}

}  // namespace symbolon::oauth
