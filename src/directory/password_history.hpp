#pragma once

#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/pool_settings.hpp"
#include "directory/users.hpp"

#include <string>
#include <vector>

namespace symbolon::directory {

/// How many of a user's last passwords, the present one among them, may not become the next one: PasswordHistorySize.
/// 0: any may. Spec: cognito-api §5.2, §5.5.
int password_history_size(const PoolSettings& settings);

/// The passwords that users had before their present one, as the hashes under which they were stored.
class PasswordHistory {
public:
    explicit PasswordHistory(db::Transaction& tx) : tx_(tx) {}

    /// What the next password is compared with: the present hash of `user` and those before it, newest first, `size` in
    /// all.
    std::vector<std::string> list(const User& user, int size);
    /// Keeps the hash that `user` has now and is about to lose, and forgets what is older than the last `size`
    /// passwords. Call it in the transaction that saves the new one, with the user as it was read. A user without a
    /// password has nothing to keep; `size` 0 forgets all.
    void remember(const User& user, int size);
    /// Stores what another system remembered of a user who was just inserted: hashes, the newest first.
    void restore(const PoolId& pool, const UserId& user, const std::vector<std::string>& hashes);
    void erase(const PoolId& pool, const UserId& user);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
