#pragma once

#include "base/bytes.hpp"
#include "crypto/random.hpp"

#include <string>

namespace symbolon::app {

/// The key under which everything sealed is sealed: 32 bytes in hexadecimal, from SYMBOLON_MASTER_KEY or from
/// `folder`/master.key (made at the first start, mode 0600). There is no built-in default.
/// Fails: Error{invalid_parameter} for a key that is short, malformed or readable by others.
Bytes load_master_key(const std::string& folder, crypto::Random& random);

}  // namespace symbolon::app
