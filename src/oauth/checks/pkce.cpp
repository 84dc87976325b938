#include "oauth/pkce.hpp"

#include "oauth/checks/check.hpp"

#include <utility>

namespace symbolon::oauth {

Verdict check_pkce(Draft& draft) {
    auto challenge = draft.get("code_challenge");
    const auto method = draft.get("code_challenge_method");
    if (challenge.empty() && method.empty()) return {};
    if (challenge.empty()) return Refusal{"invalid_request", "code_challenge_method without code_challenge"};
    // Without a method the standard means `plain`, which protects nothing and is not offered (RFC 7636 §4.3).
    if (method != "S256") return Refusal{"invalid_request", "code_challenge_method must be S256"};
    if (!is_code_challenge(challenge)) return Refusal{"invalid_request", "code_challenge is malformed"};
    draft.request.code_challenge = std::move(challenge);
    return {};
}

}  // namespace symbolon::oauth
