#include "oauth/authorization.hpp"

#include "base/error.hpp"
#include "directory/pushed_requests.hpp"
#include "net/respond.hpp"
#include "oauth/acr.hpp"
#include "oauth/checks/check.hpp"
#include "oauth/codes.hpp"
#include "oauth/form_post.hpp"
#include "oauth/redirect_uris.hpp"
#include "oauth/scopes.hpp"
#include "oauth/security_profile.hpp"
#include "oauth/subjects.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::oauth {
namespace {

/// Brings the answer to the redirect URI: in the query, in the fragment, or as a form that the browser posts (§1.3,
/// §1.4). `iss` tells the client whose answer it is (RFC 9207), also inside of a JWT.
net::Response deliver(const Site& site, const AuthorizationRequest& request, net::Form answer) {
    if (request.protection) {
        auto response = protect_answer(*request.protection, site.issuer, request.client->id, answer);
        answer = {};
        answer.add("response", std::move(response));
    } else {
        answer.add("iss", site.issuer);
    }
    switch (request.response_mode) {
        case ResponseMode::query:
            return net::redirect(302, append_to_query(request.redirect_uri, answer.encode()));
        case ResponseMode::fragment:
            return net::redirect(302, request.redirect_uri + "#" + answer.encode());
        case ResponseMode::form_post:
            return form_post_page(request.redirect_uri, answer);
    }
    throw Error{Errc::internal, {}, "a response mode without a way"};
}

/// The classes that a sign-in has to be of, when the client cannot do without; empty when any will do.
std::vector<std::string> essential_acr(const RequestedClaims& claims) {
    const auto* acr = claims.find_in_id_token("acr");
    return acr && acr->essential ? acr->values : std::vector<std::string>{};
}

bool meets_essential_acr(const directory::Pool& pool, const AuthorizationRequest& request,
                         const signin::SignedIn& signed_in) {
    const auto wanted = essential_acr(request.claims);
    return wanted.empty() || std::ranges::any_of(wanted, [&](const auto& acr) {
               return meets(pool, level_of(signed_in.amr, signed_in.vouched_level), acr);
           });
}

bool is_about(const AuthorizationRequest& request, const crypto::Sealer& sealer, const signin::SignedIn& signed_in) {
    return request.subject.empty() || request.subject == subject_of(sealer, *request.client, signed_in.user_id);
}

[[noreturn]] void refuse_used() {
    throw Error{Errc::invalid_parameter, "This authorization request was answered already."};
}

directory::AuthorizationCode make_code(const directory::Pool& pool, AuthorizationRequest request,
                                       const signin::SignedIn& signed_in) {
    directory::AuthorizationCode row;
    row.pool_id = signed_in.pool_id;
    row.client_id = request.client->id;
    row.details.client_ms = to_ms(request.client->created);
    auto& details = row.details;
    details.user_id = signed_in.user_id.str();
    details.username = signed_in.username;
    details.auth_ms = to_ms(signed_in.auth_time);
    if (auto asked = request.asked_for(pool, signed_in); !asked.is_empty()) details.asked = std::move(asked);
    if (!signed_in.amr.empty()) details.amr = signed_in.amr;
    details.vouched_level = signed_in.vouched_level;
    if (!request.dpop_jkt.empty()) details.dpop_jkt = std::move(request.dpop_jkt);
    if (request.plain_challenge) details.plain_challenge = true;
    details.redirect_uri = std::move(request.redirect_uri);
    details.redirect_uri_sent = request.redirect_uri_sent;
    details.scopes = std::move(request.scopes);
    details.nonce = std::move(request.nonce);
    details.code_challenge = std::move(request.code_challenge);
    return row;
}

/// What the front channel is given beside a code.
Issue make_issue(const directory::Pool& pool, const AuthorizationRequest& request, const signin::SignedIn& signed_in,
                 const std::string& code) {
    const auto& type = request.response_type;
    const bool strict = directory::is_on(pool.extensions.strict_oidc);
    Issue issue;
    issue.scopes = request.scopes;
    issue.nonce = request.nonce;
    issue.with_refresh_token = false;
    issue.front.access_token = type.token;
    // The service gives an ID token along with every token of its implicit grant (§1.4).
    issue.front.id_token = type.id_token || (!type.code && !strict);
    issue.front.code = code;
    issue.front.state = type.is_hybrid() ? request.state : std::string{};
    if (auto asked = request.asked_for(pool, signed_in); !asked.is_empty()) issue.asked = std::move(asked);
    return issue;
}

}  // namespace

