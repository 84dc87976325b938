#include "directory/password_history.hpp"

#include <boost/describe/class.hpp>

#include <cstddef>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view list_hashes = R"sql(
    SELECT password_hash FROM password_history
     WHERE pool_id = $1 AND user_id = $2
     ORDER BY user_version DESC
     LIMIT $3
)sql";

constexpr std::string_view insert_hash = R"sql(
    INSERT INTO password_history (pool_id, user_id, user_version, password_hash) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view delete_older = R"sql(
    DELETE FROM password_history
     WHERE pool_id = $1 AND user_id = $2
       AND user_version NOT IN (SELECT user_version FROM password_history
                                 WHERE pool_id = $1 AND user_id = $2
                                 ORDER BY user_version DESC
                                 LIMIT $3)
)sql";

constexpr std::string_view delete_all = "DELETE FROM password_history WHERE pool_id = $1 AND user_id = $2";

struct HashRow {
    std::string password_hash;
};
BOOST_DESCRIBE_STRUCT(HashRow, (), (password_hash))

}  // namespace

int password_history_size(const PoolSettings& settings) {
    if (!settings.Policies || !settings.Policies->PasswordPolicy) return 0;
    const auto& size = settings.Policies->PasswordPolicy->PasswordHistorySize;
    return size ? static_cast<int>(size->get()) : 0;
}

std::vector<std::string> PasswordHistory::list(const User& user, int size) {
    std::vector<std::string> hashes;
    if (size <= 0) return hashes;
    if (!user.password_hash.empty()) hashes.push_back(user.password_hash);
    const auto former = size - static_cast<int>(hashes.size());
    for (HashRow& row : tx_.rows<HashRow>(list_hashes, user.pool_id, user.id, former))
        hashes.push_back(std::move(row.password_hash));
    return hashes;
}

void PasswordHistory::remember(const User& user, int size) {
    if (user.password_hash.empty()) return;
    if (size > 1) tx_.execute(insert_hash, user.pool_id, user.id, user.version, user.password_hash);
    // The next password is one of the `size`, and not in this table.
    if (size > 1)
        tx_.execute(delete_older, user.pool_id, user.id, size - 1);
    else
        erase(user.pool_id, user.id);
}

void PasswordHistory::restore(const PoolId& pool, const UserId& user, const std::vector<std::string>& hashes) {
    std::int64_t before = 0;  // versions of this row begin at 0
    for (const std::string& hash : hashes) tx_.execute(insert_hash, pool, user, --before, hash);
}

void PasswordHistory::erase(const PoolId& pool, const UserId& user) {
    tx_.execute(delete_all, pool, user);
}

}  // namespace symbolon::directory
