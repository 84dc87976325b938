#pragma once

#include "base/shape/list.hpp"
#include "base/shape/number.hpp"
#include "base/shape/text.hpp"
#include "directory/claim_mappings.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/value.hpp>

#include <optional>

/// What an OAuth client can be set to beyond the service's API. The members have the names of client metadata (RFC 7591
/// §2, OpenID Connect Dynamic Registration §2, RFC 9101 §10.5, RFC 9126 §6, RFC 8705 §9.5, RFC 9449 §5.2, JARM §3)
/// where those have one. Everything is optional; without any of it a client behaves as the service's do.
namespace symbolon::directory {

struct Pool;

namespace shape {
using ExtensionWord = Text<struct ExtensionWordTag, 1, 256>;
using ExtensionName = Text<struct ExtensionNameTag, 1, 1024>;
using ExtensionUri = Text<struct ExtensionUriTag, 1, 2048, pattern::without_space>;
using ExtensionAge = Number<struct ExtensionAgeTag, 0, 315360000>;  ///< seconds
}  // namespace shape

BOOST_DEFINE_ENUM_CLASS(AccessTokenFormat, cognito, jwt, opaque)
BOOST_DEFINE_ENUM_CLASS(ClientAuthMethod, client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt,
                        tls_client_auth, self_signed_tls_client_auth, none)
BOOST_DEFINE_ENUM_CLASS(SignatureAlgorithm, RS256, PS256, ES256, EdDSA)

struct ClientExtensions {
    // what it may ask at the authorization endpoint
    std::optional<List<shape::ExtensionWord, 0, 8>> response_types;  ///< absent: what the OAuth flows give
    std::optional<bool> require_pkce;
    std::optional<bool> allow_plain_pkce;
    std::optional<bool> require_pushed_authorization_requests;
    std::optional<bool> require_signed_request_object;
    std::optional<SignatureAlgorithm> request_object_signing_alg;       ///< absent: any of them
    std::optional<shape::ExtensionWord> request_object_encryption_alg;  ///< absent: any, and none
    std::optional<shape::ExtensionWord> request_object_encryption_enc;
    std::optional<List<shape::ExtensionUri, 0, 20>> request_uris;  ///< where its request objects may be fetched from
    std::optional<shape::ExtensionAge> default_max_age;
    std::optional<bool> require_auth_time;
    std::optional<List<shape::ExtensionWord, 0, 10>> default_acr_values;
    std::optional<List<shape::ExtensionWord, 0, 20>> grant_types;  ///< those that AllowedOAuthFlows has no word for

    // how it proves who it is
    std::optional<ClientAuthMethod> token_endpoint_auth_method;  ///< absent: what its secret allows
    std::optional<shape::ExtensionWord> token_endpoint_auth_signing_alg;
    std::optional<boost::json::value> jwks;
    std::optional<shape::ExtensionUri> jwks_uri;
    std::optional<shape::ExtensionName> tls_client_auth_subject_dn;
    std::optional<shape::ExtensionName> tls_client_auth_san_dns;
    std::optional<shape::ExtensionUri> tls_client_auth_san_uri;
    std::optional<shape::ExtensionWord> tls_client_auth_san_ip;
    std::optional<shape::ExtensionName> tls_client_auth_san_email;

