#include "oauth/client_metadata.hpp"

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "directory/client_rules.hpp"
#include "oauth/scopes.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;
using directory::ClientAuthMethod;
using directory::OAuthFlowType;
using RedirectUrls = List<directory::shape::RedirectUrl, 0, 100>;
using Scopes = List<directory::shape::Scope, 0, 50>;

/// Extensions that clients describe under the same names. What gives a client power over others, or makes it less safe,
/// is for administrators alone.
constexpr std::array<std::string_view, 42> own_members{"token_endpoint_auth_method",
                                                       "token_endpoint_auth_signing_alg",
                                                       "jwks",
                                                       "jwks_uri",
                                                       "tls_client_auth_subject_dn",
                                                       "tls_client_auth_san_dns",
                                                       "tls_client_auth_san_uri",
                                                       "tls_client_auth_san_ip",
                                                       "tls_client_auth_san_email",
                                                       "subject_type",
                                                       "id_token_signed_response_alg",
                                                       "id_token_encrypted_response_alg",
                                                       "id_token_encrypted_response_enc",
                                                       "userinfo_signed_response_alg",
                                                       "userinfo_encrypted_response_alg",
                                                       "userinfo_encrypted_response_enc",
                                                       "authorization_signed_response_alg",
                                                       "authorization_encrypted_response_alg",
                                                       "authorization_encrypted_response_enc",
                                                       "request_object_signing_alg",
                                                       "request_object_encryption_alg",
                                                       "request_object_encryption_enc",
                                                       "request_uris",
                                                       "default_max_age",
                                                       "require_auth_time",
                                                       "default_acr_values",
                                                       "require_pushed_authorization_requests",
                                                       "require_signed_request_object",
                                                       "dpop_bound_access_tokens",
                                                       "tls_client_certificate_bound_access_tokens",
                                                       "client_uri",
                                                       "logo_uri",
                                                       "policy_uri",
                                                       "tos_uri",
                                                       "backchannel_logout_uri",
                                                       "backchannel_logout_session_required",
                                                       "frontchannel_logout_uri",
                                                       "frontchannel_logout_session_required",
                                                       "access_token_format",
                                                       "require_dpop_nonce",
                                                       "sector_identifier_uri",
                                                       "response_types"};

constexpr std::array<std::string_view, 4> usual_scopes{"openid", "email", "phone", "profile"};

[[noreturn]] void refuse(const std::string& why) {
    throw Error{Errc::oauth_invalid_client_metadata, why};
}

std::vector<std::string> texts_of(const object& metadata, std::string_view name) {
    const auto* member = metadata.if_contains(name);
    if (!member || member->is_null()) return {};
    const auto* list = member->if_array();
    if (!list || list->size() > 100) refuse(std::string(name) + " is no list of texts.");
    std::vector<std::string> texts;
    for (const auto& one : *list) {
        if (!one.is_string()) refuse(std::string(name) + " is no list of texts.");
        texts.emplace_back(one.get_string());
    }
    return texts;
}

std::string text_of(const object& metadata, std::string_view name) {
    const auto* member = metadata.if_contains(name);
    if (!member || member->is_null()) return {};
    if (!member->is_string()) refuse(std::string(name) + " is no text.");
    return std::string(member->get_string());
}

RedirectUrls redirects_of(const std::vector<std::string>& urls) {
    RedirectUrls out;
    for (const auto& url : urls) {
        if (!directory::is_allowed_redirect(url) || url.size() > 1024)
            throw Error{Errc::oauth_invalid_redirect_uri, "A redirect URI cannot be registered."};
        out.push_back(url);
    }
    return out;
}

