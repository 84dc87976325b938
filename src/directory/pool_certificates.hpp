#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "crypto/self_signed.hpp"
#include "db/transaction.hpp"

#include <optional>

namespace symbolon::directory {

/// The key that signs a pool's requests to SAML providers, and its certificate. A pool has one, which is made when it
/// is first asked for and stays.
class PoolCertificates {
public:
    PoolCertificates(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    /// The certificate alone, DER.
    std::optional<Bytes> find(const PoolId& pool);
    /// With its key. Fails: internal when the key does not open.
    std::optional<crypto::SelfSigned> find_with_key(const PoolId& pool);
    /// Stores the given one unless the pool has one already. Returns the pool's certificate, DER.
    Bytes create(const PoolId& pool, const crypto::SelfSigned& made, Instant now);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::directory
