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
    append_json_member(body, "token_type", set.by_dpop ? dpop_scheme : "Bearer");
    if (!set.issued_token_type.empty()) append_json_member(body, "issued_token_type", set.issued_token_type);
    if (!set.scopes.empty()) append_json_member(body, "scope", join_scopes(set.scopes));
    body += '}';
    return body;
}

net::Response to_answer(const TokenSet& set) {
    return json_answer(to_json(set));
}

/// In the words and with the status that Google expects (voice-account-linking.md §4.1).
net::Response to_answer(const AccountFound& account) {
    auto response = json_answer(account.found ? R"({"account_found":"true"})" : R"({"account_found":"false"})");
    response.status = account.found ? 200 : 404;
    return response;
}

net::Response to_answer(const LinkingRefused& refused) {
    std::string body = "{";
    append_json_member(body, "error", "linking_error");
    if (!refused.login_hint.empty()) append_json_member(body, "login_hint", refused.login_hint);
    body += '}';
    auto response = json_answer(std::move(body));
    response.status = 401;
    return response;
}

}  // namespace

/// The query string of the URL is ignored: recipes put `?state=STATE` there (§1.8).
Task<net::Response> serve_token(Doors& doors, Site site, net::Request request) {
    const auto answer = co_await run_grant(doors, std::move(site), std::move(request));
    co_return std::visit([](const auto& said) { return to_answer(said); }, answer);
}

}  // namespace symbolon::oauth
