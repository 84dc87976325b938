#include "base/shape/choice.hpp"
#include "crypto/hash.hpp"
#include "directory/clients.hpp"
#include "directory/pool_rules.hpp"
#include "directory/token_life.hpp"

#include <algorithm>

// What a client's settings mean, with defaults and units applied. Spec: cognito-api §3.1, §4.4, §5.7.
namespace symbolon::directory {
namespace {

using Flow = ExplicitAuthFlowsType;

bool has(const List<Flow>& flows, Flow flow) {
    return std::find(flows.begin(), flows.end(), flow) != flows.end();
}

/// The flows in force, in today's words.
bool is_in_force(const List<Flow>& flows, Flow flow) {
    const bool legacy = has(flows, Flow::ADMIN_NO_SRP_AUTH) || has(flows, Flow::CUSTOM_AUTH_FLOW_ONLY) ||
                        has(flows, Flow::USER_PASSWORD_AUTH);
    if (flows.empty())
        return flow == Flow::ALLOW_REFRESH_TOKEN_AUTH || flow == Flow::ALLOW_USER_SRP_AUTH ||
               flow == Flow::ALLOW_CUSTOM_AUTH;
    if (!legacy) return has(flows, flow);
    switch (flow) {
        case Flow::ALLOW_ADMIN_USER_PASSWORD_AUTH:
            return has(flows, Flow::ADMIN_NO_SRP_AUTH);
        case Flow::ALLOW_USER_PASSWORD_AUTH:
            return has(flows, Flow::USER_PASSWORD_AUTH);
        case Flow::ALLOW_CUSTOM_AUTH:
            return has(flows, Flow::CUSTOM_AUTH_FLOW_ONLY);
        case Flow::ALLOW_USER_SRP_AUTH:
            return !has(flows, Flow::CUSTOM_AUTH_FLOW_ONLY);
        case Flow::ALLOW_REFRESH_TOKEN_AUTH:
            return true;
        case Flow::ADMIN_NO_SRP_AUTH:
        case Flow::ALLOW_CLIENT_TOKEN_AUTH:
        case Flow::ALLOW_USER_AUTH:
        case Flow::CUSTOM_AUTH_FLOW_ONLY:
        case Flow::USER_PASSWORD_AUTH:
            return has(flows, flow);
    }
    return false;
}

template <class Permissions>
bool lists(const Permissions& permissions, std::string_view attribute) {
    return std::any_of(permissions.begin(), permissions.end(),
                       [&](const auto& permission) { return permission.str() == attribute; });
}

}  // namespace

bool Client::any_secret(const std::function<bool(std::string_view secret)>& accepts) const {
    bool found = !secret.empty() && accepts(secret.reveal());
    for (const AddedSecret& added : added_secrets) found = accepts(added.secret.reveal()) || found;
    return found;
}

bool Client::has_secret(std::string_view given) const {
    return !given.empty() &&
           any_secret([&](std::string_view known) { return crypto::equal_in_constant_time(known, given); });
}

std::string_view Client::oldest_secret() const {
    if (!secret.empty() || added_secrets.empty()) return secret.reveal();
    return added_secrets.front().secret.reveal();
}

bool Client::allows_flow(std::string_view explicit_auth_flow) const {
    const auto flow = parse_choice<Flow>(explicit_auth_flow);
    if (!flow) return false;
    const bool rotates =
        settings.RefreshTokenRotation && settings.RefreshTokenRotation->Feature == FeatureType::ENABLED;
    if (rotates && *flow == Flow::ALLOW_REFRESH_TOKEN_AUTH) return false;
    return is_in_force(settings.ExplicitAuthFlows.value_or(List<Flow>{}), *flow);
}

bool Client::allows_oauth_flow(std::string_view flow) const {
    if (!settings.AllowedOAuthFlowsUserPoolClient.value_or(false) || !settings.AllowedOAuthFlows) return false;
    return std::any_of(settings.AllowedOAuthFlows->begin(), settings.AllowedOAuthFlows->end(),
                       [&](OAuthFlowType allowed) { return to_name(allowed) == flow; });
}

bool Client::allows_provider(std::string_view provider) const {
    return settings.SupportedIdentityProviders && lists(*settings.SupportedIdentityProviders, provider);
}

bool Client::may_read(std::string_view attribute) const {
    if (attribute == "sub") return true;
    if (settings.ReadAttributes && !settings.ReadAttributes->empty()) return lists(*settings.ReadAttributes, attribute);
    return is_standard_attribute(attribute);
}

bool Client::may_write(std::string_view attribute) const {
    if (attribute == "sub" || attribute == "email_verified" || attribute == "phone_number_verified") return false;
    if (settings.WriteAttributes && !settings.WriteAttributes->empty())
        return lists(*settings.WriteAttributes, attribute);
    return is_standard_attribute(attribute);
}

bool Client::hides_users() const {
    return settings.PreventUserExistenceErrors == PreventUserExistenceErrorTypes::ENABLED;
}

bool Client::tells_addresses() const {
    return is_confidential() && settings.EnablePropagateAdditionalUserContextData.value_or(false);
}

bool Client::revocation_enabled() const {
    return settings.EnableTokenRevocation.value_or(true);
}

std::chrono::seconds Client::access_token_life() const {
    return token_lives(settings).access_token;
}
std::chrono::seconds Client::id_token_life() const {
    return token_lives(settings).id_token;
}
std::chrono::seconds Client::refresh_token_life() const {
    return token_lives(settings).refresh_token;
}

std::chrono::seconds Client::challenge_life() const {
    const auto minutes = settings.AuthSessionValidity;
    return std::chrono::minutes(minutes ? minutes->get() : 3);
}

}  // namespace symbolon::directory
