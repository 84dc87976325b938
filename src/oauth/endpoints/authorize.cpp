#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/consent.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/endpoints/departure.hpp"
#include "oauth/endpoints/doors.hpp"

#include <optional>
#include <utility>

namespace symbolon::oauth {
namespace {

using Session = std::optional<signin::SignedIn>;

/// Who is signed in in this browser, if that is good enough for the request.
Task<Session> find_session(Doors& doors, signin::PoolPtr pool, AuthorizationRequest asked,
                           std::optional<std::string> handle, federation::ProviderPtr provider) {
    if (!handle || asked.prompt_login) co_return std::nullopt;
    auto signed_in = co_await doors.sessions.find(pool, asked.client, std::move(*handle));
    const auto now = doors.services.clock.now();
    if (!signed_in || !asked.accepts(doors.services.sealer, *pool, *signed_in, now)) co_return std::nullopt;
    if (!provider) co_return signed_in;
    const bool by_provider = co_await is_signed_in_by(doors, *signed_in, std::move(provider));
    co_return by_provider ? std::move(signed_in) : std::nullopt;
}

/// To one of our pages, which ends the request later.
Task<net::Response> go_to_page(Doors& doors, Site site, AuthorizationRequest asked, std::string page) {
    const auto kept = co_await doors.authorization.keep(std::move(asked));
    co_return net::redirect(302, site.url + page + "?" + kept.query);
}

/// The answer for somebody who is signed in, unless they have to be asked whether the client may.
Task<net::Response> answer(Doors& doors, Site site, AuthorizationRequest asked, signin::SignedIn signed_in) {
    const bool asks = co_await needs_consent(doors.services, site, asked, signed_in.user_id);
    if (!asks) co_return co_await doors.authorization.respond(std::move(site), std::move(asked), std::move(signed_in));
    if (asked.prompt_none) co_return Authorization::refuse(site, asked, "consent_required", {});
    co_return co_await go_to_page(doors, std::move(site), std::move(asked), "/consent");
}

}  // namespace

/// oauth-and-hosted-ui.md §1.4, OpenID Connect Core §3.1.2. Only the answer uses something up: a platform's server may
/// ask before the user's browser does (voice-account-linking.md §2.1).
Task<net::Response> serve_authorize(Doors& doors, Site site, net::Request request) {
    auto checked = co_await doors.authorization.begin(site, parameters_of(request));
    if (const auto* page = std::get_if<ErrorPage>(&checked)) {
        co_return redirect_to_error_page(site, page->code, page->client_id);
    }
    if (auto* refusal = std::get_if<ErrorRedirect>(&checked)) co_return std::move(refusal->response);
    auto asked = std::get<AuthorizationRequest>(std::move(checked));
    auto by = co_await find_asked_provider(doors, site, asked);
    if (by.refusal) co_return std::move(*by.refusal);
    auto handle = net::find_cookie(request, session_cookie);
    auto signed_in = co_await find_session(doors, site.pool, asked, std::move(handle), by.provider);
    if (signed_in && !asked.prompt_select_account) {
        co_return co_await answer(doors, std::move(site), std::move(asked), std::move(*signed_in));
    }
    if (asked.prompt_none) co_return Authorization::refuse(site, asked, "login_required", {});
    if (by.provider) {
        auto kept = co_await doors.authorization.keep(std::move(asked));
        co_return co_await depart(doors, std::move(site), std::move(request), std::move(kept), by.provider);
    }
    co_return co_await go_to_page(doors, std::move(site), std::move(asked), "/login");
}

}  // namespace symbolon::oauth
