#pragma once

#include "crypto/seal.hpp"
#include "db/transaction.hpp"

namespace symbolon::directory {

/// Whether the sealer's master key is the one that this database was written with: a signing key is tried. True while
/// there is none.
bool master_key_fits(db::Transaction& tx, const crypto::Sealer& sealer);

}  // namespace symbolon::directory
