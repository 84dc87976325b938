#pragma once

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <cstdint>
#include <optional>

namespace symbolon::directory::transfer {

/// How far imports have come, over one transaction.
class ImportProgress {
public:
    explicit ImportProgress(db::Transaction& tx) : tx_(tx) {}

    struct Row {
        PoolId pool;
        Bytes digest;  ///< of all lines so far
        std::int64_t lines = 0;
        std::int64_t users = 0;
    };
    std::optional<Row> find(const PoolId& pool);
    void save(const Row& row);
    void erase(const PoolId& pool);
    /// Removes up to `limit` users that came without their pool. Returns how many.
    std::int64_t remove_users(const PoolId& pool, int limit);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory::transfer
