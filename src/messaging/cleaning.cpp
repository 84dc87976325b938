#include "messaging/cleaning.hpp"

#include "messaging/message_rows.hpp"

namespace symbolon::messaging {

bool any_old(db::Transaction& tx, Instant now) {
    return MessageRows(tx).any_older(now - kept_for);
}

std::int64_t remove_old(db::Transaction& tx, Instant now, int limit) {
    return MessageRows(tx).remove_older(now - kept_for, limit);
}

}  // namespace symbolon::messaging
