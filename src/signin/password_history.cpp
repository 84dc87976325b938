#include "signin/password_history.hpp"

#include "base/error.hpp"
#include "directory/password_history.hpp"

#include <utility>

namespace symbolon::signin {

Task<void> check_password_history(Services& services, PoolPtr pool, directory::User user, Password proposed) {
    const int size = directory::password_history_size(pool->settings);
    if (size == 0) co_return;
    const auto hashes =
        co_await services.db.read([&](db::Transaction& tx) { return directory::PasswordHistory(tx).list(user, size); });
    for (const std::string& former : hashes) {
        std::string hash = former;
        Password to_check = proposed.clone();
        const bool same = co_await services.hasher.verify(std::move(to_check), std::move(hash));
        if (same) throw Error{Errc::password_used_before, "Password has previously been used"};
    }
}

void remember_password(db::Transaction& tx, const directory::Pool& pool, const directory::User& user) {
    directory::PasswordHistory(tx).remember(user, directory::password_history_size(pool.settings));
}

}  // namespace symbolon::signin
