#include "base/error.hpp"
#include "oauth/grants/grant.hpp"
#include "oauth/resources.hpp"
#include "oauth/scopes.hpp"

#include <utility>

namespace symbolon::oauth {

/// RFC 6749 §4.4.
Task<TokenAnswer> exchange_client_credentials(Doors& doors, TokenRequest request) {
    if (!is_confidential(*request.client)) {
        throw Error{Errc::oauth_unauthorized_client, {}, "a public client cannot prove itself"};
    }
    const auto live = co_await doors.services.catalog.list_scopes(request.site.pool->id);
    auto scopes = pick_client_scopes(*request.client, *live, parse_scopes(request.form->get("scope")));
    if (!scopes || scopes->empty()) throw Error{Errc::oauth_invalid_scope};
    ClientIssue issue{std::move(*scopes)};
    issue.proven = std::move(request.proven);
    issue.resources = list_resources(*request.form);
    for (const auto& resource : issue.resources) {
        if (!is_known_resource(resource, *live)) throw Error{Errc::oauth_invalid_target, "There is no such resource."};
    }
    co_return co_await doors.tokens.issue_to_client(request.site.pool, request.client, std::move(issue));
}

}  // namespace symbolon::oauth
