#include "base/error.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/grants/pipeline.hpp"
#include "oauth/json_text.hpp"
#include "oauth/scopes.hpp"
#include "oauth/tokens/claims.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr const char* not_accepted =
    "Access token is expired, disabled, or deleted, or the user has globally signed out.";

/// The token of the request, "" when it carries none. Never from the query, where logs and referrers would have it
/// (RFC 6750 §2.3, RFC 9700 §4.3.2). Two of them are an invalid request (RFC 6750 §2).
std::string find_token(const net::Request& request) {
    std::string token;
    int found = 0;
    for (const auto& [name, value] : request.headers) {
        if (!net::equal_without_case(name, "Authorization")) continue;
        ++found;
        const std::string_view credentials = value;
        if (net::equal_without_case(credentials.substr(0, bearer.size()), bearer)) {
            token = credentials.substr(bearer.size());
        }
    }
    if (request.method == net::Method::post && !request.body.empty()) {
        if (auto posted = parse_posted_form(request).find("access_token")) {
            ++found;
            token = std::move(*posted);
        }
    }
    if (found > 1) throw Error{Errc::oauth_invalid_request, "Bad OAuth2 request at UserInfo Endpoint"};
    return token;
}

/// Values as text throughout, booleans too, as Cognito has it (oauth-and-hosted-ui.md §1.9, §2.7).
std::string to_json(const Tokens::Live& live) {
    std::string body;
    body.reserve(512);
    body += '{';
    append_json_member(body, "sub", live.user->id.str());
    for_each_claim(*live.client, *live.user, live.token->scopes,
                   [&](const std::string& name, const std::string& value) { append_json_member(body, name, value); });
    append_json_member(body, "username", live.user->username);
    body += '}';
    return body;
}

}  // namespace

/// OpenID Connect Core §5.3, RFC 6750, oauth-and-hosted-ui.md §1.9.
Task<net::Response> serve_user_info(Doors& doors, Site site, net::Request request) {
    auto token = find_token(request);
    // Without credentials the challenge names no error (RFC 6750 §3.1).
    if (token.empty()) throw Error{Errc::token_not_accepted};
    const auto live = co_await doors.tokens.verify_access(std::move(token));
    if (live.token->pool_id != site.pool->id) throw Error{Errc::token_not_accepted, not_accepted, "of another pool"};
    if (!live.user || !live.token->has_scope(openid_scope)) {
        throw Error{Errc::insufficient_scope, "The access token lacks the scope openid."};
    }
    co_return json_answer(to_json(live));
}

}  // namespace symbolon::oauth
