#include "oauth/checks/check.hpp"
#include "oauth/requested_claims.hpp"
#include "oauth/scopes.hpp"

#include <utility>

namespace symbolon::oauth {

/// OpenID Connect Core §5.5 and §3.1.2.1 (acr_values).
Verdict check_claims(Draft& draft) {
    auto& request = draft.request;
    if (const auto text = draft.get("claims"); !text.empty()) {
        auto claims = parse_requested_claims(text);
        if (!claims) return Refusal{"invalid_request", "The claims are malformed."};
        request.claims = std::move(*claims);
    }
    request.acr_values = parse_scopes(draft.get("acr_values"));
    const auto& usual = request.client->extensions.default_acr_values;
    if (request.acr_values.empty() && usual) {
        for (const auto& acr : *usual) request.acr_values.push_back(acr.str());
    }
    return {};
}

/// Whom the answer has to be about: id_token_hint, and `sub` among the claims (OpenID Connect Core §3.1.2.1, §5.5.1).
Verdict check_subject(Draft& draft) {
    const auto hinted = draft.origin.hint_subject.value_or("");
    const auto claimed = draft.request.claims.subject();
    if (draft.has("id_token_hint") && hinted.empty()) {
        return Refusal{"invalid_request", "id_token_hint is no ID token of this issuer."};
    }
    if (!hinted.empty() && !claimed.empty() && hinted != claimed) {
        return Refusal{"invalid_request", "id_token_hint and claims name two people."};
    }
    draft.request.subject = hinted.empty() ? claimed : hinted;
    return {};
}

}  // namespace symbolon::oauth
