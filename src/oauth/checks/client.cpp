#include "oauth/checks/check.hpp"

#include <algorithm>

namespace symbolon::oauth {
namespace {

/// True when a parameter is there twice with different values.
bool contradicts_itself(const Draft& draft, std::string_view name) {
    const auto last = draft.get(name);
    return std::any_of(draft.parameters.begin(), draft.parameters.end(), [&](const auto& parameter) {
        return parameter.first == name && !parameter.second.empty() && parameter.second != last;
    });
}

}  // namespace

Verdict check_client_is_named(Draft& draft) {
    if (contradicts_itself(draft, "client_id") || contradicts_itself(draft, "redirect_uri")) {
        return Refusal{"invalid_request", "A parameter is given twice with different values."};
    }
    if (!draft.has("client_id")) {
        return Refusal{"invalid_request", "Required String parameter 'client_id' is not present"};
    }
    return {};
}

Verdict check_client_exists(Draft& draft) {
    if (!draft.named_client || draft.named_client->pool_id != draft.site.pool->id) {
        draft.named_client = nullptr;
        return Refusal{"invalid_client", "Client does not exist."};
    }
    draft.request.client = draft.named_client;
    return {};
}

/// A client for which nobody can sign in: no flow of the authorization endpoint, or no identity provider.
Verdict check_client_signs_in(Draft& draft) {
    const auto& client = *draft.request.client;
    const bool has_flow = client.allows_oauth_flow("code") || client.allows_oauth_flow("implicit");
    const auto& providers = client.settings.SupportedIdentityProviders;
    if (has_flow && providers && !providers->empty()) return {};
    return Refusal{"unauthorized_client", "The client has no sign-in flow or no identity provider enabled."};
}

}  // namespace symbolon::oauth
