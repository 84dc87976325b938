#pragma once

#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "directory/auth_events.hpp"
#include "directory/pools.hpp"
#include "signin/services.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::signin {

/// Something that a user did, for the history that threat protection keeps of a user.
struct Happening {
    directory::EventType type{};
    directory::EventResponseType response{};
    std::vector<directory::ChallengeResponseType> challenges = {};  ///< all that the user answered so far
    std::string continues = {};  ///< the event in progress that this carries on or ends; "": a new event
    directory::EventRiskType risk = {};
    std::string client_id = {};  ///< of the app with which it happened; "": not known
};

/// Adds to the user's history, where the pool has one (AdvancedSecurityMode AUDIT or ENFORCED). Returns the event's id;
/// "" where there is none. Call it only for users who exist, in the transaction of what happened: as part of a refusal
/// that is committed it is kept, with an exception it is gone. An event in progress may be carried on by its id; then
/// its first address and time stay.
std::string record_event(Services& services, db::Transaction& tx, const directory::Pool& pool, const UserId& user,
                         const Happening& happening, const Caller& caller, Instant now);

/// Rates an event, as the history and the pool's log show it. `provider` says who did: Admin | User. Fails:
/// invalid_parameter "Event does not exist."
void rate_event(Services& services, db::Transaction& tx, const directory::Pool& pool, const UserId& user,
                const std::string& event_id, directory::FeedbackValueType value, std::string provider, Instant now);

/// The FeedbackToken of an event: proves that its holder was told of this event of this user, for a week.
std::string seal_feedback_token(const crypto::Sealer& sealer, const PoolId& pool, const UserId& user,
                                std::string_view event_id, Instant now);
/// False for a token of another event, user or pool, and for one that has expired.
bool proves_feedback(const crypto::Sealer& sealer, const PoolId& pool, const UserId& user, std::string_view event_id,
                     std::string_view token, Instant now);

}  // namespace symbolon::signin
