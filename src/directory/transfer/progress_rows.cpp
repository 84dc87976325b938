#include "directory/transfer/progress_rows.hpp"

#include "directory/transfer/bonds.hpp"
#include "directory/transfer/documents.hpp"
#include "directory/transfer/proofs.hpp"
#include "directory/transfer/user_history.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace symbolon::directory::transfer {
namespace {

constexpr std::string_view find_progress = "SELECT digest, lines, users FROM pool_imports WHERE pool_id = $1";

constexpr std::string_view save_progress = R"sql(
    INSERT INTO pool_imports (pool_id, digest, lines, users) VALUES ($1, $2, $3, $4)
    ON CONFLICT (pool_id)
    DO UPDATE SET digest = excluded.digest, lines = excluded.lines, users = excluded.users
)sql";

constexpr std::string_view erase_progress = "DELETE FROM pool_imports WHERE pool_id = $1";

constexpr std::string_view delete_names = R"sql(
    DELETE FROM user_names WHERE pool_id = $1 AND (pool_id, kind, name) IN
        (SELECT pool_id, kind, name FROM user_names WHERE pool_id = $1 LIMIT $2)
)sql";

constexpr std::string_view delete_users = R"sql(
    DELETE FROM users WHERE pool_id = $1 AND user_id IN (SELECT user_id FROM users WHERE pool_id = $1 LIMIT $2)
)sql";

struct ProgressRow {
    Bytes digest;
    std::int64_t lines = 0;
    std::int64_t users = 0;
};
BOOST_DESCRIBE_STRUCT(ProgressRow, (), (digest, lines, users))

}  // namespace

std::optional<ImportProgress::Row> ImportProgress::find(const PoolId& pool) {
    auto row = tx_.row<ProgressRow>(find_progress, pool);
    if (!row) return std::nullopt;
    return Row{pool, std::move(row->digest), row->lines, row->users};
}

void ImportProgress::save(const Row& row) {
    tx_.execute(save_progress, row.pool, row.digest, row.lines, row.users);
}

void ImportProgress::erase(const PoolId& pool) {
    tx_.execute(erase_progress, pool);
}

std::int64_t ImportProgress::remove_users(const PoolId& pool, int limit) {
    const auto names = tx_.execute(delete_names, pool, limit);
    const auto users = tx_.execute(delete_users, pool, limit);
    return std::max({names, users, remove_bonds(tx_, pool, limit), remove_proofs(tx_, pool, limit),
                     remove_histories(tx_, pool, limit), remove_documents(tx_, pool, limit)});
}

}  // namespace symbolon::directory::transfer
