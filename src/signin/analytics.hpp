#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "signin/services.hpp"

/// What the service tells Amazon Pinpoint of, in the shape of Pinpoint's own event streams. There is no Pinpoint here:
/// the lines go to a file of each application, with the logs of pools (directory/log_lines.hpp).
namespace symbolon::signin {

enum class AnalyticsEvent { sign_up, sign_in, auth_fail };

/// The client names an application (AnalyticsConfiguration), and this process delivers logs.
bool wants_analytics(const Services& services, const directory::Client& client);

/// In the transaction of what happened. Who it was is said only where the client shares its users' data; otherwise a
/// name that is the same at each event of this user and tells nobody anything else. Nothing is stored where nobody
/// wants_analytics.
void tell_analytics(const Services& services, db::Transaction& tx, const directory::Pool& pool,
                    const directory::Client& client, const UserId& user, AnalyticsEvent what, Instant now);

}  // namespace symbolon::signin
