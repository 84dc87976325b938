#pragma once

#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "crypto/srp.hpp"
#include "db/transaction.hpp"
#include "directory/users.hpp"

#include <optional>

namespace symbolon::directory {

/// Whether some client of the pool lets users prove their password by SRP: ALLOW_USER_SRP_AUTH, which is the default,
/// or ALLOW_USER_AUTH. Reads every client of the pool until one does; see Catalog::allows_srp().
bool any_client_allows_srp(db::Transaction& tx, const PoolId& pool);

/// What SRP checks users' passwords by. Each is sealed for its row and for the hash of the password that it is of: when
/// the user gets another hash, however that came, the verifier is none any more. Spec: cognito-api.md §3.4.
class SrpVerifiers {
public:
    SrpVerifiers(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    /// Of the password whose hash `user` has.
    std::optional<crypto::srp::Verifier> find(const User& user);
    /// The same.
    void save(const User& user, const crypto::srp::Verifier& verifier);
    void erase(const PoolId& pool, const UserId& user);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::directory
