#include "oauth/account_request.hpp"

#include "directory/client_rules.hpp"
#include "directory/identity_providers.hpp"
#include "oauth/scopes.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace symbolon::oauth {
namespace {

using directory::ExplicitAuthFlowsType;

/// Those of the pool's users themselves, and of all its providers.
List<directory::shape::ProviderName> name_providers(const std::vector<std::string>& external) {
    std::vector<directory::shape::ProviderName> names{directory::local_provider};
    names.insert(names.end(), external.begin(), external.end());
    return names;
}

directory::Client make_client(const Site& site, std::string name, const std::vector<std::string>& providers) {
    directory::Client client;
    client.pool_id = site.pool->id;
    client.id = ClientId(std::string(account_client_id));
    client.name = std::move(name);
    auto& settings = client.settings;
    settings.AllowedOAuthFlowsUserPoolClient = true;
    settings.SupportedIdentityProviders = name_providers(providers);
    settings.ExplicitAuthFlows = List<ExplicitAuthFlowsType>{ExplicitAuthFlowsType::ALLOW_USER_AUTH,
                                                             ExplicitAuthFlowsType::ALLOW_USER_PASSWORD_AUTH};
    settings.PreventUserExistenceErrors = directory::PreventUserExistenceErrorTypes::ENABLED;
    return client;
}

}  // namespace

bool is_account_query(const net::Form& query) {
    return query.get("client_id") == account_client_id;
}

Task<AuthorizationRequest> make_account_request(signin::Services& services, Site site, net::Form query,
                                                std::string name) {
    const auto list = [&](db::Transaction& tx) {
        return directory::IdentityProviders(tx, services.sealer).list_names(site.pool->id);
    };
    const auto providers = co_await services.db.read(list);
    AuthorizationRequest request;
    request.client = std::make_shared<const directory::Client>(make_client(site, std::move(name), providers));
    request.redirect_uri = account_url(site);
    request.prompt_login = has_scope(parse_scopes(query.get("prompt")), "login");
    net::Form carried;  // and nothing else of what the browser brought
    carried.add("client_id", std::string(account_client_id));
    if (request.prompt_login) carried.add("prompt", "login");
    request.query = carried.encode();
    co_return request;
}

bool is_for_account(const AuthorizationRequest& request) {
    return request.client && request.client->id.str() == account_client_id;
}

std::string account_sign_in_url(const Site& site, std::string_view prompt) {
    net::Form query;
    query.add("client_id", std::string(account_client_id));
    if (!prompt.empty()) query.add("prompt", std::string(prompt));
    return site.url + "/login?" + query.encode();
}

std::string account_url(const Site& site) {
    return site.url + "/account";
}

}  // namespace symbolon::oauth
