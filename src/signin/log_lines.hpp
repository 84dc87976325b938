#pragma once

#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "db/transaction.hpp"
#include "directory/auth_events.hpp"
#include "messaging/outbox.hpp"
#include "signin/services.hpp"

#include <string>

/// What pools' logs say (SetLogDeliveryConfiguration), in the shapes that the service documents: numbers and truths are
/// texts there. A line is stored with what it tells of, and written to its file later (directory/log_lines.hpp).
namespace symbolon::signin {

/// What a line says of an event that is not kept with it.
struct LoggedWith {
    std::string client_id = {};
    std::string request_id = {};
};

/// userAuthEvents. Nothing is stored where this process delivers no logs, or the pool wants none.
void log_event(Services& services, db::Transaction& tx, const directory::AuthEvent& event, const LoggedWith& with,
               Instant now);

/// userNotification: a message that could not be handed over. It tells of no code, and not to which number or address.
void log_failed_message(db::Transaction& tx, crypto::Random& random, const messaging::FailedSend& failed, Instant now);

}  // namespace symbolon::signin
