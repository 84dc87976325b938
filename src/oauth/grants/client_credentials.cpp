#include "base/error.hpp"
#include "oauth/grants/grant.hpp"
#include "oauth/scopes.hpp"

#include <algorithm>

namespace symbolon::oauth {

/// RFC 6749 §4.4. Only scopes of resource servers: there is no user whom the others could be about.
Task<TokenSet> exchange_client_credentials(directory::Catalog& catalog, Tokens& tokens, TokenRequest request) {
    if (!request.client->is_confidential()) {
        throw Error{Errc::oauth_unauthorized_client, {}, "a public client cannot prove itself"};
    }
    const auto live = co_await catalog.list_scopes(request.pool->id);
    auto allowed = list_scopes_of(*request.client, *live);
    std::erase_if(allowed, [](const auto& scope) { return !is_custom_scope(scope); });
    auto scopes = parse_scopes(request.form->get("scope"));
    if (scopes.empty()) scopes = allowed;
    if (scopes.empty() || !covers(allowed, scopes)) throw Error{Errc::oauth_invalid_scope};
    co_return co_await tokens.issue_to_client(request.pool, request.client, std::move(scopes));
}

}  // namespace symbolon::oauth
