#include "oauth/checks/check.hpp"

#include "directory/client_rules.hpp"
#include "oauth/redirect_uris.hpp"

#include <algorithm>

namespace symbolon::oauth {
namespace {

/// Where a request without redirect_uri goes: the only registered URI, or the default one of a client with a single
/// identity provider (oauth-and-hosted-ui.md §1.2). "" when there is neither.
std::string implied_redirect_uri(const directory::ClientSettings& settings) {
    if (!settings.CallbackURLs) return {};
    if (settings.CallbackURLs->size() == 1) return (*settings.CallbackURLs)[0].str();
    const bool one_provider = settings.SupportedIdentityProviders && settings.SupportedIdentityProviders->size() == 1;
    if (one_provider && settings.DefaultRedirectURI) return settings.DefaultRedirectURI->str();
    return {};
}

bool is_registered(const directory::ClientSettings& settings, std::string_view uri) {
    if (!settings.CallbackURLs) return false;
    return std::any_of(settings.CallbackURLs->begin(), settings.CallbackURLs->end(),
                       [&](const auto& registered) { return matches_redirect_uri(registered.str(), uri); });
}

}  // namespace

Verdict check_redirect_uri_is_named(Draft& draft) {
    auto uri = draft.get("redirect_uri");
    draft.request.redirect_uri_sent = !uri.empty();
    // FAPI 2.0 §5.3.2.2 no. 6: always named.
    if (uri.empty() && draft.named_client && !draft.is_fapi2())
        uri = implied_redirect_uri(draft.named_client->settings);
    if (uri.empty()) return Refusal{"invalid_request", "Required String parameter 'redirect_uri' is not present"};
    draft.request.redirect_uri = std::move(uri);
    return {};
}

Verdict check_redirect_uri_is_registered(Draft& draft) {
    const auto& uri = draft.request.redirect_uri;
    // Registration refuses what a browser would run ("javascript:"); a row that came by another way is refused here.
    if (is_registered(draft.request.client->settings, uri) && directory::is_allowed_redirect(uri)) return {};
    return Refusal{"redirect_mismatch", "The redirect URI is not registered for this client."};
}

}  // namespace symbolon::oauth
