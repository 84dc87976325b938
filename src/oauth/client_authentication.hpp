#pragma once

#include "base/task.hpp"
#include "directory/catalog.hpp"
#include "directory/clients.hpp"
#include "net/form.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::oauth {

/// What a client says of itself at the token and the revocation endpoint: in the Authorization header
/// (client_secret_basic), in the body (client_secret_post), or, for a public client, only its id in the body.
struct ClientCredentials {
    std::string id;
    std::string secret;      ///< "" when none was sent
    std::string raw_secret;  ///< the header's secret before form-decoding; "" when it is the same
};

/// Reads them. Header and body may be there at once if they agree: platforms send the id in both
/// (voice-account-linking.md §2.5). `authorization` is the header's value, nothing when it is absent. Fails:
/// oauth_invalid_client, oauth_invalid_request. Spec: RFC 6749 §2.3.1.
ClientCredentials read_client_credentials(std::optional<std::string_view> authorization, const net::Form& body);

/// The client of this pool that the credentials prove. A confidential client needs its secret; a public one must not
/// show one. Fails: oauth_invalid_client.
Task<std::shared_ptr<const directory::Client>> authenticate_client(directory::Catalog& catalog, PoolId pool,
                                                                   ClientCredentials credentials);

}  // namespace symbolon::oauth
