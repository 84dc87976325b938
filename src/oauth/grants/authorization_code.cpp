#include "base/error.hpp"
#include "oauth/grants/grant.hpp"

#include <utility>

namespace symbolon::oauth {

/// RFC 6749 §4.1.3, RFC 7636 §4.5.
Task<TokenAnswer> exchange_authorization_code(Doors& doors, TokenRequest request) {
    CodeExchange exchange{request.form->get("code"), request.form->get("redirect_uri"),
                          request.form->get("code_verifier"), std::move(request.proven), list_resources(*request.form)};
    if (exchange.code.empty()) {
        throw Error{Errc::oauth_invalid_request, "Required String parameter 'code' is not present"};
    }
    co_return co_await doors.tokens.exchange_code(request.site.pool, request.client, std::move(exchange));
}

}  // namespace symbolon::oauth
