#include "signin/stored_password.hpp"

#include "base/error.hpp"
#include "crypto/work_pool.hpp"
#include "directory/browser_sessions.hpp"
#include "directory/srp_verifiers.hpp"
#include "signin/password_history.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

Task<crypto::srp::Verifier> make_verifier(Services& services, PoolPtr pool, std::string username, Password password) {
    crypto::srp::Identity identity{crypto::srp::pool_name(pool->id.str()), std::move(username)};
    auto work = [random = &services.random, identity = std::move(identity), password = std::move(password)] {
        return crypto::srp::make_verifier(identity, password, *random);
    };
    return services.hasher.workers().run(std::move(work));
}

}  // namespace

Task<StoredPassword> make_stored(Services& services, PoolPtr pool, std::string username, Password password) {
    StoredPassword stored;
    const bool srp = co_await services.catalog.allows_srp(pool->id);
    if (srp) {
        Password to_prove = password.clone();
        stored.verifier = co_await make_verifier(services, pool, std::move(username), std::move(to_prove));
    }
    stored.hash = co_await services.hasher.hash(std::move(password));
    co_return stored;
}

void set_password(Services& services, db::Transaction& tx, const directory::Pool& pool, directory::User& user,
                  const StoredPassword& password) {
    remember_password(tx, pool, user);
    user.password_hash = password.hash;
    directory::SrpVerifiers verifiers(tx, services.sealer);
    if (password.verifier)
        verifiers.save(user, *password.verifier);
    else
        verifiers.erase(pool.id, user.id);
    // Whoever has a browser of the user's that knew the old password is out (RFC 9700 §4.14).
    directory::BrowserSessions(tx).end_all_of_user(pool.id, user.id, services.clock.now());
}

Task<std::optional<crypto::srp::Verifier>> make_missing_verifier(Services& services, PoolPtr pool, std::string username,
                                                                 Password password) {
    const bool srp = co_await services.catalog.allows_srp(pool->id);
    if (!srp) co_return std::nullopt;
    std::optional<crypto::srp::Verifier> verifier;
    try {
        verifier = co_await make_verifier(services, pool, std::move(username), std::move(password));
    } catch (const Error& refused) {
        if (refused.code != Errc::too_many_requests) throw;
    }
    co_return verifier;
}

}  // namespace symbolon::signin
