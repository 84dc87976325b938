#include "oauth/endpoints/departure.hpp"

#include "base/log.hpp"
#include "directory/client_rules.hpp"
#include "directory/linked_identities.hpp"
#include "directory/users.hpp"
#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/account_request.hpp"
#include "oauth/acr.hpp"
#include "oauth/device_request.hpp"
#include "oauth/endpoints/journey_end.hpp"
#include "oauth/form_post.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace symbolon::oauth {
namespace {

constexpr std::size_t browser_secret_length = 43;

/// The only provider of a client whose users cannot sign in here; "" when there is a choice.
std::string only_provider(const directory::Client& client) {
    const auto& names = client.settings.SupportedIdentityProviders;
    return names && names->size() == 1 && (*names)[0].str() != directory::local_provider ? (*names)[0].str()
                                                                                         : std::string{};
}

void keep_browser(const Site& site, net::Response& response, std::string browser) {
    net::Cookie cookie;
    cookie.name = departure_cookie;
    cookie.value = std::move(browser);
    cookie.path = site.cookie_path;
    cookie.secure = site.secure;
    cookie.cross_site = true;  // Apple and SAML providers come back with a form of their own
    cookie.max_age = federation::Federation::longest_absence;
    net::set_cookie(response, cookie);
}

/// What the client asks of the provider, too (§1.2).
std::string forwarded_prompt(const AuthorizationRequest& asked) {
    std::string prompt;
    const auto add = [&](bool is_asked, const char* word) {
        if (is_asked) prompt += (prompt.empty() ? "" : " ") + std::string(word);
    };
    add(asked.prompt_login, "login");
    add(asked.prompt_consent, "consent");
    add(asked.prompt_select_account, "select_account");
    return prompt;
}

/// The levels that the client wishes for, or cannot do without, as the pool numbers them.
std::vector<int> wished_levels(const directory::Pool& pool, const AuthorizationRequest& asked) {
    auto names = asked.acr_values;
    if (const auto* acr = asked.claims.find_in_id_token("acr"))
        names.insert(names.end(), acr->values.begin(), acr->values.end());
    std::vector<int> levels;
    for (const auto& name : names)
        if (const auto level = find_level(pool, name); level && std::ranges::find(levels, *level) == levels.end())
            levels.push_back(*level);
    return levels;
}

/// A sign-in that a page of ours asked for. What came of it nobody is told but the person.
bool is_for_a_page(const AuthorizationRequest& asked) {
    return is_for_device(asked) || is_for_account(asked);
}

net::Response refuse_person(const Site& site) {
    return redirect_to_error_page(site, provider_refused, {});
}

net::Response refuse_provider(const Site& site, const AuthorizationRequest& asked) {
    if (is_for_a_page(asked)) return refuse_person(site);
    return Authorization::refuse(site, asked, "invalid_request",
                                 "The identity provider is not enabled for this client.");
}

bool is_ours(Errc code) {
    return code == Errc::internal || code == Errc::unavailable || code == Errc::timed_out;
}

/// What a browser brings from the sign-in page: an authorization request, a device that it lets in, or the wish to see
/// one's account.
Task<CheckedRequest> find_request(Doors& doors, Site site, net::Request request) {
    const auto query = net::Form::parse(request.query);
    if (is_account_query(query)) co_return co_await make_account_request(doors.services, site, query, std::string());
    if (!is_device_query(query)) co_return co_await doors.authorization.check(site, request.query);
    auto browser = net::find_cookie(request, browser_cookie).value_or("");
    auto found =
        co_await find_waiting_device(doors.services, site.pool->id, std::move(browser), query.get(device_parameter));
    if (!found) co_return ErrorPage{std::string(invalid_state), {}, {}};
    co_return make_device_request(site, std::move(found->client), query.get(device_parameter));
}

}  // namespace

std::string browser_of(Doors& doors, const net::Request& request) {
    auto kept = net::find_cookie(request, departure_cookie);
    return kept && kept->size() == browser_secret_length ? std::move(*kept) : doors.services.random.token();
}

