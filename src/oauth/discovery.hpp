#pragma once

#include "directory/signing_keys.hpp"
#include "oauth/site.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace symbolon::oauth {

/// What the pool says of itself (oauth-and-hosted-ui.md §1.11, Appendix A; RFC 8414 §2). `live_scopes` are the scopes
/// of its resource servers. The same document for OpenID Connect Discovery and for RFC 8414.
boost::json::object discovery_document(const Site& site, const std::vector<std::string>& live_scopes,
                                       const directory::PoolKeys& keys);

/// The public halves of the pool's keys, those included that will sign or did, and the one that clients encrypt to,
/// where they may (RFC 7517 §5). Never private members.
boost::json::object jwks_document(const directory::Pool& pool, const directory::PoolKeys& keys);

}  // namespace symbolon::oauth
