#pragma once

#include "base/task.hpp"
#include "directory/catalog.hpp"
#include "net/form.hpp"
#include "oauth/tokens.hpp"

#include <memory>

namespace symbolon::oauth {

/// What every grant works with once the client has proven itself and may use the grant.
struct TokenRequest {
    signin::PoolPtr pool;
    signin::ClientPtr client;
    std::shared_ptr<const net::Form> form;
};

/// The grants: what differs between them. Everything they share is in run_grant().
Task<TokenSet> exchange_authorization_code(directory::Catalog& catalog, Tokens& tokens, TokenRequest request);
Task<TokenSet> exchange_refresh_token(directory::Catalog& catalog, Tokens& tokens, TokenRequest request);
Task<TokenSet> exchange_client_credentials(directory::Catalog& catalog, Tokens& tokens, TokenRequest request);

}  // namespace symbolon::oauth
