#include "directory/client_extensions.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/client_rules.hpp"
#include "directory/encryption_rules.hpp"
#include "directory/pools.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace symbolon::directory {
namespace {

using boost::json::object;

[[noreturn]] void refuse(std::string_view member, std::string_view why) {
    throw Error(Errc::invalid_parameter, "Extensions." + std::string(member) + ": " + std::string(why));
}

/// One order for each set of words, so that requests are compared after sorting (OAuth 2.0 Multiple Response Types §3).
constexpr std::array<std::string_view, 7> response_types{
    "code", "token", "id_token", "code id_token", "code token", "id_token token", "code id_token token"};

constexpr std::array<std::string_view, 5> signing_algs{"RS256", "PS256", "ES256", "EdDSA", "HS256"};

// Members that only the holder of a private or a shared key has (RFC 7518 §6).
constexpr std::array<std::string_view, 7> private_members{"d", "p", "q", "dp", "dq", "qi", "k"};

constexpr std::size_t most_keys = 20;

/// https, or http on a loopback name for tests at home.
void check_web_uri(std::string_view member, const std::optional<shape::ExtensionUri>& uri) {
    if (!uri) return;
    const bool web = uri->str().starts_with("https://") || uri->str().starts_with("http://");
    if (!web || !is_allowed_redirect(uri->str())) refuse(member, "an https URL is expected.");
}

void check_key(const boost::json::value& value) {
    const auto* key = value.if_object();
    if (!key) refuse("jwks", "a key is an object.");
    const auto is_there = [&](std::string_view name) { return key->contains(name); };
    if (std::any_of(private_members.begin(), private_members.end(), is_there)) {
        refuse("jwks", "a key must be public.");
    }
}

void check_keys(const ClientExtensions& extensions) {
    if (!extensions.jwks) return;
    if (extensions.jwks_uri) refuse("jwks", "goes without jwks_uri.");
    const auto* document = extensions.jwks->if_object();
    const auto* keys = document ? document->if_contains("keys") : nullptr;
    const auto* list = keys ? keys->if_array() : nullptr;
    if (!list || list->size() > most_keys) refuse("jwks", "an object with a list of at most 20 keys is expected.");
    for (const auto& key : *list) check_key(key);
}

void check_response_types(const ClientExtensions& extensions) {
    if (!extensions.response_types) return;
    for (const auto& type : *extensions.response_types) {
        if (std::find(response_types.begin(), response_types.end(), type.str()) == response_types.end()) {
            refuse("response_types", "there is no response type \"" + type.str() + "\".");
        }
    }
}

void check_authentication(const Pool& pool, const ClientExtensions& extensions) {
    using Method = ClientAuthMethod;
    const auto method = extensions.token_endpoint_auth_method;
    const bool has_keys = extensions.jwks || extensions.jwks_uri;
    const bool needs_keys = method == Method::private_key_jwt || method == Method::self_signed_tls_client_auth;
    if (is_fapi2(pool.extensions) && !is_fapi2_method(method)) {
        refuse("token_endpoint_auth_method", "the pool's security profile needs private_key_jwt or a certificate.");
    }
    if (needs_keys && !has_keys) refuse("token_endpoint_auth_method", "needs jwks or jwks_uri.");
    if (is_on(extensions.require_signed_request_object) && !has_keys) {
        refuse("require_signed_request_object", "needs jwks or jwks_uri.");
    }
    if (method == Method::tls_client_auth) {
        const auto names =
            int{extensions.tls_client_auth_subject_dn.has_value()} +
            int{extensions.tls_client_auth_san_dns.has_value()} + int{extensions.tls_client_auth_san_uri.has_value()} +
            int{extensions.tls_client_auth_san_ip.has_value()} + int{extensions.tls_client_auth_san_email.has_value()};
        if (names != 1) refuse("token_endpoint_auth_method", "needs exactly one of tls_client_auth_….");
    }
    const auto& alg = extensions.token_endpoint_auth_signing_alg;
    if (alg && std::find(signing_algs.begin(), signing_algs.end(), alg->str()) == signing_algs.end()) {
        refuse("token_endpoint_auth_signing_alg", "RS256, PS256, ES256, EdDSA or HS256 is expected.");
    }
}

void check_algorithms(const Pool& pool, const ClientExtensions& extensions) {
    const auto own = pool.extensions.signing_alg.value_or(SignatureAlgorithm::RS256);
    const auto fits = [&](const auto& asked) { return !asked || *asked == own; };
    const std::string why = "the pool signs with " + std::string(to_name(own)) + ".";
    if (!fits(extensions.id_token_signed_response_alg)) refuse("id_token_signed_response_alg", why);
    if (!fits(extensions.userinfo_signed_response_alg)) refuse("userinfo_signed_response_alg", why);
    if (!fits(extensions.authorization_signed_response_alg)) refuse("authorization_signed_response_alg", why);
}

void check_uris(const ClientExtensions& extensions) {
    check_web_uri("jwks_uri", extensions.jwks_uri);
    check_web_uri("sector_identifier_uri", extensions.sector_identifier_uri);
    check_web_uri("client_uri", extensions.client_uri);
    check_web_uri("logo_uri", extensions.logo_uri);
    check_web_uri("policy_uri", extensions.policy_uri);
    check_web_uri("tos_uri", extensions.tos_uri);
    check_web_uri("initiate_login_uri", extensions.initiate_login_uri);
    check_web_uri("backchannel_logout_uri", extensions.backchannel_logout_uri);
    check_web_uri("frontchannel_logout_uri", extensions.frontchannel_logout_uri);
    if (!extensions.request_uris) return;
    for (const auto& uri : *extensions.request_uris) check_web_uri("request_uris", uri);
}

}  // namespace

void check_client_extensions(const Pool& pool, const ClientExtensions& extensions) {
    check_response_types(extensions);
    const auto& subject = extensions.subject_type;
    if (subject && subject->str() != "public" && subject->str() != "pairwise") {
        refuse("subject_type", "public or pairwise is expected.");
    }
    check_uris(extensions);
    check_keys(extensions);
    check_authentication(pool, extensions);
    check_algorithms(pool, extensions);
    check_encryption(pool, extensions);
    if (extensions.claim_mappings) check_claim_mappings(*extensions.claim_mappings);
}

}  // namespace symbolon::directory
