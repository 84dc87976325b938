#pragma once

#include <exception>
#include <string>
#include <utility>

namespace symbolon {

/// What can be refused, in the words of the domain. Every door maps each code to its wire form by a switch without
/// default, so a new code does not compile until every door has said what it looks like.
enum class Errc {
    // the request itself
    invalid_parameter,  ///< a rule about the request is broken; the message says which
    invalid_json,       ///< the body is not JSON or a member has another JSON type
    unknown_operation,
    // who asks
    missing_signature,     ///< an administrator's operation without a signature
    incomplete_signature,  ///< the signature's header lacks a part
    unknown_access_key,
    wrong_signature,  ///< also: outside the clock's tolerance
    access_denied,
    not_authorized,      ///< a wrong password, session, token or secret
    sign_in_blocked,     ///< by threat protection
    wrong_client,        ///< a credential of another client (RevokeToken)
    token_not_accepted,  ///< the access token is malformed, expired or revoked
    insufficient_scope,
    // what is asked for
    resource_not_found,  ///< pool, client, resource server, …
    user_not_found,
    username_exists,
    alias_exists,
    group_exists,
    provider_exists,  ///< an identity provider of that name
    device_key_exists,
    branding_exists,
    terms_exists,
    // states of a user
    user_not_confirmed,
    password_reset_required,
    unsupported_user_state,
    // proofs
    code_mismatch,
    code_expired,
    code_delivery_failed,
    invalid_password,  ///< breaks the pool's password policy
    password_used_before,
    password_compromised,  ///< it is on a list of passwords that leaked
    mfa_method_not_found,
    software_token_mismatch,   ///< a wrong code while a software token is set up
    software_token_not_found,  ///< software tokens are off, or the user has none
    web_authn_challenge_not_found,
    web_authn_client_mismatch,
    web_authn_configuration_missing,
    web_authn_credential_not_supported,
    web_authn_not_enabled,
    web_authn_origin_not_allowed,
    web_authn_relying_party_mismatch,
    // limits
    limit_exceeded,     ///< attempts of a user, or a resource quota
    too_many_attempts,  ///< one proof was guessed at too often
    too_many_requests,  ///< request rate, or a full queue: try again later
    // configuration
    invalid_oauth_flow,
    scope_does_not_exist,
    invalid_pool_configuration,
    unsupported_operation,
    unsupported_token_type,
    refresh_token_reused,
    concurrent_modification,
    unsupported_provider,  ///< an identity provider that cannot do what is asked
    feature_unavailable,   ///< above the pool's tier
    tier_change_not_allowed,
    invalid_tags,
    add_on_not_enabled,  ///< threat protection is off
    operation_not_enabled,
    import_in_progress,
    precondition_not_met,
    quota_exceeded,  ///< of a provisioned limit
    // hooks into user code
    hook_failed,          ///< it could not be run
    hook_refused,         ///< it ran, and refused
    hook_answer_invalid,  ///< it ran, and answered what nobody understands
    // the protocol of OAuth 2.0 and OpenID Connect; `message` is the error_description
    oauth_invalid_request,
    oauth_invalid_client,
    oauth_invalid_grant,
    oauth_unauthorized_client,
    oauth_unsupported_grant_type,
    oauth_unsupported_response_type,
    oauth_invalid_scope,
    oauth_access_denied,
    oauth_login_required,
    oauth_unsupported_token_type,
    oauth_invalid_target,  ///< a resource or an audience that is not to be had
    oauth_invalid_dpop_proof,
    oauth_use_dpop_nonce,
    oauth_authorization_pending,  ///< the person has not answered yet (RFC 8628 §3.5)
    oauth_slow_down,
    oauth_expired_token,
    oauth_linking_error,  ///< no account can be linked by an assertion alone
    oauth_invalid_redirect_uri,
    oauth_invalid_client_metadata,
    // outside
    timed_out,
    unavailable,  ///< a part that we need (database, provider) does not answer
    internal,
};

/// A failed request: thrown where the rule is, caught once per door. `message` may be shown to the caller; `detail`
/// goes to the log only. Neither ever holds a secret.
class Error : public std::exception {
public:
    Errc code;
    std::string message;
    std::string detail;

    explicit Error(Errc code_, std::string message_ = {}, std::string detail_ = {})
        : code(code_), message(std::move(message_)), detail(std::move(detail_)) {}

    const char* what() const noexcept override { return message.c_str(); }
};

}  // namespace symbolon