directory::AskedFor AuthorizationRequest::asked_for(const directory::Pool& pool,
                                                    const signin::SignedIn& signed_in) const {
    directory::AskedFor asked;
    if (!resources.empty()) asked.resources = resources;
    asked.id_token_claims = names_of(claims.id_token);
    asked.userinfo_claims = names_of(claims.userinfo);
    const bool wants_acr = !acr_values.empty() || claims.find_in_id_token("acr") || claims.find_in_id_token("amr");
    if (!wants_acr) return asked;
    const int level = level_of(signed_in.amr, signed_in.vouched_level);
    if (auto acr = acr_of(pool, level, essential_acr(claims)); !acr.empty()) asked.acr = std::move(acr);
    return asked;
}

bool AuthorizationRequest::accepts(const crypto::Sealer& sealer, const directory::Pool& pool,
                                   const signin::SignedIn& signed_in, Instant now) const {
    if (prompt_login || (max_age && signed_in.auth_time + *max_age < now)) return false;
    return is_about(*this, sealer, signed_in) && meets_essential_acr(pool, *this, signed_in);
}

Task<net::Response> Authorization::respond(Site site, AuthorizationRequest request, signin::SignedIn signed_in) {
    if (!is_about(request, services_.sealer, signed_in)) {
        co_return refuse(site, request, "login_required", "Another person signed in than the one asked for.");
    }
    if (!meets_essential_acr(*site.pool, request, signed_in)) {
        co_return refuse(site, request, "unmet_authentication_requirements", {});
    }
    net::Form answer;
    std::string code;
    if (request.response_type.code) {
        code = co_await create_code(site.pool, request, signed_in);
    } else if (!request.request_uri.empty()) {
        co_await consume(request);
    }
    if (request.response_type.is_front_channel()) {
        auto issue = make_issue(*site.pool, request, signed_in, code);
        const auto set = co_await tokens_.issue(site.pool, request.client, std::move(signed_in), std::move(issue));
        if (!set.id_token.empty()) answer.add("id_token", set.id_token);
        if (!set.access_token.empty()) {
            answer.add("access_token", set.access_token);
            answer.add("expires_in", std::to_string(set.expires_in));
            answer.add("token_type", "Bearer");
            answer.add("scope", join_scopes(set.scopes));
        }
    }
    if (!code.empty()) answer.add("code", std::move(code));
    if (request.has_state) answer.add("state", request.state);
    co_return deliver(site, request, std::move(answer));
}

Task<std::string> Authorization::create_code(signin::PoolPtr pool, AuthorizationRequest request,
                                             signin::SignedIn signed_in) {
    auto code = services_.random.token();
    const auto request_uri = std::move(request.request_uri);
    auto row = make_code(*pool, std::move(request), signed_in);
    row.code_hash = hash_code(services_.sealer, row.pool_id, code);
    row.grant_id = services_.random.uuid();
    row.expires = services_.clock.now() + (is_fapi2(*pool) ? fapi2_code_life : code_life);
    // A pushed request is answered with one code, whoever asks at the same moment.
    const auto create = [&](db::Transaction& tx) {
        if (!request_uri.empty()) {
            const auto hash = PushedRequestService::hash_of(services_.sealer, row.pool_id, request_uri);
            if (!directory::PushedRequests(tx).consume(row.pool_id, hash)) return false;
        }
        directory::AuthorizationCodes(tx).create(row);
        return true;
    };
    const bool created = co_await services_.db.write(create);
    if (!created) refuse_used();
    co_return code;
}

Task<void> Authorization::consume(AuthorizationRequest request) {
    const auto& pool = request.client->pool_id;
    const auto hash = PushedRequestService::hash_of(services_.sealer, pool, request.request_uri);
    const auto use = [&](db::Transaction& tx) { return directory::PushedRequests(tx).consume(pool, hash); };
    const bool used = co_await services_.db.write(use);
    if (!used) refuse_used();
}

net::Response Authorization::refuse(const Site& site, const AuthorizationRequest& request, const std::string& error,
                                    const std::string& description) {
    net::Form answer;  // in the order that Cognito has (§1.3)
    if (!description.empty()) answer.add("error_description", description);
    if (request.has_state) answer.add("state", request.state);
    answer.add("error", error);
    return deliver(site, request, std::move(answer));
}

}  // namespace symbolon::oauth
