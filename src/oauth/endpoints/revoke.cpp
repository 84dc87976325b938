#include "base/error.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/grants/pipeline.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

/// The service revokes refresh tokens only; who chose the standard, for the pool or by the form of its tokens, gets it.
bool takes_access_tokens(const directory::Pool& pool, const directory::Client& client) {
    using directory::AccessTokenFormat;
    const auto format = client.extensions.access_token_format.value_or(AccessTokenFormat::cognito);
    return directory::is_on(pool.extensions.strict_oidc) || format != AccessTokenFormat::cognito;
}

}  // namespace

/// RFC 7009, oauth-and-hosted-ui.md §1.10: 200 with an empty body, also for a token that nobody knows. What kind of
/// token it is, is seen; token_type_hint is not needed (§2.1).
Task<net::Response> serve_revoke(Doors& doors, Site site, net::Request request) {
    const auto form = parse_posted_form(request);
    auto client = co_await doors.clients.authenticate(site, request, form);
    auto token = form.get("token");
    if (token.empty()) throw Error{Errc::oauth_invalid_request, "Required String parameter 'token' is not present"};
    bool done = false;
    if (takes_access_tokens(*site.pool, *client)) {
        done = co_await doors.tokens.revoke_access(site.pool, client, token);
    }
    if (!done) co_await doors.tokens.revoke(site.pool, std::move(client), std::move(token));
    co_return net::Response{};
}

}  // namespace symbolon::oauth
