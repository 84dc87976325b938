#include "oauth/scopes.hpp"

#include "oauth/checks/check.hpp"

#include <algorithm>

namespace symbolon::oauth {
namespace {

bool is_enabled(const directory::Client& client, std::string_view scope) {
    const auto& enabled = client.settings.AllowedOAuthScopes;
    return enabled && std::any_of(enabled->begin(), enabled->end(), [&](const auto& s) { return s.str() == scope; });
}

}  // namespace

Verdict check_scope(Draft& draft) {
    const auto& client = *draft.request.client;
    auto granted = list_scopes_of(client, *draft.live_scopes);
    const auto asked = parse_scopes(draft.get("scope"));
    for (const auto& scope : asked) {
        // What the standard wants is to ignore it (OpenID Connect Core §3.1.2.1). Live pools answer with this pair, not
        // with error=invalid_scope (oauth-and-hosted-ui.md §1.3, §5.0 no. 3).
        if (!draft.is_strict() && !is_enabled(client, scope)) return Refusal{"invalid_request", "invalid_scope"};
    }
    // A scope that the client still lists but that was deleted is dropped without a word (§2.4).
    if (!asked.empty()) std::erase_if(granted, [&](const auto& scope) { return !has_scope(asked, scope); });
    if (draft.is_strict() && granted.empty()) return Refusal{"invalid_scope", "None of the scopes is the client's."};
    if (draft.request.response_type.id_token && !has_scope(granted, openid_scope)) {
        return Refusal{draft.is_strict() ? "invalid_scope" : "invalid_request", "An ID token needs the scope openid."};
    }
    draft.request.scopes = std::move(granted);
    return {};
}

}  // namespace symbolon::oauth
