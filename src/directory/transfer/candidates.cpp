#include "directory/transfer/candidates.hpp"

#include "base/error.hpp"
#include "directory/pools.hpp"

#include <utility>

namespace symbolon::directory::transfer {

Candidate to_candidate(const CsvUsers& columns, CsvRow row, crypto::Random& random, Instant now) {
    Candidate candidate{.line = row.line, .refusal = std::move(row.fault)};
    if (!candidate.refusal.empty()) return candidate;
    try {
        candidate.user = columns.to_user(row.values, UserId(random.uuid()), now);
    } catch (const Error& error) {
        if (error.code != Errc::invalid_parameter) throw;
        candidate.refusal = error.message;
    }
    return candidate;
}

std::vector<std::string> store_candidates(db::Transaction& tx, const PoolId& id,
                                          const std::vector<Candidate>& candidates) {
    const Pool pool = Pools(tx).get(id);  // deleted meanwhile, it gets no more users
    Users users(tx);
    std::vector<std::string> taken;
    for (const auto& [line, user, refusal] : candidates)
        taken.push_back(refusal.empty() ? users.create_if_free(pool, user) : std::string());
    return taken;
}

}  // namespace symbolon::directory::transfer