bool has(const std::vector<std::string>& texts, std::string_view text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// What clients that register themselves may do (oauth-and-hosted-ui.md §1.16).
bool may_have(const directory::Pool& pool, OAuthFlowType flow) {
    const auto& dcr = pool.settings.DcrConfiguration;
    if (!dcr || !dcr->AuthenticatedGrantTypes) return flow != OAuthFlowType::implicit;
    const auto& allowed = *dcr->AuthenticatedGrantTypes;
    return flow != OAuthFlowType::implicit && std::find(allowed.begin(), allowed.end(), flow) != allowed.end();
}

void apply_grants(const directory::Pool& pool, const object& metadata, directory::Client& client) {
    auto types = texts_of(metadata, "grant_types");
    if (types.empty()) types.emplace_back("authorization_code");
    List<OAuthFlowType, 0, 3> flows;
    for (const auto& type : types) {
        if (type == "refresh_token" || type == "implicit") continue;  // the first comes along, the second is not given
        const bool code = type == "authorization_code";
        if (!code && type != "client_credentials") refuse("The grant type " + type + " cannot be registered.");
        const auto flow = code ? OAuthFlowType::code : OAuthFlowType::client_credentials;
        if (!may_have(pool, flow)) refuse("The grant type " + type + " is not allowed in this pool.");
        flows.push_back(flow);
    }
    if (flows.empty()) refuse("A client needs a grant type.");
    for (const auto& type : texts_of(metadata, "response_types")) {
        if (type != "code") refuse("Only the response type code can be registered.");
    }
    client.settings.AllowedOAuthFlows = std::move(flows);
    client.settings.AllowedOAuthFlowsUserPoolClient = true;
}

/// Scopes that everybody may have, and those that the pool lets registered clients have; what is not asked for is none.
void apply_scopes(const directory::Pool& pool, const std::vector<std::string>& live, const object& metadata,
                  directory::Client& client) {
    const auto& dcr = pool.settings.DcrConfiguration;
    std::vector<std::string> allowed(usual_scopes.begin(), usual_scopes.end());
    if (dcr && dcr->AllowedScopes) {
        for (const auto& scope : *dcr->AllowedScopes) allowed.push_back(scope.str());
    }
    auto asked = parse_scopes(text_of(metadata, "scope"));
    if (asked.empty()) asked.emplace_back("openid");
    Scopes scopes;
    for (const auto& scope : asked) {
        if (!has(allowed, scope)) refuse("The scope " + scope + " cannot be registered.");
        if (is_custom_scope(scope) && !has(live, scope)) refuse("The scope " + scope + " does not exist.");
        scopes.push_back(scope);
    }
    client.settings.AllowedOAuthScopes = std::move(scopes);
}

/// RFC 9700 §2.1.1 wants it of public clients; a pool that follows the standards leaves it to the others. Where the
/// standards do not rule, nobody does without.
bool has_to_use_pkce(const directory::Pool& pool, const object& metadata) {
    const bool is_public = text_of(metadata, "token_endpoint_auth_method") == "none";
    return is_public || !directory::is_on(pool.extensions.strict_oidc);
}

directory::ClientExtensions extensions_of(const directory::Pool& pool, const object& metadata) {
    object own;
    for (const auto name : own_members) {
        const auto* member = metadata.if_contains(name);
        if (member && !member->is_null()) own[name] = *member;
    }
    own["require_pkce"] = has_to_use_pkce(pool, metadata);
    own["require_consent"] = true;
    try {
        auto extensions = decode<directory::ClientExtensions>(own);
        directory::check_client_extensions(pool, extensions);
        return extensions;
    } catch (const Error& error) {
        if (error.code != Errc::invalid_parameter && error.code != Errc::invalid_json) throw;
        refuse(error.message);
    }
}

void add(object& out, std::string_view name, const std::optional<RedirectUrls>& urls) {
    if (!urls || urls->empty()) return;
    array list;
    for (const auto& url : *urls) list.emplace_back(url.str());
    out[name] = std::move(list);
}

array grants_of(const directory::Client& client) {
    array grants;
    if (client.allows_oauth_flow("code")) {
        grants.emplace_back("authorization_code");
        grants.emplace_back("refresh_token");
    }
    if (client.allows_oauth_flow("client_credentials")) grants.emplace_back("client_credentials");
    return grants;
}

}  // namespace

void apply_metadata(const directory::Pool& pool, const std::vector<std::string>& live_scopes, const object& metadata,
                    directory::Client& client) {
    constexpr std::size_t longest_name = 128;
    client.name = text_of(metadata, "client_name");
    if (client.name.empty()) client.name = "registered client";
    if (client.name.size() > longest_name) refuse("client_name is too long.");
    client.settings = {};
    apply_grants(pool, metadata, client);
    apply_scopes(pool, live_scopes, metadata, client);
    client.settings.CallbackURLs = redirects_of(texts_of(metadata, "redirect_uris"));
    client.settings.LogoutURLs = redirects_of(texts_of(metadata, "post_logout_redirect_uris"));
    if (client.allows_oauth_flow("code") && client.settings.CallbackURLs->empty())
        throw Error{Errc::oauth_invalid_redirect_uri, "redirect_uris is missing."};
    client.settings.SupportedIdentityProviders = List<directory::shape::ProviderName>{"COGNITO"};
    client.extensions = extensions_of(pool, metadata);
    const bool shows = wants_secret(client) || client.extensions.token_endpoint_auth_method != ClientAuthMethod::none;
    if (client.allows_oauth_flow("client_credentials") && !shows) refuse("A public client cannot prove itself.");
    directory::apply_defaults(client.settings);
    try {
        directory::check_client(pool, client.settings, wants_secret(client), live_scopes);
    } catch (const Error& error) {
        refuse(error.message);
    }
}

bool wants_secret(const directory::Client& client) {
    // The default of the standard, not ours (RFC 7591 §2).
    switch (client.extensions.token_endpoint_auth_method.value_or(ClientAuthMethod::client_secret_basic)) {
        case ClientAuthMethod::client_secret_basic:
        case ClientAuthMethod::client_secret_post:
        case ClientAuthMethod::client_secret_jwt:
            return true;
        case ClientAuthMethod::private_key_jwt:
        case ClientAuthMethod::tls_client_auth:
        case ClientAuthMethod::self_signed_tls_client_auth:
        case ClientAuthMethod::none:
            return false;
    }
    return true;
}

object describe_client(const directory::Client& client) {
    auto out = encode(client.extensions);
    for (const std::string_view ours : {"require_pkce", "require_consent"}) out.erase(ours);
    if (!out.contains("token_endpoint_auth_method")) out["token_endpoint_auth_method"] = "client_secret_basic";
    out["client_id"] = client.id.str();
    out["client_id_issued_at"] = to_seconds(client.created);
    if (client.is_confidential()) {
        out["client_secret"] = client.oldest_secret();
        out["client_secret_expires_at"] = 0;  // never
    }
    out["client_name"] = client.name;
    out["grant_types"] = grants_of(client);
    if (!out.contains("response_types")) {
        out["response_types"] = client.allows_oauth_flow("code") ? array{"code"} : array{};
    }
    add(out, "redirect_uris", client.settings.CallbackURLs);
    add(out, "post_logout_redirect_uris", client.settings.LogoutURLs);
    std::vector<std::string> scopes;
    if (client.settings.AllowedOAuthScopes) {
        for (const auto& scope : *client.settings.AllowedOAuthScopes) scopes.push_back(scope.str());
    }
    out["scope"] = join_scopes(scopes);
    return out;
}

}  // namespace symbolon::oauth
