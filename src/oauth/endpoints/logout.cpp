#include "oauth/logout.hpp"
#include "base/error.hpp"
#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/redirect_uris.hpp"
#include "oauth/scopes.hpp"
#include "oauth/subjects.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace symbolon::oauth {
namespace {

[[noreturn]] void refuse(const char* text) {
    throw Error{Errc::oauth_invalid_request, text};
}

/// Who asks for a sign-out.
struct Asker {
    signin::ClientPtr client;                 ///< null: nobody is named
    std::optional<Tokens::IdTokenHint> hint;  ///< by which the client proves that it knows the person
};

/// The client is named, or proven by an ID token; both must agree (RP-Initiated Logout §2).
Task<Asker> find_asker(Doors& doors, signin::PoolPtr pool, net::Form form) {
    Asker asker;
    auto client_id = form.get("client_id");
    if (auto hint = form.find("id_token_hint")) {
        asker.hint = co_await doors.tokens.read_id_token_hint(pool, std::move(*hint));
        const bool agrees = asker.hint && (client_id.empty() || client_id == asker.hint->client_id.str());
        if (!agrees) refuse("The id_token_hint is not accepted.");
        client_id = asker.hint->client_id.str();
    }
    // The service's own forms name their client; a standard request need not.
    const bool wants_client = form.find("logout_uri") || form.find("redirect_uri");
    if (client_id.empty() && !wants_client) co_return asker;
    if (client_id.empty()) refuse("Required String parameter 'client_id' is not present");
    asker.client = co_await doors.services.catalog.find_client(ClientId(client_id));
    if (!asker.client || asker.client->pool_id != pool->id)
        throw Error{Errc::oauth_invalid_client, "Client does not exist."};
    co_return asker;
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

/// Where the browser goes by the standard's parameters: to the registered place, with the client's state.
std::string find_standard_target(const Site& site, const net::Form& form, const signin::ClientPtr& client) {
    const auto url = form.find("post_logout_redirect_uri");
    if (!url || !client) return signed_out_url(site);  // a place that nobody vouches for is none
    if (!is_logout_url(*client, *url)) refuse("The logout URI is not registered for this client.");
    const auto state = form.find("state");
    if (!state) return *url;
    net::Form answer;
    answer.add("state", *state);
    return append_to_query(*url, answer.encode());
}

/// Where the browser goes: Cognito's logout_uri first, then OpenID Connect's parameter, then a new sign-in. A client
/// that names itself but no place gets the service's error page (§1.7), behind a session that has ended: the person
/// wanted out. A place that is not registered ends nothing: that request was not made by the client.
Task<std::string> find_target(Doors& doors, Site site, net::Form form, Asker asker) {
    if (const auto url = form.find("logout_uri")) {
        if (!is_logout_url(*asker.client, *url)) refuse("The logout URI is not registered for this client.");
        co_return *url;
    }
    if (form.find("post_logout_redirect_uri")) co_return find_standard_target(site, form, asker.client);
    if (form.find("redirect_uri") && form.find("response_type")) {
        const auto live = co_await doors.services.catalog.list_scopes(site.pool->id);
        auto query = login_query(std::move(form), *asker.client, *live);
        auto checked = co_await doors.authorization.check(site, query);
        if (std::holds_alternative<ErrorPage>(checked)) refuse("The redirect URI is not registered for this client.");
        co_return site.url + "/login?" + query;
    }
    const bool is_standard = asker.hint || !asker.client;
    co_return is_standard ? signed_out_url(site) : site.url + "/error?error=logout_uri_missing";
}

/// Whether the ID token is of the person who is signed in here. With somebody else's, another site could sign them out.
Task<bool> is_of_this_person(Doors& doors, signin::PoolPtr pool, Asker asker, std::string handle) {
    const auto person = co_await doors.sessions.find(std::move(pool), std::move(handle));
    if (!person) co_return true;  // nobody is
    co_return subject_of(doors.services.sealer, *asker.client, person->user_id) == asker.hint->subject;
}

/// Whether the person has to be asked first: the request is of the standard's form, and nothing in it shows that the
/// app which they are signed in to made it (RP-Initiated Logout §2). The service's forms are not asked about.
Task<bool> must_ask(Doors& doors, signin::PoolPtr pool, net::Form form, Asker asker, std::string handle) {
    if (form.find("logout_uri")) co_return false;
    if (asker.hint) {
        const bool agrees = co_await is_of_this_person(doors, std::move(pool), std::move(asker), std::move(handle));
        co_return !agrees;
    }
    co_return !asker.client || form.find("post_logout_redirect_uri").has_value();
}

}  // namespace

/// oauth-and-hosted-ui.md §1.7, in Cognito's words and in those of RP-Initiated Logout 1.0. Ends the browser's session;
/// tokens stay valid. A request that is refused ends nothing.
Task<net::Response> serve_logout(Doors& doors, Site site, net::Request request) {
    auto form = net::Form::parse(parameters_of(request));
    const auto asker = co_await find_asker(doors, site.pool, form);
    Leaving leaving;
    leaving.target = co_await find_target(doors, site, form, asker);
    if (asker.client) leaving.client = asker.client->name;
    auto handle = net::find_cookie(request, session_cookie);
    bool asks = false;  // nobody, where nobody is signed in
    if (handle) asks = co_await must_ask(doors, site.pool, form, asker, *handle);
    if (asks) {
        co_return net::redirect(302, leaving_url(doors.services, site, "/logout/confirm", std::move(leaving)));
    }
    auto location = co_await end_session(doors.services, doors.sessions, site, std::move(handle), std::move(leaving));
    auto response = net::redirect(302, std::move(location));
    drop_session(site, response);
    co_return response;
}

}  // namespace symbolon::oauth
