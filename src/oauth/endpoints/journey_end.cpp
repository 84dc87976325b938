#include "oauth/endpoints/journey_end.hpp"

#include "base/error.hpp"
#include "directory/session_rules.hpp"
#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/account_request.hpp"
#include "oauth/consent.hpp"
#include "oauth/device_request.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/endpoints/departure.hpp"
#include "oauth/endpoints/doors.hpp"

#include <optional>
#include <utility>
#include <variant>

namespace symbolon::oauth {
namespace {

void begin_session(const Site& site, net::Response& response, std::string handle) {
    net::Cookie cookie;
    cookie.name = session_cookie;
    cookie.value = std::move(handle);
    cookie.path = site.cookie_path;
    cookie.secure = site.secure;
    cookie.max_age = directory::session_life(*site.pool).longest;
    net::set_cookie(response, cookie);
}

/// Where the request goes on for a person who is in.
Task<net::Response> go_on(Doors& doors, Site site, AuthorizationRequest asked, signin::SignedIn signed_in) {
    if (is_for_account(asked)) co_return net::redirect(302, asked.redirect_uri);
    if (is_for_device(asked)) co_return net::redirect(302, device_confirm_url(doors.services, site, asked, signed_in));
    const bool asks = co_await needs_consent(doors.services, site, asked, signed_in.user_id);
    if (asks) co_return net::redirect(302, consent_url(doors.services, site, asked, signed_in));
    co_return co_await doors.authorization.respond(std::move(site), std::move(asked), std::move(signed_in));
}

/// The person is in: a new session of this browser, and the client's answer.
Task<net::Response> let_in(Doors& doors, Site site, net::Request request, AuthorizationRequest asked,
                           federation::Admitted admitted) {
    std::string agent(request.headers.find("User-Agent").value_or(""));
    auto begun = co_await doors.sessions.begin(site.pool, std::move(admitted.signed_in), std::move(agent),
                                               std::move(admitted.session));
    auto response = co_await go_on(doors, site, std::move(asked), std::move(begun.signed_in));
    begin_session(site, response, std::move(begun.handle));
    co_return response;
}

signin::Caller caller_of(const net::Request& request) {
    signin::Caller caller;
    caller.address = request.client_address;
    caller.user_agent = request.headers.find("User-Agent").value_or("");
    caller.request_id = request.request_id;
    return caller;
}

Task<federation::Admitted> accept(Doors& doors, signin::PoolPtr pool, signin::ClientPtr client,
                                  directory::FederationRequest journey, net::Form answer, Protocol protocol,
                                  signin::Caller caller) {
    auto& federation = doors.federation;
    if (protocol == Protocol::saml) {
        auto response = answer.get("SAMLResponse");
        co_return co_await federation.accept_response(std::move(pool), std::move(client), std::move(journey),
                                                      std::move(response), std::move(caller));
    }
    federation::Admitted admitted;
    admitted.signed_in = co_await federation.accept_code(std::move(pool), std::move(client), std::move(journey),
                                                         std::move(answer), std::move(caller));
    co_return admitted;
}

/// What the browser left for, checked again.
Task<CheckedRequest> find_request(Doors& doors, Site site, std::string query) {
    auto form = net::Form::parse(query);
    if (is_account_query(form))
        co_return co_await make_account_request(doors.services, std::move(site), std::move(form), std::string());
    if (!is_device_query(form)) co_return co_await doors.authorization.check(std::move(site), std::move(query));
    auto asked = co_await find_returned_device_request(doors.services, std::move(site), std::move(form));
    if (!asked.client) co_return ErrorPage{std::string(invalid_state), {}, {}};
    co_return asked;
}

}  // namespace

Task<net::Response> end_journey(Doors& doors, Site site, net::Request request, directory::FederationRequest journey,
                                net::Form answer, Protocol protocol) {
    auto checked = co_await find_request(doors, site, journey.query);
    if (const auto* page = std::get_if<ErrorPage>(&checked))
        co_return redirect_to_error_page(site, page->code, page->client_id);
    if (auto* refusal = std::get_if<ErrorRedirect>(&checked)) co_return std::move(refusal->response);
    auto asked = std::get<AuthorizationRequest>(std::move(checked));
    std::optional<Error> failure;
    try {
        auto caller = caller_of(request);
        auto admitted = co_await accept(doors, site.pool, asked.client, std::move(journey), std::move(answer), protocol,
                                        std::move(caller));
        co_return co_await let_in(doors, site, std::move(request), asked, std::move(admitted));
    } catch (const Error& error) {
        failure = error;
    }
    co_return refuse_arrival(site, asked, *failure);
}

}  // namespace symbolon::oauth