    // what it gets
    std::optional<shape::ExtensionWord> subject_type;  ///< public | pairwise
    std::optional<shape::ExtensionUri> sector_identifier_uri;
    std::optional<SignatureAlgorithm> id_token_signed_response_alg;       ///< the pool's
    std::optional<shape::ExtensionWord> id_token_encrypted_response_alg;  ///< absent: not encrypted
    std::optional<shape::ExtensionWord> id_token_encrypted_response_enc;  ///< absent: A128CBC-HS256
    std::optional<SignatureAlgorithm> userinfo_signed_response_alg;       ///< the pool's; absent: JSON
    std::optional<shape::ExtensionWord> userinfo_encrypted_response_alg;
    std::optional<shape::ExtensionWord> userinfo_encrypted_response_enc;
    std::optional<SignatureAlgorithm> authorization_signed_response_alg;  ///< the pool's
    std::optional<shape::ExtensionWord> authorization_encrypted_response_alg;
    std::optional<shape::ExtensionWord> authorization_encrypted_response_enc;
    std::optional<AccessTokenFormat> access_token_format;
    std::optional<ClaimMappings> claim_mappings;  ///< beside the pool's, and before them
    std::optional<bool> dpop_bound_access_tokens;
    std::optional<bool> require_dpop_nonce;  ///< its proofs need a nonce of the server (RFC 9449 §8)
    std::optional<bool> tls_client_certificate_bound_access_tokens;
    std::optional<List<shape::ExtensionWord, 0, 20>>
        resource_servers;  ///< those that it is: it may ask about their tokens
    std::optional<List<shape::ExtensionWord, 0, 20>> exchanges_tokens_of;  ///< clients whose tokens it may exchange

    // what people see of it, and how it hears of their leaving
    std::optional<bool> require_consent;
    std::optional<shape::ExtensionUri> client_uri;
    std::optional<shape::ExtensionUri> logo_uri;
    std::optional<shape::ExtensionUri> policy_uri;
    std::optional<shape::ExtensionUri> tos_uri;
    std::optional<shape::ExtensionUri> initiate_login_uri;  ///< where a sign-in at it begins (Core §4)
    std::optional<shape::ExtensionUri> backchannel_logout_uri;
    std::optional<bool> backchannel_logout_session_required;
    std::optional<shape::ExtensionUri> frontchannel_logout_uri;
    std::optional<bool> frontchannel_logout_session_required;

    // Once in settings.cpp, and not in each of the hundreds of files that hold a client.
    ClientExtensions();
    ClientExtensions(const ClientExtensions&);
    ClientExtensions(ClientExtensions&&) noexcept;
    ClientExtensions& operator=(const ClientExtensions&);
    ClientExtensions& operator=(ClientExtensions&&) noexcept;
    ~ClientExtensions();

    bool is_pairwise() const { return subject_type && subject_type->str() == "pairwise"; }
};
BOOST_DESCRIBE_STRUCT(ClientExtensions, (),
                      (response_types, require_pkce, allow_plain_pkce, require_pushed_authorization_requests,
                       require_signed_request_object, request_object_signing_alg, request_object_encryption_alg,
                       request_object_encryption_enc, request_uris, default_max_age, require_auth_time,
                       default_acr_values, grant_types, token_endpoint_auth_method, token_endpoint_auth_signing_alg,
                       jwks, jwks_uri, tls_client_auth_subject_dn, tls_client_auth_san_dns, tls_client_auth_san_uri,
                       tls_client_auth_san_ip, tls_client_auth_san_email, subject_type, sector_identifier_uri,
                       id_token_signed_response_alg, id_token_encrypted_response_alg, id_token_encrypted_response_enc,
                       userinfo_signed_response_alg, userinfo_encrypted_response_alg, userinfo_encrypted_response_enc,
                       authorization_signed_response_alg, authorization_encrypted_response_alg,
                       authorization_encrypted_response_enc, access_token_format, claim_mappings,
                       dpop_bound_access_tokens, require_dpop_nonce, resource_servers, exchanges_tokens_of,
                       tls_client_certificate_bound_access_tokens, require_consent, client_uri, logo_uri, policy_uri,
                       tos_uri, initiate_login_uri, backchannel_logout_uri, backchannel_logout_session_required,
                       frontchannel_logout_uri, frontchannel_logout_session_required))

/// Checks that the extensions agree with each other and with the pool.
/// Fails: invalid_parameter "Extensions.<member>: <why>".
void check_client_extensions(const Pool& pool, const ClientExtensions& extensions);

/// A switch of the extensions; absent is false.
inline bool is_on(const std::optional<bool>& extension) {
    return extension.value_or(false);
}

}  // namespace symbolon::directory
