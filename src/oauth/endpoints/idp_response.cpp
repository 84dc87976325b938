#include "net/cookie.hpp"
#include "oauth/endpoints/departure.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/endpoints/journey_end.hpp"

#include <utility>

namespace symbolon::oauth {

/// Where OIDC and social providers send people back to, by address or with a form. Spec: oauth-and-hosted-ui.md §1.12.
Task<net::Response> serve_idp_response(Doors& doors, Site site, net::Request request) {
    auto answer = net::Form::parse(parameters_of(request));
    auto handle = answer.get("state");
    auto browser = net::find_cookie(request, departure_cookie).value_or("");
    auto journey = co_await doors.federation.welcome_back(site.pool, std::move(handle), std::move(browser));
    if (!journey) co_return redirect_to_error_page(site, invalid_state, {});
    co_return co_await end_journey(doors, std::move(site), std::move(request), std::move(*journey), std::move(answer),
                                   Protocol::code);
}

}  // namespace symbolon::oauth
