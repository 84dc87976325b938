#pragma once

#include "crypto/random.hpp"

#include <string>

namespace symbolon::app {

/// The first access key of administrators, which opens everything; others are made with `symbolon admin credentials`.
struct AccessKey {
    std::string id;
    std::string secret;
};

/// From SYMBOLON_ACCESS_KEY_ID and SYMBOLON_SECRET_ACCESS_KEY, else from `folder`/credentials (the AWS
/// shared-credentials format, made at the first start, mode 0600). Fails: Error{invalid_parameter}.
AccessKey load_access_key(const std::string& folder, crypto::Random& random);

}  // namespace symbolon::app
