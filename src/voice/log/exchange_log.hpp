#pragma once

#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "voice/talk/exchange.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// What was said to skills and what came back, over one transaction: the last 200 exchanges of each skill, sealed.
class ExchangeLog {
public:
    ExchangeLog(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    /// Gives the exchange its number.
    void add(std::string_view skill_id, Exchange& exchange);
    std::optional<Exchange> find(std::string_view skill_id, std::int64_t number);
    /// The latest first.
    std::vector<Exchange> list(std::string_view skill_id, int limit);
    void forget(std::string_view skill_id);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::voice
