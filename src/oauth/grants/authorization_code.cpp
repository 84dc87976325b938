#include "base/error.hpp"
#include "oauth/grants/grant.hpp"

namespace symbolon::oauth {

/// RFC 6749 §4.1.3, RFC 7636 §4.5.
Task<TokenSet> exchange_authorization_code(directory::Catalog& /*catalog*/, Tokens& tokens, TokenRequest request) {
    CodeExchange exchange{request.form->get("code"), request.form->get("redirect_uri"),
                          request.form->get("code_verifier")};
    if (exchange.code.empty()) {
        throw Error{Errc::oauth_invalid_request, "Required String parameter 'code' is not present"};
    }
    co_return co_await tokens.exchange_code(request.pool, request.client, std::move(exchange));
}

}  // namespace symbolon::oauth
