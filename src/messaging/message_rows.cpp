#include "messaging/message_rows.hpp"

#include <algorithm>
#include <string_view>

namespace symbolon::messaging {
namespace {

struct DueRow {
    std::int64_t due = 0;
};
BOOST_DESCRIBE_STRUCT(DueRow, (), (due))

struct IdRow {
    std::string message_id;
};
BOOST_DESCRIBE_STRUCT(IdRow, (), (message_id))

constexpr std::string_view insert_message = R"sql(
    INSERT INTO messages (pool_id, message_id, sealed, state, tries, due_ms, created_ms)
    VALUES ($1, $2, $3, $4, 0, $5, $5)
)sql";

constexpr std::string_view find_any_due = R"sql(
    SELECT due_ms AS due FROM messages WHERE state = 'waiting' AND due_ms <= $1 LIMIT 1
)sql";

// The outer condition repeats the inner one: where two couriers run at once, the second sees the row as the first left
// it.
constexpr std::string_view claim_messages = R"sql(
    UPDATE messages
       SET due_ms = $2, tries = tries + 1
     WHERE state = 'waiting' AND due_ms <= $1
       AND (pool_id, message_id) IN (SELECT pool_id, message_id
                                       FROM messages
                                      WHERE state = 'waiting' AND due_ms <= $1
                                      ORDER BY due_ms
                                      LIMIT $3)
    RETURNING pool_id, message_id, sealed, tries, created_ms
)sql";

constexpr std::string_view finish_message = R"sql(
    UPDATE messages SET state = 'sent', due_ms = created_ms WHERE pool_id = $1 AND message_id = $2
)sql";

constexpr std::string_view give_message_up = R"sql(
    UPDATE messages SET state = 'failed', due_ms = created_ms
     WHERE pool_id = $1 AND message_id = $2 AND state = 'waiting' AND tries = $3
)sql";

// Holding a row is making it due later, as is postponing it.
constexpr std::string_view make_due_later = R"sql(
    UPDATE messages SET due_ms = $4 WHERE pool_id = $1 AND message_id = $2 AND state = 'waiting' AND tries = $3
)sql";

constexpr std::string_view delete_message = R"sql(
    DELETE FROM messages WHERE pool_id = $1 AND message_id = $2
)sql";

constexpr std::string_view find_first_too_old = R"sql(
    SELECT message_id FROM messages
     WHERE pool_id = $1 AND state <> 'waiting'
     ORDER BY message_id DESC
     LIMIT 1 OFFSET $2
)sql";

constexpr std::string_view delete_older = R"sql(
    DELETE FROM messages WHERE pool_id = $1 AND message_id <= $2 AND state <> 'waiting'
)sql";

// Of a message that is done, due_ms is the time of its creation.
constexpr std::string_view find_any_older = R"sql(
    SELECT due_ms AS due FROM messages WHERE state IN ('sent', 'failed') AND due_ms < $1 LIMIT 1
)sql";

constexpr std::string_view delete_some_older = R"sql(
    DELETE FROM messages WHERE (pool_id, message_id) IN
        (SELECT pool_id, message_id FROM messages WHERE state IN ('sent', 'failed') AND due_ms < $1 LIMIT $2)
)sql";

constexpr std::string_view list_sent_of_pool = R"sql(
    SELECT pool_id, message_id, sealed, tries, created_ms
      FROM messages
     WHERE pool_id = $1 AND state = 'sent'
     ORDER BY message_id DESC
     LIMIT $2
)sql";

constexpr std::string_view list_sent_of_all = R"sql(
    SELECT pool_id, message_id, sealed, tries, created_ms
      FROM messages
     WHERE state = 'sent'
     ORDER BY due_ms DESC, message_id DESC
     LIMIT $1
)sql";

std::string_view state_name(MessageState state) {
    switch (state) {
        case MessageState::waiting:
            return "waiting";
        case MessageState::sent:
            return "sent";
        case MessageState::failed:
            return "failed";
    }
    return "failed";
}

}  // namespace

void MessageRows::create(const PoolId& pool, const std::string& id, const Bytes& sealed, MessageState state,
                         Instant now) {
    tx_.execute(insert_message, pool, id, sealed, state_name(state), now);
}

bool MessageRows::any_due(Instant now) {
    return tx_.row<DueRow>(find_any_due, now).has_value();
}

std::vector<MessageRow> MessageRows::claim_due(Instant now, Instant until, int limit) {
    auto claimed = tx_.rows<MessageRow>(claim_messages, now, until, limit);
    std::ranges::sort(claimed, {}, &MessageRow::message_id);
    return claimed;
}

bool MessageRows::hold(const MessageRow& row, Instant until) {
    return tx_.execute(make_due_later, row.pool_id, row.message_id, row.tries, until) == 1;
}

void MessageRows::finish(const MessageRow& row) {
    tx_.execute(finish_message, row.pool_id, row.message_id);
}

void MessageRows::give_up(const MessageRow& row) {
    tx_.execute(give_message_up, row.pool_id, row.message_id, row.tries);
}

void MessageRows::postpone(const MessageRow& row, Instant due) {
    tx_.execute(make_due_later, row.pool_id, row.message_id, row.tries, due);
}

void MessageRows::erase(const MessageRow& row) {
    tx_.execute(delete_message, row.pool_id, row.message_id);
}

void MessageRows::prune(const PoolId& pool, int keep) {
    // What stands right after the newest `keep` goes, and all that is older.
    if (const auto first_gone = tx_.row<IdRow>(find_first_too_old, pool, keep))
        tx_.execute(delete_older, pool, first_gone->message_id);
}

bool MessageRows::any_older(Instant before) {
    return tx_.row<DueRow>(find_any_older, before).has_value();
}

std::int64_t MessageRows::remove_older(Instant before, int limit) {
    return tx_.execute(delete_some_older, before, limit);
}

std::vector<MessageRow> MessageRows::list_sent(const PoolId& pool, int limit) {
    return tx_.rows<MessageRow>(list_sent_of_pool, pool, limit);
}

std::vector<MessageRow> MessageRows::list_all_sent(int limit) {
    return tx_.rows<MessageRow>(list_sent_of_all, limit);
}

}  // namespace symbolon::messaging
