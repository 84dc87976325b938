#include "pages/scope_texts.hpp"

#include "directory/resource_servers.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::pages {
namespace {

namespace json = boost::json;

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

}  // namespace

Task<boost::json::array> describe_scopes(Flow& flow, const Visit& visit) {
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

}  // namespace symbolon::pages
