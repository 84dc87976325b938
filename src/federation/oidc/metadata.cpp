#include "federation/oidc/metadata.hpp"

#include "federation/exchange.hpp"
#include "federation/json.hpp"
#include "federation/provider.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <chrono>
#include <utility>

namespace symbolon::federation::oidc {
namespace {

using Type = directory::IdentityProviderTypeType;

constexpr std::chrono::minutes life_of_metadata{10};

/// A browser is sent there, or we go ourselves: nothing but the web, and no less protected than the issuer.
bool is_fit(std::string_view url, std::string_view issuer) {
    return url.starts_with("https://") || (url.starts_with("http://") && issuer.starts_with("http://"));
}

std::vector<std::string> texts_of(const boost::json::object& document, std::string_view name) {
    std::vector<std::string> out;
    const auto* list = document.if_contains(name);
    if (!list || !list->is_array()) return out;
    for (const auto& item : list->get_array())
        if (item.is_string()) out.emplace_back(item.get_string());
    return out;
}

/// The places of an OIDC provider whose settings name all of them, and of those that know no discovery.
Metadata configured(const directory::IdentityProvider& provider) {
    Metadata metadata;
    if (issues_id_tokens(provider.type)) metadata.issuer = detail_of(provider, "oidc_issuer");
    metadata.authorization_endpoint = detail_of(provider, "authorize_url");
    metadata.token_endpoint = detail_of(provider, "token_url");
    metadata.user_info_endpoint = detail_of(provider, "attributes_url");
    metadata.jwks_uri = detail_of(provider, "jwks_uri");
    return metadata;
}

std::string discovery_url(std::string issuer) {
    while (issuer.ends_with('/')) issuer.pop_back();
    return issuer + "/.well-known/openid-configuration";
}

}  // namespace

bool issues_id_tokens(Type type) {
    return type == Type::OIDC || type == Type::Google || type == Type::SignInWithApple;
}

Metadata parse_metadata(std::string_view text, const std::string& issuer) {
    const auto document = parse_object(text);
    if (!document) throw_failure("The IdP discovery document is not valid", "no JSON object");
    Metadata metadata;
    metadata.issuer = text_member(*document, "issuer");
    // Who answers at the address of an issuer may name no other: its keys would prove that one's people.
    if (metadata.issuer != issuer) throw_failure("The IdP discovery document is of another issuer", metadata.issuer);
    metadata.authorization_endpoint = text_member(*document, "authorization_endpoint");
    metadata.token_endpoint = text_member(*document, "token_endpoint");
    metadata.user_info_endpoint = text_member(*document, "userinfo_endpoint");
    metadata.jwks_uri = text_member(*document, "jwks_uri");
    for (const auto& url : {metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri})
        if (!is_fit(url, issuer)) throw_failure("The IdP discovery document is not valid", "a URL that is not fit");
    if (!metadata.user_info_endpoint.empty() && !is_fit(metadata.user_info_endpoint, issuer))
        throw_failure("The IdP discovery document is not valid", "userinfo_endpoint");
    metadata.token_auth_methods = texts_of(*document, "token_endpoint_auth_methods_supported");
    const auto* says_issuer = document->if_contains("authorization_response_iss_parameter_supported");
    metadata.says_issuer = says_issuer && says_issuer->is_bool() && says_issuer->get_bool();
    metadata.discovered = true;
    return metadata;
}

Task<Metadata> find_metadata(Documents& documents, const directory::IdentityProvider& provider) {
    auto metadata = configured(provider);
    const bool complete = !issues_id_tokens(provider.type) || !metadata.jwks_uri.empty();
    if (complete) co_return metadata;
    auto url = discovery_url(metadata.issuer);
    const auto document = co_await documents.get(std::move(url), life_of_metadata, "discovery document");
    co_return parse_metadata(*document, metadata.issuer);
}

}  // namespace symbolon::federation::oidc
