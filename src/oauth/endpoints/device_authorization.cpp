#include "oauth/device_authorization.hpp"
#include "oauth/device_request.hpp"

#include "base/error.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/grants/pipeline.hpp"
#include "oauth/scopes.hpp"
#include "oauth/unproven_requests.hpp"

#include <boost/json/object.hpp>

#include <utility>

namespace symbolon::oauth {
namespace {

/// What the device may have: what it asks for, or all that its client is set to.
Task<std::vector<std::string>> pick_scopes(Doors& doors, signin::ClientPtr client, std::string asked_text) {
    const auto live = co_await doors.services.catalog.list_scopes(client->pool_id);
    auto allowed = list_scopes_of(*client, *live);
    auto asked = parse_scopes(asked_text);
    if (!covers(allowed, asked)) throw Error{Errc::oauth_invalid_scope};
    if (asked.empty()) asked = std::move(allowed);
    if (asked.empty()) throw Error{Errc::oauth_invalid_scope};
    co_return asked;
}

}  // namespace

/// RFC 8628 §3.1, §3.2.
Task<net::Response> serve_device_authorization(Doors& doors, Site site, net::Request request) {
    const auto form = parse_posted_form(request);
    auto client = co_await doors.clients.authenticate(site, request, form);
    if (!may_use_grant(*client, device_grant_type)) throw Error{Errc::oauth_unauthorized_client};
    co_await count_unproven_request(doors.services, client, request.client_address);
    auto scopes = co_await pick_scopes(doors, client, form.get("scope"));
    DeviceAuthorizationService devices(doors.services);
    const auto codes = co_await devices.begin(std::move(client), std::move(scopes));
    const boost::json::object answer{{"device_code", codes.device_code},
                                     {"user_code", codes.user_code},
                                     {"verification_uri", device_page_url(site)},
                                     {"verification_uri_complete", device_page_url(site, codes.user_code)},
                                     {"verification_qr_uri", device_qr_code_url(site, codes.user_code)},  // ours
                                     {"expires_in", std::chrono::seconds(DeviceAuthorizationService::life).count()},
                                     {"interval", DeviceAuthorizationService::pause.count()}};
    co_return net::json(200, answer);
}

}  // namespace symbolon::oauth
