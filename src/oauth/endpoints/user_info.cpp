#include "base/error.hpp"
#include "directory/encryption_rules.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/grants/pipeline.hpp"
#include "oauth/scopes.hpp"
#include "oauth/user_info_document.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::oauth {
namespace {

constexpr const char* not_accepted =
    "Access token is expired, disabled, or deleted, or the user has globally signed out.";

struct ShownToken {
    std::string text;  ///< "" when the request carries none
    bool by_dpop = false;
};

/// Never from the query, where logs and referrers would have it (RFC 6750 §2.3, RFC 9700 §4.3.2). Two of them are an
/// invalid request (RFC 6750 §2).
ShownToken find_token(const net::Request& request) {
    ShownToken token;
    int found = 0;
    for (const auto& [name, value] : request.headers) {
        if (!net::equal_without_case(name, "Authorization")) continue;
        ++found;
        const std::string_view credentials = value;
        const auto scheme = credentials.substr(0, credentials.find(' '));
        token.by_dpop = net::equal_without_case(scheme, dpop_scheme);
        if (!token.by_dpop && !net::equal_without_case(scheme, "Bearer")) continue;
        token.text = credentials.substr(std::min(scheme.size() + 1, credentials.size()));
    }
    if (request.method == net::Method::post && !request.body.empty()) {
        if (auto posted = parse_posted_form(request).find("access_token")) {
            ++found;
            token.text = std::move(*posted);
        }
    }
    if (found > 1) throw Error{Errc::oauth_invalid_request, "Bad OAuth2 request at UserInfo Endpoint"};
    return token;
}

/// A bound token shown as a bearer token is a stolen one; an unbound one needs no proof and gets no look at one
/// (RFC 9449 §7.1, §7.2).
void check_binding(const AccessToken& token, const ShownToken& shown, const Confirmation& proven) {
    if (!proven.covers(token.bound)) throw Error{Errc::token_not_accepted, not_accepted, "bound to another key"};
    if (shown.by_dpop && token.bound.jkt.empty()) throw Error{Errc::token_not_accepted, not_accepted, "not bound"};
}

/// In the form that the client is registered for: JSON, signed, encrypted, or both (OpenID Connect Core §5.3.2).
Task<net::Response> answer(Doors& doors, Site site, Tokens::Live live) {
    const bool is_signed = live.client->extensions.userinfo_signed_response_alg.has_value();
    const auto reader =
        co_await doors.keys.find_recipient(live.client, directory::user_info_encryption(live.client->extensions));
    std::string body;
    if (is_signed) {
        const auto keys = co_await doors.services.catalog.get_keys(live.pool->id);
        body = user_info_jwt(doors.services.sealer, live, site.issuer, keys->id_token);
    } else {
        body = user_info_json(doors.services.sealer, live);
    }
    if (reader) body = reader->encrypt(body, is_signed ? "JWT" : "", doors.services.random);
    auto response = json_answer(std::move(body));
    if (is_signed || reader) response.headers.set("Content-Type", "application/jwt");
    co_return response;
}

}  // namespace

/// OpenID Connect Core §5.3, RFC 6750, RFC 9449 §7, oauth-and-hosted-ui.md §1.9.
Task<net::Response> serve_user_info(Doors& doors, Site site, net::Request request) {
    const auto shown = find_token(request);
    // Without credentials the challenge names no error (RFC 6750 §3.1).
    if (shown.text.empty()) throw Error{Errc::token_not_accepted};
    const auto live = co_await doors.tokens.examine_access(shown.text);
    if (live.token->pool_id != site.pool->id) throw Error{Errc::token_not_accepted, not_accepted, "of another pool"};
    Confirmation proven;
    if (shown.by_dpop) {
        const bool with_nonce = directory::is_on(live.client->extensions.require_dpop_nonce);
        proven.jkt = co_await doors.dpop.check(site, request, shown.text, with_nonce);
    }
    if (!live.token->bound.x5t.empty()) proven.x5t = certificate_thumbprint(request);
    check_binding(*live.token, shown, proven);
    if (!live.user || !live.token->has_scope(openid_scope)) {
        throw Error{Errc::insufficient_scope, "The access token lacks the scope openid."};
    }
    co_return co_await answer(doors, std::move(site), live);
}

}  // namespace symbolon::oauth
