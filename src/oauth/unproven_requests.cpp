#include "oauth/unproven_requests.hpp"

#include "base/error.hpp"
#include "directory/attempts.hpp"
#include "oauth/client_authentication.hpp"
#include "signin/sending.hpp"

#include <chrono>
#include <utility>

namespace symbolon::oauth {

Task<void> count_unproven_request(signin::Services& services, PoolId pool, std::string address) {
    if (!signin::tells_who_asks(address)) co_return;
    const auto now = services.clock.now();
    const auto count = [&](db::Transaction& tx) {
        return directory::Attempts(tx).count(pool, "unproven_request", address, unproven_requests_per_minute,
                                             std::chrono::minutes(1), now);
    };
    const bool allowed = co_await services.db.write(count);
    if (!allowed) throw Error{Errc::too_many_requests, "Too many requests from this address."};
}

Task<void> count_unproven_request(signin::Services& services, signin::ClientPtr client, std::string address) {
    if (!is_confidential(*client)) co_await count_unproven_request(services, client->pool_id, std::move(address));
}

}  // namespace symbolon::oauth
