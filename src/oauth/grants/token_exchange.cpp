#include "base/error.hpp"
#include "base/log.hpp"
#include "oauth/grants/grant.hpp"
#include "oauth/resources.hpp"
#include "oauth/scopes.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace symbolon::oauth {
namespace {

using boost::json::object;

constexpr std::string_view access_token_type = "urn:ietf:params:oauth:token-type:access_token";
constexpr std::string_view jwt_type = "urn:ietf:params:oauth:token-type:jwt";

[[noreturn]] void refuse(const char* message, const char* detail = "") {
    throw Error{Errc::oauth_invalid_request, message, detail};
}

bool is_about_token(Errc code) {
    return code == Errc::token_not_accepted || code == Errc::user_not_found || code == Errc::not_authorized ||
           code == Errc::resource_not_found;
}

/// The access token in one of the parameters. Whatever it lacks is told in the same words (§2.2.2).
Task<Tokens::Live> find_token(Doors& doors, PoolId pool, std::string token, std::string type) {
    if (type != access_token_type && type != jwt_type) refuse("Only access tokens are exchanged.");
    std::optional<Tokens::Live> live;
    try {
        live = co_await doors.tokens.examine_access(std::move(token));
    } catch (const Error& error) {
        if (!is_about_token(error.code)) throw;
    }
    if (!live || live->token->pool_id != pool) refuse("The token is not accepted.");
    co_return std::move(*live);
}

/// Whose tokens the client may exchange: its own, and those of clients that it is set to.
bool may_exchange(const directory::Client& client, const ClientId& of) {
    if (client.id == of) return true;
    const auto& others = client.extensions.exchanges_tokens_of;
    return others && std::any_of(others->begin(), others->end(), [&](const auto& id) { return id.str() == of.str(); });
}

std::string text_of_member(const object& members, std::string_view name) {
    const auto* value = members.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

/// Who acts for the user from now on: the holder of the actor token, or the client; and behind them who did so far. A
/// client that narrows a token of its own acts for nobody (§4.1).
object make_actor(const directory::Client& client, const AccessToken& subject,
                  const std::optional<Tokens::Live>& actor) {
    object claim;
    if (actor) {
        const auto& token = *actor->token;
        claim["sub"] = token.user_id.empty() ? token.client_id.str() : token.user_id.str();
        claim["client_id"] = token.client_id.str();
    } else if (subject.client_id != client.id) {
        claim["sub"] = client.id.str();
    } else {
        return subject.actor;
    }
    if (!subject.actor.empty()) claim["act"] = subject.actor;
    return claim;
}

/// Whom the user's token names as the only one who may act, that must be it (§4.4).
void check_may_act(const AccessToken& subject, const object& actor) {
    if (subject.may_act.empty()) return;
    if (actor.empty() || text_of_member(subject.may_act, "sub") != text_of_member(actor, "sub")) {
        refuse("The token is not accepted.", "may_act names another");
    }
}

/// Never more than the token had and the client may have (§2.1).
std::vector<std::string> pick_scopes(const directory::Client& client, const std::vector<std::string>& live,
                                     const AccessToken& subject, std::vector<std::string> asked) {
    auto allowed = list_scopes_of(client, live);
    std::erase_if(allowed, [&](const auto& scope) { return !subject.has_scope(scope); });
    if (!covers(allowed, asked)) throw Error{Errc::oauth_invalid_scope};
    if (asked.empty()) asked = std::move(allowed);
    if (asked.empty()) throw Error{Errc::oauth_invalid_scope};
    return asked;
}

/// `resource` and `audience` alike name resource servers of the pool (§2.1).
std::vector<std::string> find_targets(const net::Form& form, const std::vector<std::string>& live) {
    std::vector<std::string> targets;
    for (const auto& [name, value] : form) {
        if ((name != "resource" && name != "audience") || value.empty()) continue;
        if (!is_known_resource(value, live)) throw Error{Errc::oauth_invalid_target, "There is no such resource."};
        targets.push_back(value);
    }
    if (targets.size() > max_resources) throw Error{Errc::oauth_invalid_target, "Too many resources."};
    return targets;
}

}  // namespace

/// RFC 8693 §2.
Task<TokenAnswer> exchange_token(Doors& doors, TokenRequest request) {
    const auto& form = *request.form;
    const auto& client = *request.client;
    if (!is_confidential(client))
        throw Error{Errc::oauth_unauthorized_client, {}, "a public client cannot prove itself"};
    const auto wanted = form.get("requested_token_type");
    if (!wanted.empty() && wanted != access_token_type) refuse("Only access tokens are issued.");
    if (form.get("subject_token").empty()) refuse("Required String parameter 'subject_token' is not present");
    auto subject =
        co_await find_token(doors, request.site.pool->id, form.get("subject_token"), form.get("subject_token_type"));
    if (!subject.user) refuse("The token is not accepted.", "it stands for no user");
    if (!may_exchange(client, subject.token->client_id)) refuse("The token is not accepted.", "of another client");
    std::optional<Tokens::Live> actor;
    if (!form.get("actor_token").empty()) {
        actor =
            co_await find_token(doors, request.site.pool->id, form.get("actor_token"), form.get("actor_token_type"));
        if (!may_exchange(client, actor->token->client_id)) refuse("The token is not accepted.", "of another client");
    } else if (!form.get("actor_token_type").empty()) {
        refuse("Required String parameter 'actor_token' is not present");
    }
    const auto live = co_await doors.services.catalog.list_scopes(request.site.pool->id);
    TokenExchange exchange{subject.token, subject.user,
                           pick_scopes(client, *live, *subject.token, parse_scopes(form.get("scope")))};
    exchange.resources = find_targets(form, *live);
    exchange.actor = make_actor(client, *subject.token, actor);
    check_may_act(*subject.token, exchange.actor);
    exchange.proven = std::move(request.proven);
    log::info("token exchanged", {{"client", client.id.str()},
                                  {"of_client", subject.token->client_id.str()},
                                  {"user", subject.token->user_id.str()}});
    co_return co_await doors.tokens.exchange_token(request.site.pool, request.client, std::move(exchange));
}

}  // namespace symbolon::oauth
