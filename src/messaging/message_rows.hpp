#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace symbolon::messaging {

enum class MessageState { waiting, sent, failed };

struct MessageRow {
    PoolId pool_id;
    std::string message_id;
    Bytes sealed;
    std::int64_t tries = 0;
    Instant created_ms{};
};
BOOST_DESCRIBE_STRUCT(MessageRow, (), (pool_id, message_id, sealed, tries, created_ms))

/// The table `messages`. A waiting row is due at due_ms; claiming it moves due_ms into the future, so that two
/// couriers, or two calls of one, do not send it twice. Of a row that is done, due_ms repeats the time of creation: it
/// orders.
class MessageRows {
public:
    explicit MessageRows(db::Transaction& tx) : tx_(tx) {}

    void create(const PoolId& pool, const std::string& id, const Bytes& sealed, MessageState state, Instant now);
    bool any_due(Instant now);
    /// Takes up to `limit` rows that are due, until `until`; counts the try. The count tells one claim of a row from
    /// the next.
    std::vector<MessageRow> claim_due(Instant now, Instant until, int limit);
    /// Holds a claimed row for longer. False when its claim has lapsed and another has claimed it since.
    [[nodiscard]] bool hold(const MessageRow& row, Instant until);
    /// What became of a claimed row. A failed try is noted only while the claim is the row's last one.
    void finish(const MessageRow& row);
    void give_up(const MessageRow& row);
    void postpone(const MessageRow& row, Instant due);
    void erase(const MessageRow& row);
    /// Keeps the pool's newest `keep` messages that are done.
    void prune(const PoolId& pool, int keep);
    /// Whether a message that is done was created before `before`; removes up to `limit` of them and returns how many.
    bool any_older(Instant before);
    std::int64_t remove_older(Instant before, int limit);

    /// Newest first.
    std::vector<MessageRow> list_sent(const PoolId& pool, int limit);
    std::vector<MessageRow> list_all_sent(int limit);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::messaging
