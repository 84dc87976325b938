#include "oauth/authorization.hpp"

#include "oauth/checks/check.hpp"
#include "oauth/codes.hpp"
#include "oauth/redirect_uris.hpp"
#include "oauth/scopes.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::size_t max_parameters = 100;
constexpr std::size_t max_client_id = 128;

/// The answer's place: the query for a code, the fragment for tokens (§1.3, §1.4). `iss` tells the client whose answer
/// it is (RFC 9207).
std::string locate(const Site& site, const AuthorizationRequest& request, net::Form answer) {
    answer.add("iss", site.issuer);
    if (request.implicit) return request.redirect_uri + "#" + answer.encode();
    return append_to_query(request.redirect_uri, answer.encode());
}

}  // namespace

Task<CheckedRequest> Authorization::check(Site site, std::string query) {
    const auto parameters = net::Form::parse(query, max_parameters);
    const auto live_scopes = co_await services_.catalog.list_scopes(site.pool->id);
    Draft draft{site, parameters, nullptr, *live_scopes, {}};
    const auto client_id = draft.get("client_id");
    if (!client_id.empty() && client_id.size() <= max_client_id) {
        draft.named_client = co_await services_.catalog.find_client(ClientId(client_id));
    }
    draft.request.query = query;
    co_return run_checks(std::move(draft));
}

Task<std::string> Authorization::respond(Site site, AuthorizationRequest request, signin::SignedIn signed_in) {
    net::Form answer;
    if (request.implicit) {
        Issue issue;
        issue.scopes = request.scopes;
        issue.nonce = request.nonce;
        issue.with_refresh_token = false;
        const auto set = co_await tokens_.issue(site.pool, request.client, std::move(signed_in), std::move(issue));
        if (!set.id_token.empty()) answer.add("id_token", set.id_token);
        answer.add("access_token", set.access_token);
        answer.add("expires_in", std::to_string(set.expires_in));
        answer.add("token_type", "Bearer");
        answer.add("scope", join_scopes(set.scopes));
    } else {
        auto code = co_await create_code(request, std::move(signed_in));
        answer.add("code", std::move(code));
    }
    if (request.has_state) answer.add("state", request.state);
    co_return locate(site, request, std::move(answer));
}

Task<std::string> Authorization::create_code(AuthorizationRequest request, signin::SignedIn signed_in) {
    auto code = services_.random.token();
    directory::AuthorizationCode row;
    row.pool_id = signed_in.pool_id;
    row.code_hash = hash_code(services_.sealer, row.pool_id, code);
    row.client_id = request.client->id;
    row.grant_id = services_.random.uuid();
    row.expires = services_.clock.now() + code_life;
    row.details.user_id = signed_in.user_id.str();
    row.details.username = std::move(signed_in.username);
    row.details.auth_ms = to_ms(signed_in.auth_time);
    row.details.redirect_uri = std::move(request.redirect_uri);
    row.details.redirect_uri_sent = request.redirect_uri_sent;
    row.details.scopes = std::move(request.scopes);
    row.details.nonce = std::move(request.nonce);
    row.details.code_challenge = std::move(request.code_challenge);
    const auto create = [&](db::Transaction& tx) { directory::AuthorizationCodes(tx).create(row); };
    co_await services_.db.write(create);
    co_return code;
}

std::string Authorization::refuse(const Site& site, const AuthorizationRequest& request, const std::string& error,
                                  const std::string& description) {
    net::Form answer;  // in the order that Cognito has (§1.3)
    if (!description.empty()) answer.add("error_description", description);
    if (request.has_state) answer.add("state", request.state);
    answer.add("error", error);
    return locate(site, request, std::move(answer));
}

}  // namespace symbolon::oauth
