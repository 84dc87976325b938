#pragma once

#include "directory/pool_settings.hpp"
#include "directory/pools.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// Fills in what describe returns of a pool that was created without it. Spec: cognito-api §5.2.
void apply_defaults(PoolSettings& settings);

/// The part of it that was added later: what describe returns of a pool that is older than these settings.
void apply_token_defaults(PoolOptions& options);

/// By what users of the pool recover their password: what the pool says, else by e-mail and then by phone, which is
/// what describe returns of it. Spec: cognito-api §5.2.
AccountRecoverySettingType recovery_setting(const PoolSettings& settings);

/// Lays a request's `Schema` over the standard one (none: the standard one). Custom names get their prefix.
/// Fails: invalid_parameter, in the words of cognito-api §4.3.
List<SchemaAttributeType> make_schema(const std::optional<SchemaList>& given);
/// The schema with further attributes of the pool's own (AddCustomAttributes); a standard name is one, too, with the
/// prefix. Fails: invalid_parameter.
List<SchemaAttributeType> extend_schema(const List<SchemaAttributeType>& schema, const CustomAttributesList& added);
/// The standard attributes in describe order. Spec: cognito-api §4.3.
const std::vector<SchemaAttributeType>& standard_schema();
/// True for an attribute of the standard schema, `sub` included.
bool is_standard_attribute(std::string_view name);

/// Checks that the settings agree with each other, after apply_defaults.
/// Fails: invalid_parameter, in the words of cognito-api §4.1, §4.5, §4.6, §5.2.
void check_pool(const PoolSettings& settings);

/// The part of it about tags. Fails: invalid_parameter (too many, reserved key).
void check_tags(const PoolSettings& settings);

/// Checks that the pool's tier has all that its settings use. Fails: feature_unavailable. Spec: cognito-api §5.11.
void check_tier(const PoolSettings& settings);
/// The same after an update: what was in use before forbids the change of the tier.
/// Fails: tier_change_not_allowed, feature_unavailable.
void check_tier_change(const PoolSettings& stored, const PoolSettings& updated);

/// What UpdateUserPool makes of a pool: the request replaces everything, but for what is fixed and for the few members
/// that stay when they are omitted; defaults are applied and the result checked. Spec: cognito-api §5.3.
PoolSettings replaced(const PoolSettings& stored, const PoolOptions& update);

/// What SetUserPoolMfaConfig makes of a pool. Fails: invalid_parameter. Spec: cognito-api §5.6.
PoolSettings with_mfa(const PoolSettings& stored, const MfaSettings& given);
/// What GetUserPoolMfaConfig shows. Spec: cognito-api §5.6.
MfaSettings mfa_of(const PoolSettings& settings);

/// The user name that a request gives for a new user, checked and in the form in which it is stored.
struct NewUsername {
    std::string username;   ///< canonical phone number or e-mail, or the user name as given
    std::string attribute;  ///< "phone_number" or "email" when the name is one; "" otherwise
};
/// Fails: invalid_parameter "Username should be a phone number.", … Spec: cognito-api §4.1.
NewUsername check_new_username(const PoolSettings& settings, std::string_view given);

}  // namespace symbolon::directory
