#pragma once

#include "base/bytes.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"

#include <string>

namespace symbolon::app {

/// The key under which everything sealed is sealed: 32 bytes in hexadecimal, from SYMBOLON_MASTER_KEY or from
/// `folder`/master.key (made at the first start, mode 0600). There is no built-in default.
/// Fails: Error{invalid_parameter} for a key that is short, malformed or readable by others.
Bytes load_master_key(const std::string& folder, crypto::Random& random);

/// Refuses a master key that is not the one of this server's database: with another nothing that is sealed in it opens,
/// and what is sealed from now on is lost to who puts the right one back. Fails: Error{invalid_parameter}.
void check_master_key(db::Database& db, const crypto::Sealer& sealer, const std::string& folder);

}  // namespace symbolon::app
