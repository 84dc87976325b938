#include "pages/consent_page.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "directory/resource_servers.hpp"
#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/consent.hpp"
#include "oauth/endpoints.hpp"
#include "pages/page.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace symbolon::pages {
namespace {

namespace json = boost::json;

constexpr std::string_view step = "consent";

/// Tells the request that a person signed in for from others.
std::string name_of(const Visit& visit) {
    return to_hex(crypto::sha256(visit.authorization.query));
}

/// Who is asked. A request that wants a new sign-in, or a better one than there was, asks only who comes from it.
Task<std::optional<signin::SignedIn>> find_person(Flow& flow, const Visit& visit) {
    auto handle = net::find_cookie(visit.request, oauth::session_cookie);
    if (!handle) co_return std::nullopt;
    auto person = co_await flow.sessions.find(visit.site.pool, std::move(*handle));
    if (!person) co_return std::nullopt;
    person->client_id = visit.authorization.client->id;
    const bool comes_from_it = visit.carried.step == step && visit.carried.session == name_of(visit);
    const auto& request = visit.authorization;
    const bool is_enough =
        !request.prompt_login && request.accepts(flow.services.sealer, *visit.site.pool, *person, visit.now);
    if (!comes_from_it && !is_enough) co_return std::nullopt;
    co_return person;
}

struct NamedScope {
    std::string_view scope;
    std::string_view text;  ///< key
};

constexpr std::array<NamedScope, 7> named_scopes{{{"openid", "allow_openid"},
                                                  {"profile", "allow_profile"},
                                                  {"email", "allow_email"},
                                                  {"phone", "allow_phone"},
                                                  {"address", "allow_address"},
                                                  {"offline_access", "allow_offline"},
                                                  {"aws.cognito.signin.user.admin", "allow_account"}}};

/// What the owner of a resource calls one of its scopes.
std::string describe(db::Transaction& tx, const PoolId& pool, const std::string& scope) {
    const auto slash = scope.rfind('/');
    if (slash == std::string::npos) return scope;
    const auto server = directory::ResourceServers(tx).find(pool, scope.substr(0, slash));
    if (!server) return scope;
    for (const auto& known : server->scopes)
        if (known.name == scope.substr(slash + 1) && !known.description.empty())
            return server->name + ": " + known.description;
    return scope;
}

Task<json::array> describe_scopes(Flow& flow, const Visit& visit) {
    json::array out;
    std::vector<std::string> others;
    for (const auto& scope : visit.authorization.scopes) {
        const auto* found = std::find_if(named_scopes.begin(), named_scopes.end(),
                                         [&](const NamedScope& named) { return named.scope == scope; });
        if (found == named_scopes.end())
            others.push_back(scope);
        else
            out.push_back(json::object{{"text", visit.text(found->text)}});
    }
    if (others.empty()) co_return out;
    const auto look = [&](db::Transaction& tx) {
        std::vector<std::string> texts;
        for (const auto& scope : others) texts.push_back(describe(tx, visit.site.pool->id, scope));
        return texts;
    };
    const auto texts = co_await flow.services.db.read(look);
    for (const auto& text : texts) out.push_back(json::object{{"text", text}});
    co_return out;
}

Task<net::Response> show(Flow& flow, Visit visit, signin::SignedIn person) {
    auto context = page_context(visit);
    context["username"] = person.login;
    context["scopes"] = co_await describe_scopes(flow, visit);
    const auto& extensions = visit.authorization.client->extensions;
    auto& client = context["client"].as_object();
    if (extensions.policy_uri) client["privacy"] = extensions.policy_uri->str();
    if (extensions.tos_uri) client["terms"] = extensions.tos_uri->str();
    co_return page_response(visit, 200, "consent", context);
}

}  // namespace

net::Response go_to_consent(const Flow& flow, const Visit& visit) {
    Carried carried;
    carried.step = step;
    carried.session = name_of(visit);
    return go_to(flow, visit, "/consent", carried);
}

Task<net::Response> consent_page(Flow& flow, Visit visit) {
    if (is_for_us(visit.authorization)) co_return net::redirect(302, visit.authorization.redirect_uri);
    auto person = co_await find_person(flow, visit);
    if (!person) co_return go_to(flow, visit, "/login", {});
    if (visit.request.method != net::Method::post || !visit.form.find("allow"))
        co_return co_await show(flow, std::move(visit), std::move(*person));
    co_await oauth::allow(flow.services, visit.authorization, person->user_id);
    auto response = co_await flow.authorization.respond(visit.site, visit.authorization, std::move(*person));
    response.headers.set("Cache-Control", "no-store");
    drop_carried(visit, response);
    co_return response;
}

}  // namespace symbolon::pages
