#include "base/error.hpp"
#include "oauth/grants/grant.hpp"
#include "oauth/scopes.hpp"

#include <utility>

namespace symbolon::oauth {

/// RFC 6749 §4.4.
Task<TokenSet> exchange_client_credentials(directory::Catalog& catalog, Tokens& tokens, TokenRequest request) {
    if (!request.client->is_confidential()) {
        throw Error{Errc::oauth_unauthorized_client, {}, "a public client cannot prove itself"};
    }
    const auto live = co_await catalog.list_scopes(request.pool->id);
    auto scopes = pick_client_scopes(*request.client, *live, parse_scopes(request.form->get("scope")));
    if (!scopes || scopes->empty()) throw Error{Errc::oauth_invalid_scope};
    triggers::Metadata none;
    co_return co_await tokens.issue_to_client(request.pool, request.client, std::move(*scopes), std::move(none));
}

}  // namespace symbolon::oauth
