#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints/departure.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/endpoints/journey_end.hpp"

#include <optional>
#include <utility>
#include <variant>

namespace symbolon::oauth {
namespace {

/// A provider that begins by itself says in RelayState what an app would have asked for. Nothing where that is no
/// request, or the provider may not. Spec: oauth-and-hosted-ui.md §1.12, §4.4.
Task<std::optional<directory::FederationRequest>> find_unasked(Doors& doors, Site site, std::string relay_state) {
    const auto form = net::Form::parse(relay_state);
    if (!form.find("client_id")) co_return std::nullopt;
    auto checked = co_await doors.authorization.check(site, relay_state);
    const auto* asked = std::get_if<AuthorizationRequest>(&checked);
    if (!asked) co_return std::nullopt;
    auto provider = co_await doors.federation.find_provider(site.pool, asked->identity_provider, asked->idp_identifier);
    if (!provider) co_return std::nullopt;
    auto journey = co_await doors.federation.unasked(site.pool, asked->client, site.url, std::move(provider));
    if (journey) journey->query = std::move(relay_state);
    co_return journey;
}

}  // namespace

/// The assertion consumer service: SAML providers post their responses here (SAML Bindings §3.5).
Task<net::Response> serve_saml_response(Doors& doors, Site site, net::Request request) {
    auto answer = net::Form::parse(request.body);
    const auto relay_state = answer.get("RelayState");
    auto browser = net::find_cookie(request, departure_cookie).value_or("");
    auto journey = co_await doors.federation.welcome_back(site.pool, relay_state, std::move(browser));
    if (!journey) journey = co_await find_unasked(doors, site, relay_state);
    if (!journey) co_return redirect_to_error_page(site, invalid_state, {});
    co_return co_await end_journey(doors, std::move(site), std::move(request), std::move(*journey), std::move(answer),
                                   Protocol::saml);
}

/// Our metadata, for whoever sets up the provider.
Task<net::Response> serve_saml_metadata(Doors& doors, Site site, net::Request /*request*/) {
    net::Response response;
    response.body = co_await doors.federation.describe(site.pool, site.url);
    response.headers.add("Content-Type", "application/samlmetadata+xml");
    co_return response;
}

}  // namespace symbolon::oauth
