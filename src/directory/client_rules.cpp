#include "directory/client_rules.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/pool_rules.hpp"
#include "directory/token_life.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace symbolon::directory {
namespace {

using Flow = ExplicitAuthFlowsType;

[[noreturn]] void refuse(std::string message) {
    throw Error(Errc::invalid_parameter, std::move(message));
}

template <class Items, class T>
bool contains(const Items& items, const T& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
}

bool is_rotating(const ClientSettings& settings) {
    return settings.RefreshTokenRotation && settings.RefreshTokenRotation->Feature == FeatureType::ENABLED;
}

void check_validity(const ClientSettings& settings) {
    using namespace std::chrono_literals;
    const TokenLives lives = token_lives(settings);
    const auto fits = [](std::chrono::seconds life, std::chrono::seconds least, std::chrono::seconds most) {
        return life >= least && life <= most;
    };
    const bool valid = fits(lives.access_token, 5min, 24h) && fits(lives.id_token, 5min, 24h) &&
                       fits(lives.refresh_token, 1h, std::chrono::seconds(315360000)) &&
                       lives.access_token <= lives.refresh_token && lives.id_token <= lives.refresh_token;
    if (!valid) refuse("Invalid range for token validity.");
}

void check_sign_in_flows(const ClientSettings& settings) {
    if (!settings.ExplicitAuthFlows) return;
    const auto is_new = [](Flow flow) { return to_name(flow).starts_with("ALLOW_"); };
    const auto& flows = *settings.ExplicitAuthFlows;
    const auto new_ones = std::count_if(flows.begin(), flows.end(), is_new);
    if (new_ones != 0 && static_cast<std::size_t>(new_ones) != flows.size())
        refuse("Cannot specify both legacy auth flows and auth flows with the prefix ALLOW_ in ExplicitAuthFlows.");
    if (contains(flows, Flow::ALLOW_CLIENT_TOKEN_AUTH) && flows.size() > 1)
        refuse("ALLOW_CLIENT_TOKEN_AUTH cannot be combined with other auth flows.");
    if (is_rotating(settings) && contains(flows, Flow::ALLOW_REFRESH_TOKEN_AUTH))
        refuse("Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.");
}

void check_attributes_exist(const Pool& pool, const List<shape::ClientPermission>& listed, const char* what) {
    for (const auto& attribute : listed)
        if (!find_attribute(pool.settings, attribute.str()))
            refuse("Invalid " + std::string(what) + " attributes specified while creating a client");
}

void check_permissions(const Pool& pool, const ClientSettings& settings) {
    if (settings.ReadAttributes) check_attributes_exist(pool, *settings.ReadAttributes, "read");
    if (!settings.WriteAttributes || settings.WriteAttributes->empty()) return;
    const auto& listed = *settings.WriteAttributes;
    check_attributes_exist(pool, listed, "write");
    for (const char* name : {"sub", "email_verified", "phone_number_verified"})
        if (contains(listed, shape::ClientPermission(name)))
            refuse("Invalid write attributes specified while creating a client");
    const auto schema = pool.settings.SchemaAttributes.value_or(List<SchemaAttributeType>(standard_schema()));
    for (const SchemaAttributeType& attribute : schema) {
        const bool needed = attribute.Required.value_or(false) && attribute.Name->str() != "sub";
        if (needed && !contains(listed, shape::ClientPermission(attribute.Name->str())))
            refuse("Invalid write attributes specified while creating a client");
    }
}

void check_urls(const ClientSettings& settings) {
    const auto check = [](const auto& urls, const char* member) {
        for (const shape::RedirectUrl& url : urls)
            if (!is_allowed_redirect(url.str()))
                refuse("Invalid URL in " + std::string(member) +
                       ": use https, http for localhost alone, or the private scheme of an app, and no fragment.");
    };
    if (settings.CallbackURLs) check(*settings.CallbackURLs, "callbackURLs");
    if (settings.LogoutURLs) check(*settings.LogoutURLs, "logoutURLs");
    if (settings.DefaultRedirectURI &&
        !(settings.CallbackURLs && contains(*settings.CallbackURLs, *settings.DefaultRedirectURI)))
        refuse("DefaultRedirectURI must be one of the callbackURLs.");
}

constexpr std::array<std::string_view, 5> standard_scopes{"phone", "email", "openid", "profile",
                                                          "aws.cognito.signin.user.admin"};

/// The service has no scope `address`; pools that keep to the standards do (OpenID Connect Core §5.4).
bool is_standard_scope(const Pool& pool, std::string_view scope) {
    return contains(standard_scopes, scope) || (scope == "address" && is_on(pool.extensions.strict_oidc));
}

void check_scopes(const Pool& pool, const ClientSettings& settings, const std::vector<std::string>& custom_scopes,
                  const std::vector<std::string>& kept_scopes) {
    if (!settings.AllowedOAuthScopes) return;
    const auto& scopes = *settings.AllowedOAuthScopes;
    for (const shape::Scope& scope : scopes) {
        const std::string& name = scope.str();
        if (!is_standard_scope(pool, name) && name != registration_scope && !contains(custom_scopes, name) &&
            !contains(kept_scopes, name))
            throw Error(Errc::scope_does_not_exist, "Invalid scopes requested: " + name);
    }
    if (contains(scopes, shape::Scope("openid"))) return;
    for (const char* name : {"phone", "email", "profile", "address"})
        if (contains(scopes, shape::Scope(name)))
            refuse("The scope " + std::string(name) + " can be selected only along with openid.");
}

void check_oauth_flows(const Pool& pool, const ClientSettings& settings, bool has_secret) {
    const bool any_flow = settings.AllowedOAuthFlows && !settings.AllowedOAuthFlows->empty();
    const bool any_scope = settings.AllowedOAuthScopes && !settings.AllowedOAuthScopes->empty();
    if (settings.AllowedOAuthFlowsUserPoolClient.value_or(false) && (!any_flow || !any_scope))
        refuse(
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth "
            "flows.");
    if (!any_flow || !contains(*settings.AllowedOAuthFlows, OAuthFlowType::client_credentials)) return;
    if (settings.AllowedOAuthFlows->size() > 1)
        throw Error(Errc::invalid_oauth_flow,
                    "client_credentials flow can not be selected along with code flow or implicit flow.");
    if (!has_secret)
        throw Error(Errc::invalid_oauth_flow,
                    "client_credentials flow can not be selected if client does not have a client secret.");
    if (!any_scope) return;
    for (const shape::Scope& scope : *settings.AllowedOAuthScopes)
        if (is_standard_scope(pool, scope.str()))
            throw Error(Errc::invalid_oauth_flow,
                        "client_credentials flow can not be selected along with the scope " + scope.str() +
                            ": only the scopes of resource servers are for clients themselves.");
}

void check_providers(const Pool& pool, const ClientSettings& settings, const std::vector<std::string>& providers) {
    if (!settings.SupportedIdentityProviders) return;
    for (const shape::ProviderName& provider : *settings.SupportedIdentityProviders)
        if (provider.str() != local_provider && !contains(providers, provider.str()))
            refuse("The provider " + provider.str() + " does not exist for User Pool " + pool.id.str() + ".");
}

}  // namespace

