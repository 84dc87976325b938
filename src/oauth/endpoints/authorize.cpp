#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/endpoints/doors.hpp"

#include <optional>
#include <utility>

namespace symbolon::oauth {
namespace {

bool is_too_old(const AuthorizationRequest& request, const signin::SignedIn& signed_in, Instant now) {
    return request.max_age && signed_in.auth_time + *request.max_age < now;
}

/// Who is signed in in this browser, if that is good enough for the request.
Task<std::optional<signin::SignedIn>> find_session(Doors& doors, signin::PoolPtr pool, AuthorizationRequest request,
                                                   std::optional<std::string> handle) {
    if (!handle || request.prompt_login) co_return std::nullopt;
    auto signed_in = co_await doors.sessions.find(std::move(pool), request.client, std::move(*handle));
    if (signed_in && is_too_old(request, *signed_in, doors.services.clock.now())) co_return std::nullopt;
    co_return signed_in;
}

}  // namespace

/// oauth-and-hosted-ui.md §1.4, OpenID Connect Core §3.1.2. Uses nothing up: a platform's server may ask before the
/// user's browser does (voice-account-linking.md §2.1).
Task<net::Response> serve_authorize(Doors& doors, Site site, net::Request request) {
    auto checked = co_await doors.authorization.check(site, parameters_of(request));
    if (const auto* page = std::get_if<ErrorPage>(&checked)) {
        co_return redirect_to_error_page(site, page->code, page->client_id);
    }
    if (auto* refusal = std::get_if<ErrorRedirect>(&checked))
        co_return net::redirect(302, std::move(refusal->location));
    auto asked = std::get<AuthorizationRequest>(std::move(checked));
    auto signed_in = co_await find_session(doors, site.pool, asked, net::find_cookie(request, session_cookie));
    if (signed_in) {
        auto location = co_await doors.authorization.respond(site, std::move(asked), std::move(*signed_in));
        co_return net::redirect(302, std::move(location));
    }
    if (asked.prompt_none) co_return net::redirect(302, Authorization::refuse(site, asked, "login_required", {}));
    co_return net::redirect(302, site.url + "/login?" + asked.query);
}

}  // namespace symbolon::oauth
