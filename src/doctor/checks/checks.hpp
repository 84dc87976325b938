#pragma once

#include "doctor/check.hpp"

/// One function for each row of the catalogue, which says what it checks. Fails: NotExamined.
namespace symbolon::doctor::checks {

// tls.cpp: certificates and handshakes
Outcome uses_https(Examination& e);
Outcome uses_port_443(Examination& e);
Outcome chain_is_trusted(Examination& e);
Outcome name_is_in_san(Examination& e);
Outcome certificate_lasts(Examination& e);
Outcome handshake_is_common(Examination& e);
Outcome issuer_is_usable(Examination& e);
Outcome key_is_common(Examination& e);

// network.cpp: names, addresses and what stands before the server
Outcome name_is_public(Examination& e);
Outcome both_families_connect(Examination& e);
Outcome no_wall_in_front(Examination& e);
Outcome answers_from_outside(Examination& e);

// authorization.cpp: the authorization endpoint
Outcome valid_request_reaches_page(Examination& e);
Outcome unknown_client_is_refused(Examination& e);
Outcome foreign_redirect_uris_are_refused(Examination& e);
Outcome platform_redirect_uris_are_accepted(Examination& e);
Outcome state_comes_back(Examination& e);
Outcome extra_parameters_are_ignored(Examination& e);
Outcome implicit_is_as_configured(Examination& e);
Outcome scope_may_be_absent(Examination& e);
Outcome denial_comes_back(Examination& e);
Outcome code_is_in_query(Examination& e);
Outcome codes_are_hard_to_guess(Examination& e);
Outcome code_lives_as_it_should(Examination& e);
Outcome pkce_is_enforced(Examination& e);
Outcome prefetch_does_no_harm(Examination& e);
Outcome iss_is_consistent(Examination& e);

// page.cpp: the sign-in page and its followers
Outcome viewport_is_set(Examination& e);
Outcome no_pop_ups(Examination& e);
Outcome content_is_listed(Examination& e);
Outcome csp_lets_back(Examination& e);
Outcome no_mixed_content(Examination& e);
Outcome cookies_suit_web_views(Examination& e);
Outcome wrong_password_is_told(Examination& e);
Outcome not_social_alone(Examination& e);
Outcome asks_again_with_session(Examination& e);
Outcome consent_says_who(Examination& e);
Outcome code_page_suits_phones(Examination& e);
Outcome page_is_quick(Examination& e);

// client.cpp: how the client proves who it is
Outcome basic_works(Examination& e);
Outcome body_credentials_work(Examination& e);
Outcome basic_and_client_id_work(Examination& e);
Outcome secret_is_read_alike(Examination& e);
Outcome wrong_secret_is_refused(Examination& e);
Outcome charset_is_accepted(Examination& e);
Outcome client_credentials_work(Examination& e);

// exchange.cpp: the token endpoint: codes and refusals
Outcome bad_code_is_refused(Examination& e);
Outcome answer_is_quick(Examination& e);
Outcome redirect_uri_is_compared(Examination& e);
Outcome code_works_once(Examination& e);
Outcome code_belongs_to_client(Examination& e);
Outcome get_is_refused(Examination& e);
Outcome unknown_grant_is_refused(Examination& e);

// token_answer.cpp: what a token answer holds
Outcome answer_is_json(Examination& e);
Outcome access_token_is_there(Examination& e);
Outcome type_is_bearer(Examination& e);
Outcome expiry_is_number(Examination& e);
Outcome expiry_is_long_enough(Examination& e);
Outcome refresh_token_is_there(Examination& e);
Outcome access_token_is_short(Examination& e);
Outcome access_token_is_opaque(Examination& e);
Outcome access_token_is_no_id_token(Examination& e);
Outcome answer_is_not_stored(Examination& e);

// refresh.cpp: refresh tokens
Outcome refresh_works(Examination& e);
Outcome refresh_brings_new_token(Examination& e);
Outcome former_access_token_lives(Examination& e);
Outcome bad_refresh_token_is_refused(Examination& e);
Outcome lost_answer_is_survived(Examination& e);
Outcome parallel_refreshes_work(Examination& e);
Outcome retry_works_later(Examination& e);
Outcome sign_out_keeps_link(Examination& e);
Outcome refresh_lifetime_is_long(Examination& e);
Outcome offline_access_is_asked(Examination& e);
Outcome refresh_keeps_scopes(Examination& e);
Outcome refreshes_go_on(Examination& e);

// resource.cpp: userInfo and revocation
Outcome user_info_answers(Examination& e);
Outcome scopes_bring_claims(Examination& e);
Outcome bad_token_is_refused(Examination& e);
Outcome subject_is_stable(Examination& e);
Outcome revocation_answers(Examination& e);
Outcome revocation_works(Examination& e);
Outcome ended_access_revokes(Examination& e);

// configuration.cpp: the configuration at the platform
Outcome redirect_uris_are_registered(Examination& e);
Outcome endpoints_are_not_swapped(Examination& e);
Outcome lists_are_short(Examination& e);
Outcome default_expiry_agrees(Examination& e);
Outcome domain_is_ones_own(Examination& e);
Outcome implicit_is_off(Examination& e);
Outcome privacy_policy_is_reachable(Examination& e);

// metadata.cpp: what the server publishes of itself
Outcome oauth_metadata_agrees(Examination& e);
Outcome metadata_lists_s256(Examination& e);
Outcome resource_metadata_is_there(Examination& e);
Outcome openid_metadata_agrees(Examination& e);

// streamlined.cpp: Google's streamlined linking
Outcome assertion_check_is_refused(Examination& e);
Outcome assertion_refusal_has_form(Examination& e);

// skill.cpp: skills for Alexa
Outcome unsigned_request_is_refused(Examination& e);
Outcome forged_requests_are_refused(Examination& e);
Outcome other_application_is_refused(Examination& e);
Outcome unlinked_person_gets_card(Examination& e);
Outcome grant_is_accepted(Examination& e);
Outcome outage_is_no_credential_error(Examination& e);
Outcome skill_is_quick(Examination& e);
Outcome skill_answer_is_valid(Examination& e);

// cloud.cpp: device clouds for Google and SmartThings
Outcome sync_answers(Examination& e);
Outcome fulfilment_refuses_and_disconnects(Examination& e);
Outcome expired_token_is_told(Examination& e);
Outcome callback_access_is_handled(Examination& e);

/// The server would give a refresh token for a scope that is not asked for.
bool lacks_offline_access(Examination& e);

}  // namespace symbolon::doctor::checks
