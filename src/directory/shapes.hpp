#pragma once

#include "base/shape/list.hpp"
#include "base/shape/number.hpp"
#include "base/shape/patterns.hpp"
#include "base/shape/text.hpp"

/// The constrained values of the API, each declared here and nowhere else. The names are those of the service's model
/// without `Type`. Spec: cognito-api Appendix B.
namespace symbolon::directory::shape {

// Identifiers.
using UserPoolId = Text<struct UserPoolIdTag, 1, 55, pattern::pool_id>;
using ClientId = Text<struct ClientIdTag, 1, 128, pattern::word_or_plus, Sensitivity::sensitive>;
using Arn = Text<struct ArnTag, 20, 2048, pattern::arn>;
using PlainString = Text<struct PlainStringTag, 0, 131072>;  ///< the model's StringType
using EventId = Text<struct EventIdTag, 1, 50, pattern::event_id>;
using DeviceKey = Text<struct DeviceKeyTag, 1, 55, pattern::device_key>;
using HexString = Text<struct HexStringTag, 0, 0, pattern::hex>;

// Names that people give.
using PoolName = Text<struct PoolNameTag, 1, 128, pattern::name>;
using ClientName = Text<struct ClientNameTag, 1, 128, pattern::name>;
using ResourceServerName = Text<struct ResourceServerNameTag, 1, 256, pattern::name>;
using ResourceServerIdentifier = Text<struct ResourceServerIdentifierTag, 1, 256, pattern::scope>;
using ResourceServerScopeName = Text<struct ResourceServerScopeNameTag, 1, 256, pattern::scope_name>;
using ResourceServerScopeDescription = Text<struct ResourceServerScopeDescriptionTag, 1, 256>;
using ProviderName = Text<struct ProviderNameTag, 1, 32, pattern::provider_name>;
using NewProviderName = Text<struct NewProviderNameTag, 1, 32, pattern::new_provider_name>;  ///< ProviderNameTypeV2
using IdpIdentifier = Text<struct IdpIdentifierTag, 1, 40, pattern::idp_identifier>;
using AttributeMappingKey = Text<struct AttributeMappingKeyTag, 1, 32>;
using GroupName = Text<struct GroupNameTag, 1, 128, pattern::graphic>;
using Description = Text<struct DescriptionTag, 0, 2048>;
using Precedence = Number<struct PrecedenceTag, 0, 2147483647>;
using ClientSecretId = Text<struct ClientSecretIdTag, 1, 128>;
using Domain = Text<struct DomainTag, 1, 63, pattern::domain>;
using TagKey = Text<struct TagKeyTag, 1, 128>;
using TagValue = Text<struct TagValueTag, 0, 256>;

// Users.
using Username = Text<struct UsernameTag, 1, 128, pattern::graphic, Sensitivity::sensitive>;
using AttributeName = Text<struct AttributeNameTag, 1, 32, pattern::graphic_or_blank>;
using CustomAttributeName = Text<struct CustomAttributeNameTag, 1, 20, pattern::graphic>;
using AttributeValue = Text<struct AttributeValueTag, 0, 2048, pattern::any, Sensitivity::sensitive>;
using UserFilter = Text<struct UserFilterTag, 0, 256>;

// Proofs. A password and a client secret are Secrets, never Texts; ConfirmationCode is any text without white space, so
// that a malformed one is a wrong one.
using ConfirmationCode = Text<struct ConfirmationCodeTag, 1, 2048, pattern::without_space, Sensitivity::sensitive>;
using SecretHash = Text<struct SecretHashTag, 1, 128, pattern::secret_hash, Sensitivity::sensitive>;
using Session = Text<struct SessionTag, 20, 2048, pattern::any, Sensitivity::sensitive>;
using TokenText =
    Text<struct TokenTextTag, 0, 0, pattern::token, Sensitivity::sensitive>;  ///< the model's TokenModelType

// Paging.
using PaginationKey = Text<struct PaginationKeyTag, 1, 131072, pattern::without_space>;
using SearchPaginationToken = Text<struct SearchPaginationTokenTag, 1, 0, pattern::without_space>;
using QueryLimit = Number<struct QueryLimitTag, 1, 60>;  ///< MaxResults of clients
using QueryLimitOrZero =
    Number<struct QueryLimitOrZeroTag, 0, 60>;  ///< the model's QueryLimitType: 0 means the default
using PoolQueryLimit = Number<struct PoolQueryLimitTag, 1, 60>;
using ListProvidersLimit = Number<struct ListProvidersLimitTag, 0, 60>;
using ListResourceServersLimit = Number<struct ListResourceServersLimitTag, 1, 50>;

// Messages.
using SmsVerificationMessage = Text<struct SmsVerificationMessageTag, 6, 140, pattern::line_with_code>;
using SmsInviteMessage = Text<struct SmsInviteMessageTag, 6, 140>;
using EmailVerificationMessage = Text<struct EmailVerificationMessageTag, 6, 20000, pattern::message_with_code>;
using EmailVerificationSubject = Text<struct EmailVerificationSubjectTag, 1, 140, pattern::subject>;
using EmailVerificationMessageByLink =
    Text<struct EmailVerificationMessageByLinkTag, 6, 20000, pattern::message_with_link>;
using EmailInviteMessage = Text<struct EmailInviteMessageTag, 6, 20000, pattern::message>;
using EmailMfaMessage = Text<struct EmailMfaMessageTag, 6, 20000, pattern::message_with_code>;
using EmailMfaSubject = Text<struct EmailMfaSubjectTag, 0, 0, pattern::subject>;
using EmailAddress = Text<struct EmailAddressTag, 0, 0, pattern::email_address>;
using ConfigurationSet = Text<struct ConfigurationSetTag, 1, 64, pattern::configuration_set>;
using RegionCode = Text<struct RegionCodeTag, 5, 32>;
using RelyingPartyId = Text<struct RelyingPartyIdTag, 1, 127>;

// Settings of a pool.
using PasswordMinimumLength = Number<struct PasswordMinimumLengthTag, 6, 99>;
using PasswordHistorySize = Number<struct PasswordHistorySizeTag, 0, 24>;
using TemporaryPasswordDays = Number<struct TemporaryPasswordDaysTag, 0, 365>;
using UnusedAccountDays = Number<struct UnusedAccountDaysTag, 0, 365>;
using Priority = Number<struct PriorityTag, 1, 2>;
using AcrValue = Text<struct AcrValueTag, 1, 2048>;
using MaxPerUser = Number<struct MaxPerUserTag, 1, 100>;  ///< token sessions

// Settings of a client.
using RefreshTokenValidity = Number<struct RefreshTokenValidityTag, 0, 315360000>;
using AccessTokenValidity = Number<struct AccessTokenValidityTag, 1, 86400>;
using IdTokenValidity = Number<struct IdTokenValidityTag, 1, 86400>;
using AuthSessionValidity = Number<struct AuthSessionValidityTag, 3, 15>;
using MaxValidityMinutes = Number<struct MaxValidityMinutesTag, 0, 129600>;
using RetryGracePeriodSeconds = Number<struct RetryGracePeriodSecondsTag, 0, 60>;
using RedirectUrl = Text<struct RedirectUrlTag, 1, 1024, pattern::graphic>;
using Scope = Text<struct ScopeTag, 1, 256, pattern::scope>;
using ClientPermission = Text<struct ClientPermissionTag, 1, 2048>;  ///< an attribute's name

}  // namespace symbolon::directory::shape
