#include "base/error.hpp"
#include "base/log.hpp"
#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/endpoints/departure.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/endpoints/journey_end.hpp"
#include "oauth/logout.hpp"

#include <optional>
#include <utility>
#include <variant>

// Single logout with SAML providers: the way there, and what comes from there (oauth-and-hosted-ui.md §1.7, §1.12).
namespace symbolon::oauth {
namespace {

constexpr std::string_view request_field = "SAMLRequest", response_field = "SAMLResponse";

federation::SamlParameters parameters_in(const net::Request& request, std::string_view field) {
    federation::SamlParameters given;
    const bool is_posted = request.method == net::Method::post;
    const auto form = net::Form::parse(is_posted ? request.body : request.query);
    given.relay_state = form.get("RelayState");
    // Of a form the address counts for nothing: a signature there would not be over this RelayState.
    if (is_posted)
        given.posted = form.get(field);
    else
        given.query = request.query;
    return given;
}

/// The answer to a sign-out that began here.
Task<net::Response> end_sign_out(Doors& doors, Site site, net::Request request) {
    auto browser = net::find_cookie(request, departure_cookie).value_or("");
    auto answer = parameters_in(request, response_field);
    auto target =
        co_await doors.federation.accept_sign_out_answer(site.pool, site.url, std::move(answer), std::move(browser));
    if (!target) co_return redirect_to_error_page(site, invalid_state, {});
    co_return net::redirect(302, std::move(*target));
}

/// The provider signs somebody out: their sessions here end before it gets its answer. Where the answer is an address,
/// the browser comes by the apps that hear of it in frames.
Task<net::Response> sign_out(Doors& doors, Site site, net::Request request) {
    auto parameters = parameters_in(request, request_field);
    auto wanted = co_await doors.federation.accept_sign_out(site.pool, site.url, std::move(parameters));
    auto ended = co_await doors.sessions.end_of_provider(site.pool, wanted.logout);
    if (!ended)
        throw Error{Errc::oauth_invalid_request, "Invalid logout message from identity provider",
                    "a request that was taken before"};
    auto departure = co_await doors.federation.answer_sign_out(site.pool, std::move(wanted));
    if (auto* address = std::get_if<federation::GoTo>(&departure))
        address->url = co_await go_by_apps(doors.services, site, std::move(*ended), std::move(address->url));
    auto response = to_response(site, std::move(departure), {});
    auto handle = net::find_cookie(request, session_cookie);
    if (!handle) co_return response;
    const auto person = co_await doors.sessions.find(site.pool, std::move(*handle));
    if (!person) drop_session(site, response);  // it may be somebody else's
    co_return response;
}

}  // namespace

/// The single logout service. A message that is not the provider's ends nothing.
Task<net::Response> serve_saml_logout(Doors& doors, Site site, net::Request request) {
    const bool is_posted = request.method == net::Method::post;
    const auto form = net::Form::parse(is_posted ? request.body : request.query);
    if (form.count(request_field) + form.count(response_field) != 1)
        throw Error{Errc::oauth_invalid_request, "Exactly one of SAMLRequest and SAMLResponse is expected."};
    if (form.find(response_field)) co_return co_await end_sign_out(doors, std::move(site), std::move(request));
    co_return co_await sign_out(doors, std::move(site), std::move(request));
}

/// From here the browser goes to the provider. The person is signed out here already: where the provider cannot be
/// asked, the browser goes where it was going.
Task<net::Response> serve_provider_sign_out(Doors& doors, Site site, net::Request request) {
    const auto query = net::Form::parse(request.query);
    auto leaving = open_leaving(doors.services, site, query.get(leaving_parameter));
    if (!leaving || !leaving->provider) co_return redirect_to_error_page(site, invalid_state, {});
    federation::Leaver leaver;
    leaver.pool = site.pool;
    leaver.site_url = site.url;
    leaver.browser = browser_of(doors, request);
    leaver.session = std::move(*leaving->provider);
    leaver.target = leaving->target;
    auto browser = leaver.browser;
    std::optional<Error> failure;
    try {
        auto departure = co_await doors.federation.depart_signed_out(std::move(leaver));
        co_return to_response(site, std::move(departure), std::move(browser));
    } catch (const Error& error) {
        failure = error;
    }
    log::warning("provider_sign_out_failed",
                 {{"pool", site.pool->id.str()}, {"message", failure->message}, {"detail", failure->detail}});
    co_return net::redirect(302, std::move(leaving->target));
}

}  // namespace symbolon::oauth
