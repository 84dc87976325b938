#include "voice/rest/refusals.hpp"

#include "net/respond.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace symbolon::voice {

namespace json = boost::json;

int rest_status(Errc code) {
    switch (code) {
        case Errc::invalid_parameter:
        case Errc::invalid_json:
        case Errc::unknown_operation:
        case Errc::missing_signature:
        case Errc::incomplete_signature:
        case Errc::unknown_access_key:
        case Errc::wrong_signature:
        case Errc::wrong_client:
        case Errc::token_not_accepted:
        case Errc::insufficient_scope:
        case Errc::user_not_found:
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
        case Errc::user_not_confirmed:
        case Errc::password_reset_required:
        case Errc::unsupported_user_state:
        case Errc::code_mismatch:
        case Errc::code_expired:
        case Errc::code_delivery_failed:
        case Errc::invalid_password:
        case Errc::password_used_before:
        case Errc::password_compromised:
        case Errc::mfa_method_not_found:
        case Errc::too_many_attempts:
        case Errc::invalid_oauth_flow:
        case Errc::scope_does_not_exist:
        case Errc::invalid_pool_configuration:
        case Errc::unsupported_operation:
        case Errc::unsupported_token_type:
        case Errc::refresh_token_reused:
        case Errc::oauth_invalid_request:
        case Errc::oauth_invalid_client:
        case Errc::oauth_invalid_grant:
        case Errc::oauth_unauthorized_client:
        case Errc::oauth_unsupported_grant_type:
        case Errc::oauth_unsupported_response_type:
        case Errc::oauth_invalid_scope:
        case Errc::oauth_access_denied:
        case Errc::oauth_login_required:
        case Errc::oauth_unsupported_token_type:
        case Errc::oauth_invalid_target:
        case Errc::oauth_invalid_dpop_proof:
        case Errc::oauth_use_dpop_nonce:
        case Errc::oauth_authorization_pending:
        case Errc::oauth_slow_down:
        case Errc::oauth_expired_token:
        case Errc::oauth_linking_error:
        case Errc::oauth_invalid_redirect_uri:
        case Errc::oauth_invalid_client_metadata:
            return 400;
        case Errc::access_denied:
        case Errc::not_authorized:
        case Errc::sign_in_blocked:
            return 403;
        case Errc::resource_not_found:
            return 404;
        case Errc::concurrent_modification:
            return 412;
        case Errc::limit_exceeded:
        case Errc::too_many_requests:
            return 429;
        case Errc::internal:
            return 500;
        case Errc::timed_out:
        case Errc::unavailable:
            return 503;
    }
    return 500;
}

net::Response rest_refusal(const Error& error) {
    const int status = rest_status(error.code);
    const std::string message = status >= 500 ? "Something went wrong." : error.message;
    json::object body{{"message", message}};
    if (status == 400) {
        body["violations"] = json::array{json::object{{"code", "INVALID_REQUEST_PARAMETER"}, {"message", message}}};
    }
    return net::json(status, body);
}

}  // namespace symbolon::voice
