#include "oauth/consent.hpp"

#include "directory/client_extensions.hpp"
#include "directory/consents.hpp"
#include "directory/grants.hpp"
#include "directory/pool_extensions.hpp"
#include "oauth/signed_in_for.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::oauth {
namespace {

bool covers(const std::vector<std::string>& allowed, const std::vector<std::string>& asked) {
    return std::all_of(asked.begin(), asked.end(), [&](const std::string& scope) {
        return std::find(allowed.begin(), allowed.end(), scope) != allowed.end();
    });
}

}  // namespace

std::string consent_url(const signin::Services& services, const Site& site, const AuthorizationRequest& request,
                        const signin::SignedIn& person) {
    return site.url + "/consent?" + signed_in_query(services, request, person);
}

Task<bool> needs_consent(signin::Services& services, Site site, AuthorizationRequest request, UserId user) {
    const bool asks = directory::is_on(request.client->extensions.require_consent);
    if (request.prompt_consent) co_return asks || directory::is_on(site.pool->extensions.strict_oidc);
    if (!asks) co_return false;
    const auto look = [&](db::Transaction& tx) {
        return directory::Consents(tx).find(site.pool->id, user, request.client->id);
    };
    const auto given = co_await services.db.read(look);
    // A client that was made anew under the same id is another one.
    co_return !given || given->given < request.client->created || !covers(given->scopes, request.scopes);
}

Task<void> allow(signin::Services& services, AuthorizationRequest request, UserId user) {
    const auto& client = *request.client;
    const Instant now = services.clock.now();
    const auto remember = [&](db::Transaction& tx) {
        directory::Consents consents(tx);
        directory::Consent consent{client.id, request.scopes, now};
        const auto before = consents.find(client.pool_id, user, client.id);
        if (before && before->given >= client.created)
            for (const auto& scope : before->scopes)
                if (!covers(consent.scopes, {scope})) consent.scopes.push_back(scope);
        consents.put(client.pool_id, user, consent);
    };
    co_await services.db.write(remember);
}

Task<void> withdraw_consent(signin::Services& services, PoolId pool, UserId user, ClientId client) {
    const auto withdraw = [&](db::Transaction& tx) {
        directory::Consents(tx).erase(pool, user, client);
        directory::Grants(tx).revoke_all_of_client(pool, user, client);
    };
    co_await services.db.write(withdraw);
}

}  // namespace symbolon::oauth
