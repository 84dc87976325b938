#pragma once

#include "directory/identity_providers.hpp"
#include "directory/pools.hpp"

#include <string_view>

/// What an identity provider may be set to; pure functions. Nothing is fetched: what a provider publishes is read when
/// somebody signs in with it. Spec: cognito-api §5.10.
namespace symbolon::directory {

/// Checks that a new provider may have that name: social providers are called as their type and nobody else is, none is
/// called as the pool itself. Fails: invalid_parameter.
void check_provider_name(std::string_view name, IdentityProviderTypeType type);

/// Checks the details of a provider of that type and adds what describe shows beside them (the well-known endpoints of
/// social providers, defaults). `stored` are those before an update: a private key, which is never shown, stays when it
/// is left out. Fails: invalid_parameter.
ProviderMap complete_details(IdentityProviderTypeType type, ProviderMap given, const ProviderMap& stored = {});
/// The details as an answer shows them: without a private key.
ProviderMap shown_details(const ProviderMap& details);

/// Checks that what is mapped to are attributes of the pool, and maps the user name where the request does not.
/// Fails: invalid_parameter.
ProviderMap complete_mapping(const Pool& pool, IdentityProviderTypeType type, ProviderMap given);
/// Fails: invalid_parameter (not OpenID Connect, unknown level, a value given twice).
void check_acr_mapping(IdentityProviderTypeType type, const ProviderMap& mapping);

}  // namespace symbolon::directory
