#include "base/error.hpp"
#include "oauth/client_authentication.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/grants/pipeline.hpp"

#include <utility>

namespace symbolon::oauth {

/// RFC 7009, oauth-and-hosted-ui.md §1.10: 200 with an empty body, also for a token that nobody knows.
Task<net::Response> serve_revoke(Doors& doors, Site site, net::Request request) {
    const auto form = parse_posted_form(request);
    auto credentials = read_client_credentials(request.headers.find("Authorization"), form);
    auto client = co_await authenticate_client(doors.services.catalog, site.pool->id, std::move(credentials));
    auto token = form.get("token");
    if (token.empty()) throw Error{Errc::oauth_invalid_request, "Required String parameter 'token' is not present"};
    co_await doors.tokens.revoke(site.pool, std::move(client), std::move(token));
    co_return net::Response{};
}

}  // namespace symbolon::oauth
