#include "oauth/grants/pipeline.hpp"

#include "base/error.hpp"
#include "directory/encryption_rules.hpp"
#include "oauth/device_authorization.hpp"
#include "oauth/resources.hpp"
#include "oauth/security_profile.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace symbolon::oauth {
namespace {

/// A refresh token was given under another grant, or by the JSON API, so it needs no permission of its own
/// (oauth-and-hosted-ui.md §1.8).
bool may_always(const directory::Client&, std::string_view) {
    return true;
}
bool may_use_code(const directory::Client& client, std::string_view) {
    return client.allows_oauth_flow("code");
}
bool may_use_client_credentials(const directory::Client& client, std::string_view) {
    return client.allows_oauth_flow("client_credentials");
}

struct GrantType {
    std::string_view name;
    bool (*is_allowed)(const directory::Client&, std::string_view name);
    Task<TokenAnswer> (*exchange)(Doors&, TokenRequest);
};

constexpr std::array<GrantType, 6> grant_types{
    {{"authorization_code", may_use_code, exchange_authorization_code},
     {"refresh_token", may_always, exchange_refresh_token},
     {"client_credentials", may_use_client_credentials, exchange_client_credentials},
     {device_grant_type, may_use_grant, exchange_device_code},
     {token_exchange_type, may_use_grant, exchange_token},
     {jwt_bearer_type, may_use_grant, exchange_jwt_bearer}}};

constexpr std::size_t max_fields = 50;

bool is_form(const net::Request& request) {
    auto type = request.headers.find("Content-Type").value_or("");
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
    return net::equal_without_case(type, "application/x-www-form-urlencoded");
}

/// What the client promised to prove at every token request (RFC 9449 §5.2, RFC 8705 §3.4).
void check_promises(const directory::Client& client, const Confirmation& proven) {
    using directory::is_on;
    if (is_on(client.extensions.dpop_bound_access_tokens) && proven.jkt.empty()) {
        throw Error{Errc::oauth_invalid_dpop_proof, "The client's requests need a DPoP proof."};
    }
    if (is_on(client.extensions.tls_client_certificate_bound_access_tokens) && proven.x5t.empty()) {
        throw Error{Errc::oauth_invalid_request, "The client's requests need a TLS client certificate."};
    }
}

}  // namespace

std::vector<std::string_view> list_grant_types() {
    std::vector<std::string_view> names;
    for (const auto& type : grant_types) names.push_back(type.name);
    return names;
}

std::vector<std::string> list_resources(const net::Form& form) {
    std::vector<std::string> resources;
    for (const auto& [name, value] : form) {
        if (name != "resource" || value.empty()) continue;
        if (!is_resource(value) || resources.size() >= max_resources) throw Error{Errc::oauth_invalid_target};
        resources.push_back(value);
    }
    return resources;
}

bool may_use_grant(const directory::Client& client, std::string_view name) {
    const auto& types = client.extensions.grant_types;
    return types && std::any_of(types->begin(), types->end(), [&](const auto& type) { return type.str() == name; });
}

net::Form parse_posted_form(const net::Request& request, std::string_view repeatable) {
    if (!is_form(request)) {
        throw Error{Errc::oauth_invalid_request, "The body must be application/x-www-form-urlencoded"};
    }
    auto form = net::Form::parse(request.body, max_fields);
    const auto is_repeated = [&](const auto& field) {
        return field.first != repeatable && form.count(field.first) > 1;
    };
    if (std::any_of(form.begin(), form.end(), is_repeated)) {
        throw Error{Errc::oauth_invalid_request, "A parameter is repeated"};
    }
    return form;
}

Task<void> check_reader(Doors& doors, signin::ClientPtr client) {
    const auto setting = directory::id_token_encryption(client->extensions);
    co_await doors.keys.find_recipient(std::move(client), setting);
}

Task<TokenAnswer> run_grant(Doors& doors, Site site, net::Request request) {
    const auto form = std::make_shared<const net::Form>(parse_posted_form(request, "resource"));
    const auto name = form->get("grant_type");
    if (name.empty()) throw Error{Errc::oauth_invalid_request, "Required String parameter 'grant_type' is not present"};
    auto client = co_await doors.clients.authenticate(site, request, *form);
    const auto type =
        std::find_if(grant_types.begin(), grant_types.end(), [&](const auto& t) { return t.name == name; });
    if (type == grant_types.end()) throw Error{Errc::oauth_unsupported_grant_type};
    if (!type->is_allowed(*client, name)) throw Error{Errc::oauth_unauthorized_client};
    Confirmation proven;
    const bool with_nonce = directory::is_on(client->extensions.require_dpop_nonce);
    std::string no_token;
    proven.jkt = co_await doors.dpop.check(site, request, std::move(no_token), with_nonce);
    if (directory::is_on(client->extensions.tls_client_certificate_bound_access_tokens)) {
        proven.x5t = certificate_thumbprint(request);
    }
    check_promises(*client, proven);
    check_sender_is_constrained(*site.pool, proven);
    TokenRequest token_request{std::move(site), std::move(client), form, std::move(proven),
                               std::move(request.client_address)};
    co_return co_await type->exchange(doors, std::move(token_request));
}

}  // namespace symbolon::oauth
