#include "oauth/grants/pipeline.hpp"

#include "base/error.hpp"
#include "oauth/client_authentication.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace symbolon::oauth {
namespace {

struct GrantType {
    std::string_view name;
    /// The flow that the client must have. A refresh token was given under one of them, or by the JSON API, so it
    /// needs no permission of its own (oauth-and-hosted-ui.md §1.8).
    std::string_view flow;
    Task<TokenSet> (*exchange)(directory::Catalog&, Tokens&, TokenRequest);
};

constexpr std::array<GrantType, 3> grant_types{
    {{"authorization_code", "code", exchange_authorization_code},
     {"refresh_token", "", exchange_refresh_token},
     {"client_credentials", "client_credentials", exchange_client_credentials}}};

constexpr std::size_t max_fields = 50;

bool is_form(const net::Request& request) {
    auto type = request.headers.find("Content-Type").value_or("");
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
    return net::equal_without_case(type, "application/x-www-form-urlencoded");
}

}  // namespace

net::Form parse_posted_form(const net::Request& request) {
    if (!is_form(request)) {
        throw Error{Errc::oauth_invalid_request, "The body must be application/x-www-form-urlencoded"};
    }
    auto form = net::Form::parse(request.body, max_fields);
    const auto is_repeated = [&](const auto& field) { return form.count(field.first) > 1; };
    if (std::any_of(form.begin(), form.end(), is_repeated)) {
        throw Error{Errc::oauth_invalid_request, "A parameter is repeated"};
    }
    return form;
}

Task<TokenSet> run_grant(directory::Catalog& catalog, Tokens& tokens, signin::PoolPtr pool, net::Request request) {
    const auto form = std::make_shared<const net::Form>(parse_posted_form(request));
    const auto name = form->get("grant_type");
    if (name.empty()) throw Error{Errc::oauth_invalid_request, "Required String parameter 'grant_type' is not present"};
    auto credentials = read_client_credentials(request.headers.find("Authorization"), *form);
    auto client = co_await authenticate_client(catalog, pool->id, std::move(credentials));
    const auto type =
        std::find_if(grant_types.begin(), grant_types.end(), [&](const auto& t) { return t.name == name; });
    if (type == grant_types.end()) throw Error{Errc::oauth_unsupported_grant_type};
    if (!type->flow.empty() && !client->allows_oauth_flow(type->flow)) throw Error{Errc::oauth_unauthorized_client};
    TokenRequest token_request{std::move(pool), std::move(client), form};
    co_return co_await type->exchange(catalog, tokens, std::move(token_request));
}

}  // namespace symbolon::oauth
