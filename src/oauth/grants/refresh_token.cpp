#include "base/error.hpp"
#include "oauth/grants/grant.hpp"
#include "oauth/scopes.hpp"

#include <utility>

namespace symbolon::oauth {

/// RFC 6749 §6. The scope may be narrowed, never widened. Whether a new refresh token comes along is for tokens.hpp.
Task<TokenAnswer> exchange_refresh_token(Doors& doors, TokenRequest request) {
    auto refresh_token = request.form->get("refresh_token");
    if (refresh_token.empty()) {
        throw Error{Errc::oauth_invalid_request, "Required String parameter 'refresh_token' is not present"};
    }
    Refresh shown{std::move(refresh_token), parse_scopes(request.form->get("scope"))};
    shown.proven = std::move(request.proven);
    shown.resources = list_resources(*request.form);
    co_return co_await doors.tokens.refresh(request.site.pool, request.client, std::move(shown));
}

}  // namespace symbolon::oauth
