#include "base/error.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/grants/pipeline.hpp"
#include "oauth/introspection.hpp"

#include <utility>

namespace symbolon::oauth {

/// RFC 7662 §2. Who cannot prove itself is not answered: anybody could try tokens out.
Task<net::Response> serve_introspect(Doors& doors, Site site, net::Request request) {
    const auto form = parse_posted_form(request);
    auto client = co_await doors.clients.authenticate(site, request, form);
    if (!is_confidential(*client)) throw Error{Errc::oauth_invalid_client, {}, "a public client"};
    auto token = form.get("token");
    if (token.empty()) throw Error{Errc::oauth_invalid_request, "Required String parameter 'token' is not present"};
    const auto answer =
        co_await introspect(doors.services, doors.tokens, std::move(site), std::move(client), std::move(token));
    co_return net::json(200, answer);
}

}  // namespace symbolon::oauth
