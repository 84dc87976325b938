#include "base/error.hpp"
#include "oauth/grants/grant.hpp"
#include "oauth/scopes.hpp"

#include <utility>

namespace symbolon::oauth {

/// RFC 6749 §6. The scope may be narrowed, never widened. Whether a new refresh token comes along is for tokens.hpp.
Task<TokenSet> exchange_refresh_token(directory::Catalog& /*catalog*/, Tokens& tokens, TokenRequest request) {
    auto refresh_token = request.form->get("refresh_token");
    if (refresh_token.empty()) {
        throw Error{Errc::oauth_invalid_request, "Required String parameter 'refresh_token' is not present"};
    }
    Refresh shown{std::move(refresh_token), parse_scopes(request.form->get("scope"))};
    co_return co_await tokens.refresh(request.pool, request.client, std::move(shown));
}

}  // namespace symbolon::oauth
