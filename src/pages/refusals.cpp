#include "pages/refusals.hpp"

#include "pages/visit.hpp"

namespace symbolon::pages {

namespace {

/// The words of a hook within the API's "<trigger> failed with error <words>."; "" when there are none.
std::string words_of_hook(const std::string& message) {
    constexpr std::string_view before = " failed with error ";
    const auto at = message.find(before);
    if (at == std::string::npos) return {};
    auto words = message.substr(at + before.size());
    if (words.ends_with('.')) words.pop_back();
    return words;
}

}  // namespace

Shown shown(Errc code) {
    switch (code) {
        case Errc::not_authorized:
        case Errc::user_not_found:
        case Errc::user_not_confirmed:
            return {"error_incorrect_credentials", Place::page};
        case Errc::username_exists:
        case Errc::alias_exists:
            return {"error_username_taken", Place::username};
        case Errc::invalid_parameter:
            return {"error_phone_invalid", Place::username};
        case Errc::invalid_password:
            return {"error_password_policy", Place::password};
        case Errc::password_used_before:
            return {"error_password_reused", Place::password};
        case Errc::password_compromised:
            return {"error_password_leaked", Place::password};
        case Errc::sign_in_blocked:
            return {"error_sign_in_blocked", Place::page};
        case Errc::code_mismatch:
        case Errc::software_token_mismatch:
            return {"error_code_wrong", Place::code};
        case Errc::code_expired:
            return {"error_code_expired", Place::code};
        case Errc::limit_exceeded:
        case Errc::too_many_attempts:
            return {"error_too_many_attempts", Place::page};
        case Errc::code_delivery_failed:
            return {"error_delivery", Place::page};
        case Errc::password_reset_required:
            return {"error_incorrect_credentials", Place::page};
        case Errc::too_many_requests:
        case Errc::timed_out:
        case Errc::unavailable:
            return {"error_busy", Place::page, 503};
        case Errc::hook_refused:
        case Errc::unsupported_user_state:
        case Errc::mfa_method_not_found:
        case Errc::access_denied:
        case Errc::invalid_pool_configuration:
            return {"error_account_disabled", Place::page};
        case Errc::invalid_json:
        case Errc::unknown_operation:
        case Errc::missing_signature:
        case Errc::incomplete_signature:
        case Errc::unknown_access_key:
        case Errc::wrong_signature:
        case Errc::wrong_client:
        case Errc::token_not_accepted:
        case Errc::insufficient_scope:
        case Errc::resource_not_found:
        case Errc::group_exists:
        case Errc::provider_exists:
        case Errc::device_key_exists:
        case Errc::branding_exists:
        case Errc::terms_exists:
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
        case Errc::invalid_oauth_flow:
        case Errc::scope_does_not_exist:
        case Errc::unsupported_operation:
        case Errc::unsupported_token_type:
        case Errc::refresh_token_reused:
        case Errc::concurrent_modification:
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
        case Errc::hook_failed:
        case Errc::hook_answer_invalid:
        case Errc::internal:
            break;
    }
    return {"error_server_text", Place::page};
}

Shown shown(const Error& error) {
    Shown out = shown(error.code);
    if (error.code == Errc::hook_refused) out.words = words_of_hook(error.message);
    return out;
}

std::string text_of(const Visit& visit, const Shown& refusal) {
    return refusal.words.empty() ? visit.text(refusal.text) : refusal.words;
}

Shown shown_at_resend(Errc code) {
    if (code == Errc::limit_exceeded) return {"error_send_limit", Place::page};
    return {.text = shown(code).text, .place = Place::page, .status = shown(code).status};
}

}  // namespace symbolon::pages
