#include "oauth/endpoints/doors.hpp"
#include "oauth/grants/pipeline.hpp"
#include "oauth/json_text.hpp"
#include "oauth/scopes.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

/// RFC 6749 §5.1. `scope` is always there (oauth-and-hosted-ui.md §5.0 no. 14); members without a value are left out.
std::string to_json(const TokenSet& set) {
    std::string body;
    body.reserve(set.access_token.size() + set.id_token.size() + set.refresh_token.size() + 256);
    body += '{';
    if (!set.id_token.empty()) append_json_member(body, "id_token", set.id_token);
    append_json_member(body, "access_token", set.access_token);
    if (!set.refresh_token.empty()) append_json_member(body, "refresh_token", set.refresh_token);
    body += ",\"expires_in\":";
    body += std::to_string(set.expires_in);
    append_json_member(body, "token_type", "Bearer");
    if (!set.scopes.empty()) append_json_member(body, "scope", join_scopes(set.scopes));
    body += '}';
    return body;
}

}  // namespace

/// The query string of the URL is ignored: recipes put `?state=STATE` there (§1.8).
Task<net::Response> serve_token(Doors& doors, Site site, net::Request request) {
    const auto set = co_await run_grant(doors.services.catalog, doors.tokens, site.pool, std::move(request));
    co_return json_answer(to_json(set));
}

}  // namespace symbolon::oauth
