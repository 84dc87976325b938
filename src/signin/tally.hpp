#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <chrono>
#include <string_view>

namespace symbolon::signin {

/// Counts attempts in a pool, or only looks whether there is room for them. A hook is not to be asked about what will
/// be refused anyway: what decides that looks first, in a read, and counts afterwards, in the write.
class Tally {
public:
    enum class Mode { look, count };

    Tally(db::Transaction& tx, const PoolId& pool, Instant now, Mode mode)
        : tx_(tx), pool_(pool), now_(now), mode_(mode) {}

    /// False once `limit` attempts were made in the window.
    [[nodiscard]] bool take(std::string_view kind, std::string_view subject, int limit, std::chrono::seconds window);

private:
    db::Transaction& tx_;
    const PoolId& pool_;
    const Instant now_;
    const Mode mode_;
};

}  // namespace symbolon::signin
