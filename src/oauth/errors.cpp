#include "oauth/errors.hpp"

namespace symbolon::oauth {

Wire to_wire(Errc code) {
    switch (code) {  // no default: the compiler lists a code that has no shape yet
        case Errc::invalid_parameter:
        case Errc::invalid_json:
        case Errc::unknown_operation:
        case Errc::missing_signature:
        case Errc::incomplete_signature:
        case Errc::unknown_access_key:
        case Errc::wrong_signature:
        case Errc::resource_not_found:
        case Errc::username_exists:
        case Errc::alias_exists:
        case Errc::group_exists:
        case Errc::provider_exists:
        case Errc::device_key_exists:
        case Errc::branding_exists:
        case Errc::terms_exists:
        case Errc::software_token_mismatch:
        case Errc::software_token_not_found:
        case Errc::web_authn_challenge_not_found:
        case Errc::web_authn_client_mismatch:
        case Errc::web_authn_configuration_missing:
        case Errc::web_authn_credential_not_supported:
        case Errc::web_authn_not_enabled:
        case Errc::web_authn_origin_not_allowed:
        case Errc::web_authn_relying_party_mismatch:
        case Errc::unsupported_provider:
        case Errc::feature_unavailable:
        case Errc::tier_change_not_allowed:
        case Errc::invalid_tags:
        case Errc::add_on_not_enabled:
        case Errc::operation_not_enabled:
        case Errc::import_in_progress:
        case Errc::precondition_not_met:
        case Errc::quota_exceeded:
        case Errc::hook_failed:
        case Errc::hook_refused:
        case Errc::hook_answer_invalid:
        case Errc::code_delivery_failed:
        case Errc::invalid_password:
        case Errc::password_used_before:
        case Errc::password_compromised:
        case Errc::mfa_method_not_found:
        case Errc::invalid_oauth_flow:
        case Errc::invalid_pool_configuration:
        case Errc::unsupported_operation:
        case Errc::concurrent_modification:
        case Errc::oauth_invalid_request:
            return {"invalid_request", 400};
        case Errc::oauth_invalid_client:
            return {"invalid_client", 400};
        case Errc::not_authorized:
        case Errc::sign_in_blocked:
        case Errc::wrong_client:
        case Errc::user_not_found:
        case Errc::user_not_confirmed:
        case Errc::password_reset_required:
        case Errc::unsupported_user_state:
        case Errc::code_mismatch:
        case Errc::code_expired:
        case Errc::refresh_token_reused:
        case Errc::oauth_invalid_grant:
            return {"invalid_grant", 400};
        case Errc::oauth_unauthorized_client:
            return {"unauthorized_client", 400};
        case Errc::oauth_unsupported_grant_type:
            return {"unsupported_grant_type", 400};
        case Errc::oauth_unsupported_response_type:
            return {"unsupported_response_type", 400};
        case Errc::scope_does_not_exist:
        case Errc::oauth_invalid_scope:
            return {"invalid_scope", 400};
        case Errc::access_denied:
            return {"access_denied", 403};
        case Errc::oauth_access_denied:
            return {"access_denied", 400};
        case Errc::oauth_login_required:
            return {"login_required", 400};
        case Errc::unsupported_token_type:
        case Errc::oauth_unsupported_token_type:
            return {"unsupported_token_type", 400};
        case Errc::oauth_invalid_target:
            return {"invalid_target", 400};
        case Errc::oauth_invalid_dpop_proof:
            return {"invalid_dpop_proof", 400};
        case Errc::oauth_use_dpop_nonce:
            return {"use_dpop_nonce", 400};
        case Errc::oauth_authorization_pending:
            return {"authorization_pending", 400};
        case Errc::oauth_slow_down:
            return {"slow_down", 400};
        case Errc::oauth_expired_token:
            return {"expired_token", 400};
        case Errc::oauth_linking_error:
            return {"linking_error", 401};
        case Errc::oauth_invalid_redirect_uri:
            return {"invalid_redirect_uri", 400};
        case Errc::oauth_invalid_client_metadata:
            return {"invalid_client_metadata", 400};
        case Errc::token_not_accepted:
            return {"invalid_token", 401};
        case Errc::insufficient_scope:
            return {"insufficient_scope", 403};
        case Errc::limit_exceeded:
        case Errc::too_many_attempts:
        case Errc::too_many_requests:
            return {"temporarily_unavailable", 429};
        case Errc::timed_out:
        case Errc::unavailable:
            return {"temporarily_unavailable", 503};
        case Errc::internal:
            return {"server_error", 500};
    }
    return {"server_error", 500};
}

}  // namespace symbolon::oauth
