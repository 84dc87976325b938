#include "oauth/discovery.hpp"

#include "net/respond.hpp"
#include "oauth/endpoints/doors.hpp"

namespace symbolon::oauth {

/// OpenID Connect Discovery §4 and RFC 8414 §3: the same document under both names.
Task<net::Response> serve_discovery(Doors& doors, Site site, net::Request /*request*/) {
    const auto live_scopes = co_await doors.services.catalog.list_scopes(site.pool->id);
    const auto keys = co_await doors.services.catalog.get_keys(site.pool->id);
    co_return net::json(200, discovery_document(site, *live_scopes, *keys));
}

/// RFC 7517 §5.
Task<net::Response> serve_jwks(Doors& doors, Site site, net::Request /*request*/) {
    const auto keys = co_await doors.services.catalog.get_keys(site.pool->id);
    co_return net::json(200, jwks_document(*site.pool, *keys));
}

}  // namespace symbolon::oauth
