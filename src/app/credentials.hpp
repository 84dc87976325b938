#pragma once

#include "crypto/random.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::app {

/// The administrator's access key, with which AWS clients sign.
struct AccessKey {
    std::string id;
    std::string secret;

    /// The secret when `key_id` is this key's id.
    std::optional<std::string> find_secret(std::string_view key_id) const;
};

/// From SYMBOLON_ACCESS_KEY_ID and SYMBOLON_SECRET_ACCESS_KEY, else from `folder`/credentials (the AWS
/// shared-credentials format, made at the first start, mode 0600). Fails: Error{invalid_parameter}.
AccessKey load_access_key(const std::string& folder, crypto::Random& random);

}  // namespace symbolon::app
