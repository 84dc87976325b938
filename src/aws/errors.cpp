#include "aws/errors.hpp"

#include "net/respond.hpp"

#include <boost/json/object.hpp>

#include <algorithm>

namespace symbolon::aws {

namespace {

/// A header holds the message only while it is printable ASCII, and short: messages repeat values of the request, and
/// clients give up on long headers.
bool fits_in_header(std::string_view text) {
    constexpr std::size_t limit = 1024;
    return !text.empty() && text.size() <= limit &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
}

}  // namespace

Wire wire(Errc code) {
    switch (code) {
        case Errc::invalid_parameter:
            return {"InvalidParameterException", 400};
        case Errc::invalid_json:
            return {"SerializationException", 400};
        case Errc::unknown_operation:
            return {"UnknownOperationException", 400};
        case Errc::missing_signature:
            return {"MissingAuthenticationTokenException", 400};
        case Errc::incomplete_signature:
            return {"IncompleteSignatureException", 400};
        case Errc::unknown_access_key:
            return {"UnrecognizedClientException", 400};
        case Errc::wrong_signature:
            return {"InvalidSignatureException", 400};
        case Errc::access_denied:
            return {"AccessDeniedException", 400};
        case Errc::not_authorized:
        case Errc::sign_in_blocked:
            return {"NotAuthorizedException", 400};
        case Errc::wrong_client:
            return {"UnauthorizedException", 400};
        case Errc::token_not_accepted:
            return {"NotAuthorizedException", 400};
        case Errc::insufficient_scope:
            return {"NotAuthorizedException", 400};
        case Errc::resource_not_found:
            return {"ResourceNotFoundException", 400};
        case Errc::user_not_found:
            return {"UserNotFoundException", 400};
        case Errc::username_exists:
            return {"UsernameExistsException", 400};
        case Errc::alias_exists:
            return {"AliasExistsException", 400};
        case Errc::group_exists:
            return {"GroupExistsException", 400};
        case Errc::provider_exists:
            return {"DuplicateProviderException", 400};
        case Errc::device_key_exists:
            return {"DeviceKeyExistsException", 400};
        case Errc::branding_exists:
            return {"ManagedLoginBrandingExistsException", 400};
        case Errc::terms_exists:
            return {"TermsExistsException", 400};
        case Errc::software_token_mismatch:
            return {"EnableSoftwareTokenMFAException", 400};
        case Errc::software_token_not_found:
            return {"SoftwareTokenMFANotFoundException", 400};
        case Errc::web_authn_challenge_not_found:
            return {"WebAuthnChallengeNotFoundException", 400};
        case Errc::web_authn_client_mismatch:
            return {"WebAuthnClientMismatchException", 400};
        case Errc::web_authn_configuration_missing:
            return {"WebAuthnConfigurationMissingException", 400};
        case Errc::web_authn_credential_not_supported:
            return {"WebAuthnCredentialNotSupportedException", 400};
        case Errc::web_authn_not_enabled:
            return {"WebAuthnNotEnabledException", 400};
        case Errc::web_authn_origin_not_allowed:
            return {"WebAuthnOriginNotAllowedException", 400};
        case Errc::web_authn_relying_party_mismatch:
            return {"WebAuthnRelyingPartyMismatchException", 400};
        case Errc::unsupported_provider:
            return {"UnsupportedIdentityProviderException", 400};
        case Errc::feature_unavailable:
            return {"FeatureUnavailableInTierException", 400};
        case Errc::tier_change_not_allowed:
            return {"TierChangeNotAllowedException", 400};
        case Errc::invalid_tags:
            return {"UserPoolTaggingException", 400};
        case Errc::add_on_not_enabled:
            return {"UserPoolAddOnNotEnabledException", 400};
        case Errc::operation_not_enabled:
            return {"OperationNotEnabledException", 400};
        case Errc::import_in_progress:
            return {"UserImportInProgressException", 400};
        case Errc::precondition_not_met:
            return {"PreconditionNotMetException", 400};
        case Errc::quota_exceeded:
            return {"ServiceQuotaExceededException", 400};
        case Errc::hook_failed:
            return {"UnexpectedLambdaException", 400};
        case Errc::hook_refused:
            return {"UserLambdaValidationException", 400};
        case Errc::hook_answer_invalid:
            return {"InvalidLambdaResponseException", 400};
        case Errc::user_not_confirmed:
            return {"UserNotConfirmedException", 400};
        case Errc::password_reset_required:
            return {"PasswordResetRequiredException", 400};
        case Errc::unsupported_user_state:
            return {"UnsupportedUserStateException", 400};
        case Errc::code_mismatch:
            return {"CodeMismatchException", 400};
        case Errc::code_expired:
            return {"ExpiredCodeException", 400};
        case Errc::code_delivery_failed:
            return {"CodeDeliveryFailureException", 400};
        case Errc::invalid_password:
        case Errc::password_compromised:
            return {"InvalidPasswordException", 400};
        case Errc::password_used_before:
            return {"PasswordHistoryPolicyViolationException", 400};
        case Errc::mfa_method_not_found:
            return {"MFAMethodNotFoundException", 400};
        case Errc::limit_exceeded:
            return {"LimitExceededException", 400};
        case Errc::too_many_attempts:
            return {"TooManyFailedAttemptsException", 400};
        case Errc::too_many_requests:
            return {"TooManyRequestsException", 400};
        case Errc::invalid_oauth_flow:
            return {"InvalidOAuthFlowException", 400};
        case Errc::scope_does_not_exist:
            return {"ScopeDoesNotExistException", 400};
        case Errc::invalid_pool_configuration:
            return {"InvalidUserPoolConfigurationException", 400};
        case Errc::unsupported_operation:
            return {"UnsupportedOperationException", 400};
        case Errc::unsupported_token_type:
            return {"UnsupportedTokenTypeException", 400};
        case Errc::refresh_token_reused:
            return {"RefreshTokenReuseException", 400};
        case Errc::concurrent_modification:
            return {"ConcurrentModificationException", 400};
        case Errc::oauth_invalid_client:
            return {"NotAuthorizedException", 400};
        case Errc::oauth_invalid_grant:
            return {"NotAuthorizedException", 400};
        case Errc::oauth_unauthorized_client:
            return {"NotAuthorizedException", 400};
        case Errc::oauth_access_denied:
            return {"NotAuthorizedException", 400};
        case Errc::oauth_login_required:
            return {"NotAuthorizedException", 400};
        case Errc::oauth_invalid_request:
            return {"InvalidParameterException", 400};
        case Errc::oauth_unsupported_grant_type:
            return {"InvalidParameterException", 400};
        case Errc::oauth_unsupported_response_type:
            return {"InvalidParameterException", 400};
        case Errc::oauth_invalid_scope:
            return {"InvalidParameterException", 400};
        case Errc::oauth_unsupported_token_type:
            return {"UnsupportedTokenTypeException", 400};
        case Errc::oauth_invalid_target:
        case Errc::oauth_invalid_dpop_proof:
        case Errc::oauth_use_dpop_nonce:
        case Errc::oauth_authorization_pending:
        case Errc::oauth_slow_down:
        case Errc::oauth_expired_token:
        case Errc::oauth_linking_error:
        case Errc::oauth_invalid_redirect_uri:
        case Errc::oauth_invalid_client_metadata:
            return {"InvalidParameterException", 400};
        case Errc::timed_out:
            return {"InternalErrorException", 500};
        case Errc::unavailable:
            return {"InternalErrorException", 503};
        case Errc::internal:
            return {"InternalErrorException", 500};
    }
    return {"InternalErrorException", 500};
}

net::Response error_response(const Error& error) {
    const auto [type, status] = wire(error.code);
    boost::json::object body{{"__type", type}};
    if (error.code != Errc::unknown_operation) {
        body["message"] = status >= 500 ? std::string_view("Something went wrong") : std::string_view(error.message);
    }
    auto response = net::json(status, std::move(body));
    response.headers.set("x-amzn-ErrorType", std::string(type) + ":");
    if (status < 500 && fits_in_header(error.message)) response.headers.set("x-amzn-ErrorMessage", error.message);
    return response;
}

}  // namespace symbolon::aws
