#include "signin/own_account.hpp"

#include "directory/user_sessions.hpp"
#include "signin/events.hpp"
#include "signin/software_token.hpp"

#include <utility>

namespace symbolon::signin {

Task<void> OwnAccount::end_session(PoolPtr pool, UserId user, std::string session_id) {
    const auto now = services_.clock.now();
    const auto end = [&](db::Transaction& tx) {
        const auto owner = directory::Users(tx).find(pool->id, user);
        if (!owner) return;
        directory::UserSessions sessions(tx, services_.sealer);
        const auto session = sessions.find(*owner, session_id, now);
        if (session) sessions.revoke(*owner, *session, true, now);
    };
    co_await services_.db.write(end);
}

Task<void> OwnAccount::set_factors(PoolPtr pool, UserId user, MfaChange change) {
    const auto now = services_.clock.now();
    const auto save = [&](db::Transaction& tx) {
        auto owner = directory::Users(tx).find(pool->id, user);
        if (owner) set_mfa_preference(services_.sealer, tx, *pool, std::move(*owner), change, now);
    };
    co_await services_.db.write(save);
}

Task<void> OwnAccount::adopt_software_token(PoolPtr pool, UserId user, OneTimeCode code, std::string device_name) {
    SoftwareTokenSetups setups(services_);
    co_await setups.verify(pool, user, std::move(code), std::move(device_name));
    MfaChange change;
    change.software_token = FactorSetting{true, true};
    co_await set_factors(std::move(pool), std::move(user), std::move(change));
}

Task<bool> OwnAccount::rate_sign_in(PoolPtr pool, UserId user, std::string event_id,
                                    directory::FeedbackValueType value) {
    const auto now = services_.clock.now();
    const auto rate = [&](db::Transaction& tx) {
        if (!directory::AuthEvents(tx).find(pool->id, user, event_id)) return false;
        rate_event(services_, tx, *pool, user, event_id, value, "User", now);
        return true;
    };
    co_return co_await services_.db.write(rate);
}

}  // namespace symbolon::signin