void apply_defaults(ClientSettings& settings) {
    if (!settings.TokenValidityUnits) settings.TokenValidityUnits.emplace();
    if (!settings.RefreshTokenValidity || settings.RefreshTokenValidity->get() == 0) {
        const auto unit = unit_length(settings.TokenValidityUnits->RefreshToken.value_or(TimeUnitsType::days));
        settings.RefreshTokenValidity = std::chrono::seconds(std::chrono::days(30)) / unit;
    }
    if (!settings.AllowedOAuthFlowsUserPoolClient) settings.AllowedOAuthFlowsUserPoolClient = false;
    if (!settings.EnableTokenRevocation) settings.EnableTokenRevocation = true;
    if (!settings.EnablePropagateAdditionalUserContextData) settings.EnablePropagateAdditionalUserContextData = false;
    if (!settings.AuthSessionValidity) settings.AuthSessionValidity = 3;
    if (settings.AnalyticsConfiguration && !settings.AnalyticsConfiguration->UserDataShared)
        settings.AnalyticsConfiguration->UserDataShared = false;
}

ClientSettings replaced(const ClientSettings& stored, const ClientSettings& update) {
    ClientSettings result = update;
    if (!result.EnableTokenRevocation) result.EnableTokenRevocation = stored.EnableTokenRevocation;
    if (!result.AuthSessionValidity) result.AuthSessionValidity = stored.AuthSessionValidity;
    apply_defaults(result);
    return result;
}

void check_client(const Pool& pool, const ClientSettings& settings, bool has_secret,
                  const std::vector<std::string>& custom_scopes, const std::vector<std::string>& kept_scopes,
                  const std::vector<std::string>& providers) {
    check_validity(settings);
    check_sign_in_flows(settings);
    check_permissions(pool, settings);
    check_providers(pool, settings, providers);
    check_urls(settings);
    check_oauth_flows(pool, settings, has_secret);
    check_scopes(pool, settings, custom_scopes, kept_scopes);
    if (settings.EnablePropagateAdditionalUserContextData.value_or(false) && !has_secret)
        refuse("EnablePropagateAdditionalUserContextData requires a client secret.");
}

}  // namespace symbolon::directory
