#include "directory/session_rules.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace symbolon::directory {

UserSessionTrackingType session_tracking(const PoolSettings& settings) {
    return settings.UserSessionTracking.value_or(UserSessionTrackingType::DISABLED);
}

UserPoolTokenSessionConfigType token_sessions(const PoolSettings& settings) {
    return settings.TokenSession.value_or(UserPoolTokenSessionConfigType{20});
}

ClientSSOSessionConfigType sso_session(const Client& client) {
    return client.sso_session.value_or(ClientSSOSessionConfigType{60});
}

namespace {

using std::chrono::minutes;

// What a client may be set to at most: MaxValidityMinutes.
constexpr minutes longest_tracked{129'600};

bool is_tracked(const Pool& pool) {
    return session_tracking(pool.settings) == UserSessionTrackingType::ENABLED;
}

}  // namespace

SessionLife session_life(const Pool& pool) {
    const auto& own = pool.extensions.session_life_minutes;
    const auto& idle = pool.extensions.session_idle_minutes;
    SessionLife life;
    // Where the pool tracks sessions, each client has its say.
    life.longest = own ? minutes(own->get()) : is_tracked(pool) ? longest_tracked : minutes(60);
    if (idle) life.idle = minutes(idle->get());
    return life;
}

std::chrono::seconds longest_reuse(const Pool& pool, const Client& client) {
    const auto longest = session_life(pool).longest;
    if (!is_tracked(pool)) return longest;
    return std::min<std::chrono::seconds>(longest, minutes(sso_session(client).MaxValidityMinutes.get()));
}

void check_session_settings(const PoolSettings& settings) {
    if (settings.UserPoolTier == UserPoolTierType::LITE)
        throw Error(Errc::feature_unavailable, "Session tracking is not available in the tier LITE of the user pool.");
}

void check_client_session_settings(const PoolSettings& settings) {
    check_session_settings(settings);
    if (session_tracking(settings) != UserSessionTrackingType::ENABLED)
        throw Error(Errc::invalid_parameter, "Session tracking is not enabled for the user pool.");
}

}  // namespace symbolon::directory
