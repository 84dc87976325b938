#include "oauth/introspection.hpp"

#include "base/error.hpp"
#include "oauth/scopes.hpp"
#include "oauth/subjects.hpp"
#include "oauth/tokens/access_token.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace symbolon::oauth {
namespace {

using boost::json::object;

object inactive() {
    return object{{"active", false}};
}

bool is_inactive(Errc code) {
    return code == Errc::token_not_accepted || code == Errc::user_not_found || code == Errc::not_authorized ||
           code == Errc::resource_not_found;
}

/// The resource server of a custom scope, which is all before its last slash (§2.4).
std::string_view server_of(std::string_view scope) {
    return scope.substr(0, scope.rfind('/'));
}

/// The scopes of the token that a client may see. A resource server sees those of its own.
std::vector<std::string> visible_scopes(const directory::Client& client, const AccessToken& token) {
    if (token.client_id == client.id) return token.scopes;
    std::vector<std::string> visible;
    const auto& servers = client.extensions.resource_servers;
    if (!servers) return visible;
    const auto is_own = [&](std::string_view name) {
        return std::any_of(servers->begin(), servers->end(), [&](const auto& own) { return own.str() == name; });
    };
    for (const auto& scope : token.scopes) {
        if (is_custom_scope(scope) && is_own(server_of(scope))) visible.push_back(scope);
    }
    return visible;
}

void add_confirmation(object& answer, const Confirmation& bound) {
    if (!bound.empty()) answer["cnf"] = confirmation_claim(bound);
}

/// Who asks, and by which names it knows people.
struct Asker {
    const crypto::Sealer& sealer;
    const directory::Client& client;
    const std::string& issuer;

    void add_user(object& answer, const UserId& user, const std::string& username) const {
        answer["sub"] = subject_of(sealer, client, user);
        if (!client.extensions.is_pairwise()) answer["username"] = username;
    }
};

object describe(const Tokens::Live& live, std::vector<std::string> scopes, const Asker& asker) {
    const auto& token = *live.token;
    object answer{{"active", true}, {"scope", join_scopes(scopes)}, {"client_id", token.client_id.str()}};
    answer["sub"] = token.client_id.str();
    if (live.user) asker.add_user(answer, live.user->id, live.user->username);
    answer["token_type"] = token.bound.jkt.empty() ? "Bearer" : "DPoP";
    answer["token_use"] = "access";
    answer["exp"] = to_seconds(token.expires);
    answer["iat"] = to_seconds(token.issued);
    answer["auth_time"] = to_seconds(token.auth_time);
    answer["iss"] = asker.issuer;
    if (token.audience.size() == 1) answer["aud"] = token.audience.front();
    if (token.audience.size() > 1) answer["aud"] = boost::json::array(token.audience.begin(), token.audience.end());
    if (!token.id.empty()) answer["jti"] = token.id;
    if (!token.groups.empty()) {
        answer["cognito:groups"] = boost::json::array(token.groups.begin(), token.groups.end());
    }
    add_confirmation(answer, token.bound);
    for (const auto& [name, value] : token.more) answer.emplace(name, value);  // never in the place of what is ours
    return answer;
}

object describe(const RefreshState& state, const Asker& asker) {
    object answer{{"active", true}, {"scope", join_scopes(state.scopes)}, {"client_id", state.client_id.str()}};
    asker.add_user(answer, state.user_id, state.username);
    answer["token_use"] = "refresh";
    answer["exp"] = to_seconds(state.expires);
    answer["iss"] = asker.issuer;
    add_confirmation(answer, state.bound);
    return answer;
}

}  // namespace

Task<object> introspect(signin::Services& services, Tokens& tokens, Site site, signin::ClientPtr client,
                        std::string token) {
    const Asker asker{services.sealer, *client, site.issuer};
    if (const auto state = co_await tokens.find_refresh_state(site.pool, client, token)) {
        co_return describe(*state, asker);
    }
    std::optional<Tokens::Live> live;
    try {
        live = co_await tokens.examine_access(std::move(token));
    } catch (const Error& error) {
        if (!is_inactive(error.code)) throw;
    }
    if (!live || live->token->pool_id != site.pool->id) co_return inactive();
    auto scopes = visible_scopes(*client, *live->token);
    if (scopes.empty() && live->token->client_id != client->id) co_return inactive();
    co_return describe(*live, std::move(scopes), asker);
}

}  // namespace symbolon::oauth
