#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::directory {

/// A person who was sent to an identity provider: what has to hold when somebody comes back with the handle.
struct FederationRequest {
    std::string provider;  ///< its name
    std::string browser;   ///< the browser's own secret, by which it is known again
    std::string callback;  ///< where the provider was asked to send the person
    std::string query;     ///< the authorization request that this is for
    std::string nonce;     ///< OpenID Connect: what the ID token must repeat
    std::string verifier;  ///< PKCE
    std::string saml_id;   ///< SAML: the ID of the AuthnRequest
    Instant expires{};
};

/// Requests on their way, over one transaction: each is found by its handle, and used once.
class FederationRequests {
public:
    FederationRequests(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    void create(const PoolId& pool, std::string_view handle, const FederationRequest& request);
    /// Also when it has expired. Nothing when the handle is unknown or was used.
    std::optional<FederationRequest> find(const PoolId& pool, std::string_view handle);
    /// True for the first caller, false for every later one.
    [[nodiscard]] bool use(const PoolId& pool, std::string_view handle);

private:
    Bytes hash_of(const PoolId& pool, std::string_view handle) const;

    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::directory
