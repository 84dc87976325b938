#pragma once

#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/auth_events.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What a user did, as far as it counts later: part of the user's line (records.hpp).
namespace symbolon::directory::transfer {

struct EventRecord : AuthEventDetails {
    std::string id;
    std::optional<std::string> device = {};
};
BOOST_DESCRIBE_STRUCT(EventRecord, (AuthEventDetails), (id, device))

/// What the user allowed an app.
struct ConsentRecord {
    std::string client_id;
    std::vector<std::string> scopes;
    std::int64_t given_ms = 0;
};
BOOST_DESCRIBE_STRUCT(ConsentRecord, (), (client_id, scopes, given_ms))

struct UserHistory {
    std::optional<std::vector<EventRecord>> events;  ///< the latest first
    std::optional<std::vector<ConsentRecord>> consents;
};
BOOST_DESCRIBE_STRUCT(UserHistory, (), (events, consents))

/// Of the users after `after` and up to `last`. Users without any are left out.
std::map<UserId, UserHistory> read_histories(db::Transaction& tx, const PoolId& pool, const std::string& after,
                                             const std::string& last);
/// Stores what a user did who was just inserted.
void store_history(db::Transaction& tx, const PoolId& pool, const UserId& user, const UserHistory& history);
/// Removes up to `limit` rows of each kind, of a pool that is not there. Returns the most of one kind.
std::int64_t remove_histories(db::Transaction& tx, const PoolId& pool, int limit);

}  // namespace symbolon::directory::transfer
