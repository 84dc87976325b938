#include "oauth/unproven_requests.hpp"

#include "base/error.hpp"
#include "directory/attempts.hpp"
#include "oauth/client_authentication.hpp"
#include "signin/sending.hpp"

#include <chrono>

namespace symbolon::oauth {

Task<void> count_unproven_request(signin::Services& services, signin::ClientPtr client, std::string address) {
    if (is_confidential(*client) || !signin::tells_who_asks(address)) co_return;
    const auto now = services.clock.now();
    const auto count = [&](db::Transaction& tx) {
        return directory::Attempts(tx).count(client->pool_id, "unproven_request", address, unproven_requests_per_minute,
                                             std::chrono::minutes(1), now);
    };
    const bool allowed = co_await services.db.write(count);
    if (!allowed) throw Error{Errc::too_many_requests, "Too many requests of public clients from this address."};
}

}  // namespace symbolon::oauth
