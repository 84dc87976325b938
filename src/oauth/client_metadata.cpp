#include "oauth/client_metadata.hpp"

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "directory/client_rules.hpp"
#include "oauth/response_types.hpp"
#include "oauth/scopes.hpp"
#include "oauth/security_profile.hpp"

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
constexpr std::array<std::string_view, 43> own_members{"token_endpoint_auth_method",
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
                                                       "initiate_login_uri",
                                                       "backchannel_logout_uri",
                                                       "backchannel_logout_session_required",
                                                       "frontchannel_logout_uri",
                                                       "frontchannel_logout_session_required",
                                                       "access_token_format",
                                                       "require_dpop_nonce",
                                                       "sector_identifier_uri",
                                                       "response_types"};

constexpr std::array<std::string_view, 4> usual_scopes{"openid", "email", "phone", "profile"};

/// In the characters of an error_description (RFC 7591 §3.2.2, RFC 6749 §5.2), with little of what was sent.
[[noreturn]] void refuse(std::string why) {
    constexpr std::size_t longest = 200;
    why.resize(std::min(why.size(), longest));
    for (auto& c : why) {
        if (c == '"' || c == '\\') c = '\'';
        if (c < 0x20 || c > 0x7e) c = '?';
    }
    throw Error{Errc::oauth_invalid_client_metadata, std::move(why)};
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

/// What clients that register themselves may do (oauth-and-hosted-ui.md §1.16). The service takes `implicit` in those
/// lists and passes over it; pools that keep to the standards take it as it is meant.
bool may_have(const directory::Pool& pool, RegisteredBy registered_by, OAuthFlowType flow) {
    const bool is_implicit = flow == OAuthFlowType::implicit;
    if (is_implicit && (!directory::is_on(pool.extensions.strict_oidc) || is_fapi2(pool))) return false;
    const bool by_anybody = registered_by == RegisteredBy::anybody;
    const auto dcr = pool.settings.DcrConfiguration.value_or(directory::DcrConfigurationType{});
    const auto& allowed = by_anybody ? dcr.OpenDcrGrantTypes : dcr.AuthenticatedGrantTypes;
    if (!allowed) return by_anybody ? flow == OAuthFlowType::code : !is_implicit;
    return std::find(allowed->begin(), allowed->end(), flow) != allowed->end();
}

std::optional<OAuthFlowType> flow_of(std::string_view grant_type) {
    if (grant_type == "authorization_code") return OAuthFlowType::code;
    if (grant_type == "client_credentials") return OAuthFlowType::client_credentials;
    if (grant_type == "implicit") return OAuthFlowType::implicit;
    return std::nullopt;
}

/// A response type comes with the grants that it is made of (RFC 7591 §2.1).
void check_response_types(const object& metadata, const directory::Client& client) {
    for (const auto& text : texts_of(metadata, "response_types")) {
        const auto type = ResponseType::parse(text);
        const bool has_grants = type && (!type->code || client.allows_oauth_flow("code")) &&
                                (!type->is_front_channel() || client.allows_oauth_flow("implicit"));
        if (!has_grants) refuse("The response type " + text + " cannot be registered.");
    }
}

void apply_grants(const directory::Pool& pool, const object& metadata, RegisteredBy registered_by,
                  directory::Client& client) {
    auto types = texts_of(metadata, "grant_types");
    if (types.empty()) types.emplace_back("authorization_code");
    List<OAuthFlowType, 0, 3> flows;
    for (const auto& type : types) {
        if (type == "refresh_token") continue;  // it comes along
        const auto flow = flow_of(type);
        if (!flow) refuse("The grant type " + type + " cannot be registered.");
        const bool allowed = may_have(pool, registered_by, *flow);
        if (!allowed && flow == OAuthFlowType::implicit) continue;  // not given, as the service has it
        if (!allowed) refuse("The grant type " + type + " is not allowed in this pool.");
        if (std::find(flows.begin(), flows.end(), *flow) == flows.end()) flows.push_back(*flow);
    }
    if (flows.empty()) refuse("A client needs a grant type.");
    client.settings.AllowedOAuthFlows = std::move(flows);
    client.settings.AllowedOAuthFlowsUserPoolClient = true;
    check_response_types(metadata, client);
}

/// Scopes that everybody may have, and those that the pool lets registered clients have; what is not asked for is none.
void apply_scopes(const directory::Pool& pool, const std::vector<std::string>& live, const object& metadata,
                  directory::Client& client) {
    const auto& dcr = pool.settings.DcrConfiguration;
    std::vector<std::string> allowed(usual_scopes.begin(), usual_scopes.end());
    if (directory::is_on(pool.extensions.strict_oidc)) allowed.emplace_back("address");
    if (dcr && dcr->AllowedScopes) {
        for (const auto& scope : *dcr->AllowedScopes) allowed.push_back(scope.str());
    }
    auto asked = parse_scopes(text_of(metadata, "scope"));
    if (asked.empty()) asked.emplace_back("openid");
    Scopes scopes;
    for (const auto& scope : asked) {
        const bool may_register = scope == directory::registration_scope;  // who is registered registers nobody
        if (!has(allowed, scope) || may_register) refuse("The scope " + scope + " cannot be registered.");
        if (is_custom_scope(scope) && !has(live, scope)) refuse("The scope " + scope + " does not exist.");
        scopes.push_back(scope);
    }
    client.settings.AllowedOAuthScopes = std::move(scopes);
}

void apply_redirects(const object& metadata, directory::Client& client) {
    auto& settings = client.settings;
    settings.CallbackURLs = redirects_of(texts_of(metadata, "redirect_uris"));
    settings.LogoutURLs = redirects_of(texts_of(metadata, "post_logout_redirect_uris"));
    const auto& callbacks = *settings.CallbackURLs;
    const bool redirects = client.allows_oauth_flow("code") || client.allows_oauth_flow("implicit");
    if (redirects && callbacks.empty()) throw Error{Errc::oauth_invalid_redirect_uri, "redirect_uris is missing."};
    const auto& usual = settings.DefaultRedirectURI;
    if (usual && std::find(callbacks.begin(), callbacks.end(), *usual) == callbacks.end())
        settings.DefaultRedirectURI.reset();
}

/// RFC 9700 §2.1.1 wants it of public clients; a pool that follows the standards leaves it to the others. Where the
/// standards do not rule, nobody does without.
bool has_to_use_pkce(const directory::Pool& pool, const object& metadata) {
    const bool is_public = text_of(metadata, "token_endpoint_auth_method") == "none";
    return is_public || !directory::is_on(pool.extensions.strict_oidc);
}

/// What the client describes, beside what it was set to `before` by administrators.
directory::ClientExtensions extensions_of(const directory::Pool& pool, const object& metadata,
                                          const directory::ClientExtensions& before) {
    auto all = encode(before);
    for (const auto name : own_members) {
        all.erase(name);
        const auto* member = metadata.if_contains(name);
        if (member && !member->is_null()) all[name] = *member;
    }
    all["require_pkce"] = directory::is_on(before.require_pkce) || has_to_use_pkce(pool, metadata);
    if (!before.require_consent) all["require_consent"] = true;
    try {
        auto extensions = decode<directory::ClientExtensions>(all);
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

/// Providers are of administrators alone, and were checked when one named them.
std::vector<std::string> kept_providers(const directory::Client& client) {
    std::vector<std::string> names;
    for (const auto& name : *client.settings.SupportedIdentityProviders) names.push_back(name.str());
    return names;
}

array grants_of(const directory::Client& client) {
    array grants;
    if (client.allows_oauth_flow("code")) {
        grants.emplace_back("authorization_code");
        grants.emplace_back("refresh_token");
    }
    if (client.allows_oauth_flow("implicit")) grants.emplace_back("implicit");
    if (client.allows_oauth_flow("client_credentials")) grants.emplace_back("client_credentials");
    return grants;
}

}  // namespace

void apply_metadata(const directory::Pool& pool, const std::vector<std::string>& live_scopes, const object& metadata,
                    RegisteredBy registered_by, directory::Client& client) {
    constexpr std::size_t longest_name = 128;
    client.name = text_of(metadata, "client_name");
    if (client.name.empty()) client.name = "registered client";
    if (client.name.size() > longest_name) refuse("client_name is too long.");
    apply_grants(pool, metadata, registered_by, client);
    apply_scopes(pool, live_scopes, metadata, client);
    apply_redirects(metadata, client);
    if (!client.settings.SupportedIdentityProviders)
        client.settings.SupportedIdentityProviders =
            List<directory::shape::ProviderName>{directory::shape::ProviderName(directory::local_provider)};
    client.extensions = extensions_of(pool, metadata, client.extensions);
    const bool shows = wants_secret(client) || client.extensions.token_endpoint_auth_method != ClientAuthMethod::none;
    if (client.allows_oauth_flow("client_credentials") && !shows) refuse("A public client cannot prove itself.");
    directory::apply_defaults(client.settings);
    try {
        directory::check_client(pool, client.settings, wants_secret(client), live_scopes, {}, kept_providers(client));
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
    const auto all = encode(client.extensions);
    object out;
    for (const auto name : own_members)
        if (const auto* member = all.if_contains(name)) out[name] = *member;
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
