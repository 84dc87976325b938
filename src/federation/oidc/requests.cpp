#include "federation/oidc/requests.hpp"

#include "base/encoding.hpp"
#include "base/shape/choice.hpp"
#include "federation/exchange.hpp"
#include "federation/json.hpp"
#include "federation/provider.hpp"
#include "net/form.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace symbolon::federation::oidc {
namespace {

using Type = directory::IdentityProviderTypeType;

constexpr std::size_t longest_error = 256;

std::string with_parameters(std::string url, const net::Form& form) {
    url += url.find('?') == std::string::npos ? '?' : '&';
    return url + form.encode();
}

/// Without `openid` there would be no ID token.
std::string scope_of(const directory::IdentityProvider& provider) {
    auto scope = detail_of(provider, "authorize_scopes");
    const bool asks = (" " + scope + " ").find(" openid ") != std::string::npos;
    // Apple issues ID tokens for every scope, and knows no other than its own.
    if (asks || !issues_id_tokens(provider.type) || provider.type == Type::SignInWithApple) return scope;
    return scope.empty() ? "openid" : "openid " + scope;
}

/// Cognito sends the secret in the form, whatever the provider says. Here a provider that says what it takes gets
/// that; without a word of it, the standard means the header (OpenID Connect Discovery §3).
bool sends_basic(const Metadata& metadata) {
    if (!metadata.discovered) return false;
    const auto& methods = metadata.token_auth_methods;
    const auto takes = [&](std::string_view method) {
        return std::find(methods.begin(), methods.end(), method) != methods.end();
    };
    return methods.empty() || (takes("client_secret_basic") && !takes("client_secret_post"));
}

std::string form_encoded(std::string_view text) {
    net::Form form;
    form.add("", std::string(text));
    return form.encode().substr(1);
}

/// RFC 6749 §2.3.1: both are form-encoded first.
std::string basic_credentials(const std::string& id, const std::string& secret) {
    return "Basic " + to_base64(bytes_of(form_encoded(id) + ":" + form_encoded(secret)));
}

/// A provider's own words, as far as they may stand in ours.
std::string clean(std::string text) {
    if (text.size() > longest_error) text.resize(longest_error);
    std::replace_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, ' ');
    return text;
}

[[noreturn]] void throw_provider_error(const directory::IdentityProvider& provider,
                                       const net::ClientResponse& response) {
    std::string text;
    if (const auto body = parse_object(response.body)) {
        text = text_member(*body, "error");
        const auto description = text_member(*body, "error_description");
        if (!description.empty()) text += " " + description;
    }
    throw_failure(provider.name + " Error - " + std::to_string(response.status) + " " + clean(std::move(text)));
}

/// The claims that the mapping asks for, for providers that have to be told which.
std::string wanted_claims(const directory::IdentityProvider& provider) {
    std::set<std::string> claims;
    for (const auto& [attribute, claim] : provider.attribute_mapping) claims.insert(claim);
    std::string out;
    for (const auto& claim : claims) out += (out.empty() ? "" : ",") + claim;
    return percent_encode(out);
}

}  // namespace

std::string authorization_url(const directory::IdentityProvider& provider, const Metadata& metadata,
                              const AuthorizationParameters& parameters) {
    net::Form form;
    form.add("client_id", detail_of(provider, "client_id"));
    form.add("redirect_uri", parameters.redirect_uri);
    form.add("response_type", "code");
    const auto scope = scope_of(provider);
    if (!scope.empty()) form.add("scope", scope);
    form.add("state", parameters.state);
    if (issues_id_tokens(provider.type)) {
        form.add("nonce", parameters.nonce);
        form.add("code_challenge", parameters.code_challenge);
        form.add("code_challenge_method", "S256");
    }
    // Apple gives name and address to forms only.
    if (provider.type == Type::SignInWithApple && !scope.empty()) form.add("response_mode", "form_post");
    if (provider.type == Type::OIDC && !parameters.login_hint.empty()) form.add("login_hint", parameters.login_hint);
    if (!parameters.prompt.empty()) form.add("prompt", parameters.prompt);
    if (!parameters.acr_values.empty()) form.add("acr_values", parameters.acr_values);
    return with_parameters(metadata.authorization_endpoint, form);
}

net::ClientRequest token_request(const directory::IdentityProvider& provider, const Metadata& metadata,
                                 const std::string& secret, const std::string& code, const std::string& redirect_uri,
                                 const std::string& verifier) {
    net::Form form;
    form.add("grant_type", "authorization_code");
    form.add("code", code);
    form.add("redirect_uri", redirect_uri);
    const auto client_id = detail_of(provider, "client_id");
    net::ClientRequest request;
    request.headers.add("Accept", "application/json");
    if (!secret.empty() && sends_basic(metadata)) {
        request.headers.add("Authorization", basic_credentials(client_id, secret));
    } else {
        form.add("client_id", client_id);
        if (!secret.empty()) form.add("client_secret", secret);
    }
    if (issues_id_tokens(provider.type)) form.add("code_verifier", verifier);
    request.url = metadata.token_endpoint;
    request.method = "POST";
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = form.encode();
    return request;
}

Tokens parse_tokens(const directory::IdentityProvider& provider, const net::ClientResponse& response) {
    auto body = parse_object(response.body);
    if (response.status != 200 || !body || body->contains("error")) throw_provider_error(provider, response);
    Tokens tokens;
    tokens.access_token = text_member(*body, "access_token");
    tokens.id_token = text_member(*body, "id_token");
    if (issues_id_tokens(provider.type) && tokens.id_token.empty())
        throw_failure(provider.name + " Error - the answer of the token endpoint has no ID token");
    if (!issues_id_tokens(provider.type) && tokens.access_token.empty())
        throw_failure(provider.name + " Error - the answer of the token endpoint has no access token");
    tokens.response = std::move(*body);
    return tokens;
}

net::ClientRequest user_info_request(const directory::IdentityProvider& provider, const Metadata& metadata,
                                     const std::string& access_token) {
    net::ClientRequest request;
    request.url = metadata.user_info_endpoint;
    if (detail_of(provider, "attributes_url_add_attributes") == "true") request.url += wanted_claims(provider);
    if (detail_of(provider, "attributes_request_method") == "POST") request.method = "POST";
    request.headers.add("Accept", "application/json");
    request.headers.add("Authorization", "Bearer " + access_token);
    return request;
}

boost::json::object parse_user_info(const directory::IdentityProvider& provider, const net::ClientResponse& response) {
    auto body = parse_object(response.body);
    if (response.status != 200 || !body) throw_provider_error(provider, response);
    return std::move(*body);
}

}  // namespace symbolon::federation::oidc
