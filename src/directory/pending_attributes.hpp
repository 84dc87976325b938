#pragma once

#include "base/id.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::directory {

/// Phone numbers and e-mail addresses that users want to have and have not proven yet: one of each a user. Nobody is
/// found by them, and nobody sees them. Spec: cognito-api §4.5 (AttributesRequireVerificationBeforeUpdate).
class PendingAttributes {
public:
    explicit PendingAttributes(db::Transaction& tx) : tx_(tx) {}

    std::optional<std::string> find(const PoolId& pool, const UserId& user, std::string_view attribute);
    /// A newer one takes the place of the former.
    void save(const PoolId& pool, const UserId& user, std::string_view attribute, std::string_view value);
    void erase(const PoolId& pool, const UserId& user, std::string_view attribute);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
