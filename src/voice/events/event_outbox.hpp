#pragma once

#include "base/clock.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// A skill event that is still to be delivered.
struct PendingEvent {
    std::string id;
    std::string skill_id;
    std::string account;
    Instant created{};
    std::int64_t attempts = 0;
    boost::json::object body;  ///< the envelope; it may hold an access token, so it is sealed
};

/// Skill events between what caused them and the skill that hears of them, over one transaction.
class EventOutbox {
public:
    EventOutbox(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    void add(const PendingEvent& event);
    /// The oldest first, at most 20.
    std::vector<PendingEvent> list(std::string_view skill_id);
    /// One more attempt that failed; the event is given up after five.
    void fail(const PendingEvent& event);
    void remove(std::string_view id);
    void forget(std::string_view skill_id);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::voice