net::Response to_response(const Site& site, federation::Departure departure, std::string browser) {
    net::Response response;
    if (auto* address = std::get_if<federation::GoTo>(&departure)) {
        response = net::redirect(302, std::move(address->url));
    } else {
        const auto& form = std::get<federation::PostTo>(departure);
        net::Form fields;
        for (const auto& [name, value] : form.fields) fields.add(name, value);
        response = form_post_page(form.url, fields);
    }
    if (!browser.empty()) keep_browser(site, response, std::move(browser));
    return response;
}

Task<AskedProvider> find_asked_provider(Doors& doors, Site site, AuthorizationRequest asked) {
    AskedProvider found;
    auto name = asked.identity_provider;
    if (name.empty() && asked.idp_identifier.empty()) name = only_provider(*asked.client);
    if (name.empty() && asked.idp_identifier.empty()) co_return found;  // the person chooses
    if (name == directory::local_provider) {
        if (!asked.client->allows_provider(name)) found.refusal = refuse_provider(site, asked);
        co_return found;
    }
    found.provider = co_await doors.federation.find_provider(site.pool, name, asked.idp_identifier);
    if (found.provider && asked.client->allows_provider(found.provider->name)) co_return found;
    found.provider = nullptr;
    found.refusal = refuse_provider(site, asked);
    co_return found;
}

Task<bool> is_signed_in_by(Doors& doors, signin::SignedIn signed_in, federation::ProviderPtr provider) {
    const auto user = co_await doors.services.db.read(
        [&](db::Transaction& tx) { return directory::Users(tx).find(signed_in.pool_id, signed_in.user_id); });
    co_return user.has_value() && directory::has_identity_at(*user, provider->name);
}

Task<net::Response> depart(Doors& doors, Site site, net::Request request, AuthorizationRequest asked,
                           federation::ProviderPtr provider) {
    federation::Traveller traveller;
    traveller.pool = site.pool;
    traveller.provider = std::move(provider);
    traveller.site_url = site.url;
    traveller.query = is_for_device(asked) ? returning_query(asked) : asked.query;
    traveller.browser = browser_of(doors, request);
    traveller.login_hint = asked.login_hint;
    traveller.prompt = forwarded_prompt(asked);
    traveller.levels = wished_levels(*site.pool, asked);
    auto browser = traveller.browser;
    std::optional<Error> failure;
    try {
        auto departure = co_await doors.federation.depart(std::move(traveller));
        co_return to_response(site, std::move(departure), std::move(browser));
    } catch (const Error& error) {
        failure = error;
    }
    co_return refuse_arrival(site, asked, *failure);
}

/// The way from the sign-in page to a provider that the person chose there: the request is one that has arrived before,
/// and `identity_provider` says which.
Task<net::Response> serve_provider(Doors& doors, Site site, net::Request request) {
    auto checked = co_await find_request(doors, site, request);
    if (const auto* page = std::get_if<ErrorPage>(&checked))
        co_return redirect_to_error_page(site, page->code, page->client_id);
    if (auto* refusal = std::get_if<ErrorRedirect>(&checked)) co_return std::move(refusal->response);
    auto asked = std::get<AuthorizationRequest>(std::move(checked));
    const auto chosen = net::Form::parse(request.query);
    asked.identity_provider = chosen.get("identity_provider");
    asked.idp_identifier.clear();
    if (auto hint = chosen.find("login_hint")) asked.login_hint = std::move(*hint);
    auto by = co_await find_asked_provider(doors, site, asked);
    if (by.refusal) co_return std::move(*by.refusal);
    if (!by.provider) co_return net::redirect(302, site.url + "/login?" + asked.query);
    co_return co_await depart(doors, std::move(site), std::move(request), std::move(asked), std::move(by.provider));
}

net::Response refuse_arrival(const Site& site, const AuthorizationRequest& asked, const Error& error) {
    log::write(is_ours(error.code) ? log::Level::error : log::Level::info, "federated sign-in refused",
               {{"pool", site.pool->id.str()}, {"message", error.message}, {"detail", error.detail}});
    if (is_for_a_page(asked)) return refuse_person(site);
    if (is_ours(error.code)) return Authorization::refuse(site, asked, "server_error", {});
    if (error.code == Errc::oauth_access_denied)
        return Authorization::refuse(site, asked, "access_denied", error.message);
    return Authorization::refuse(site, asked, "invalid_request", error.message);
}

}  // namespace symbolon::oauth
