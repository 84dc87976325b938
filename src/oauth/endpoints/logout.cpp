#include "base/error.hpp"
#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/redirect_uris.hpp"
#include "oauth/scopes.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::oauth {
namespace {

[[noreturn]] void refuse(const char* text) {
    throw Error{Errc::oauth_invalid_request, text};
}

/// The client that wants its user signed out: named, or proven by an ID token; both must agree (RP-Initiated Logout
/// §2).
Task<signin::ClientPtr> get_client(Doors& doors, signin::PoolPtr pool, net::Form form) {
    auto client_id = form.get("client_id");
    if (auto hint = form.find("id_token_hint")) {
        const auto hinted = co_await doors.tokens.find_id_token_client(pool, std::move(*hint));
        if (!hinted || (!client_id.empty() && client_id != hinted->str())) refuse("The id_token_hint is not accepted.");
        client_id = hinted->str();
    }
    if (client_id.empty()) refuse("Required String parameter 'client_id' is not present");
    auto client = co_await doors.services.catalog.find_client(ClientId(client_id));
    if (!client || client->pool_id != pool->id) throw Error{Errc::oauth_invalid_client, "Client does not exist."};
    co_return client;
}

/// Byte for byte: a trailing slash matters (§1.7).
bool is_logout_url(const directory::Client& client, const std::string& url) {
    const auto& registered = client.settings.LogoutURLs;
    return registered &&
           std::any_of(registered->begin(), registered->end(), [&](const auto& r) { return r.str() == url; });
}

/// The same request with the client's scopes filled in where it has none (§1.7).
std::string login_query(net::Form form, const directory::Client& client, const std::vector<std::string>& live) {
    if (form.get("scope").empty()) form.set("scope", join_scopes(list_scopes_of(client, live)));
    form.remove("logout_uri");
    return form.encode();
}

/// Where the browser goes: Cognito's logout_uri first, then OpenID Connect's parameter, then a new sign-in. A client
/// that names no place gets the service's error page (§1.7), behind a session that has ended: the person wanted out.
/// With an ID token it is a whole request (RP-Initiated Logout §2). A place that is not registered ends nothing: that
/// request was not made by the client.
Task<std::string> find_target(Doors& doors, Site site, net::Form form, signin::ClientPtr client) {
    if (const auto url = form.find("logout_uri")) {
        if (!is_logout_url(*client, *url)) refuse("The logout URI is not registered for this client.");
        co_return *url;
    }
    if (const auto url = form.find("post_logout_redirect_uri")) {
        if (!is_logout_url(*client, *url)) refuse("The logout URI is not registered for this client.");
        const auto state = form.find("state");
        if (!state) co_return *url;
        net::Form answer;
        answer.add("state", *state);
        co_return append_to_query(*url, answer.encode());
    }
    if (form.find("redirect_uri") && form.find("response_type")) {
        const auto live = co_await doors.services.catalog.list_scopes(site.pool->id);
        auto query = login_query(std::move(form), *client, *live);
        auto checked = co_await doors.authorization.check(site, query);
        if (std::holds_alternative<ErrorPage>(checked)) refuse("The redirect URI is not registered for this client.");
        co_return site.url + "/login?" + query;
    }
    co_return site.url + (form.find("id_token_hint") ? "/signedout" : "/error?error=logout_uri_missing");
}

}  // namespace

/// oauth-and-hosted-ui.md §1.7, in Cognito's words and in those of RP-Initiated Logout 1.0. Ends the browser's session;
/// tokens stay valid. A request that is refused ends nothing.
Task<net::Response> serve_logout(Doors& doors, Site site, net::Request request) {
    auto form = net::Form::parse(parameters_of(request));
    const auto client = co_await get_client(doors, site.pool, form);
    auto target = co_await find_target(doors, site, std::move(form), client);
    if (auto handle = net::find_cookie(request, session_cookie)) {
        co_await doors.sessions.end(site.pool, std::move(*handle));
    }
    auto response = net::redirect(302, std::move(target));
    net::Cookie cookie;
    cookie.name = session_cookie;
    cookie.path = site.cookie_path;
    cookie.secure = site.secure;
    net::clear_cookie(response, std::move(cookie));
    co_return response;
}

}  // namespace symbolon::oauth
