#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "directory/users.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::directory {

/// A row of `users`, for the statements that read one.
struct UserRow {
    std::string user_id;
    std::string username;
    std::string status;
    bool enabled = false;
    std::string attributes;
    std::string password_hash;
    std::optional<Instant> password_expires_ms;
    std::string mfa;
    Instant tokens_from_ms{};
    Instant created_ms{};
    Instant modified_ms{};
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(UserRow, (),
                      (user_id, username, status, enabled, attributes, password_hash, password_expires_ms, mfa,
                       tokens_from_ms, created_ms, modified_ms, version))

/// Fails: internal, when a column holds what this program does not write.
User to_user(const PoolId& pool, UserRow row);

std::string attributes_to_stored(const Attributes& attributes);
Attributes attributes_from_stored(std::string_view text);
std::string status_to_stored(UserStatus status);

}  // namespace symbolon::directory
