#include "directory/session_rules.hpp"

#include "base/error.hpp"

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
