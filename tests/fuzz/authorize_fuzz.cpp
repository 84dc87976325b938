#include "base/shape/codec.hpp"
#include "directory/client_rules.hpp"
#include "fuzz.hpp"
#include "oauth/checks/check.hpp"
#include "oauth/scopes.hpp"

#include <boost/json/parse.hpp>

using namespace symbolon;

namespace {

constexpr std::string_view callback = "https://client.example/callback?kept=1";

oauth::Site make_site() {
    auto pool = std::make_shared<directory::Pool>();
    pool->id = PoolId("us-east-1_Pool12345");
    return {std::move(pool),
            "https://id.example/us-east-1_Pool12345",
            "https://id.example/d",
            "https://id.example/d",
            "/d",
            true};
}

signin::ClientPtr make_client() {
    auto client = std::make_shared<directory::Client>();
    client->pool_id = PoolId("us-east-1_Pool12345");
    client->id = ClientId("clientclientclientclientcl");
    boost::json::object settings{{"SupportedIdentityProviders", {"COGNITO"}},
                                 {"CallbackURLs", boost::json::array{callback}},
                                 {"AllowedOAuthFlowsUserPoolClient", true},
                                 {"AllowedOAuthFlows", {"code", "implicit"}},
                                 {"AllowedOAuthScopes", {"openid", "phone", "api/read"}}};
    client->settings = decode<directory::ClientSettings>(settings);
    directory::apply_defaults(client->settings);
    return client;
}

}  // namespace

/// The query of an authorization request to a client with one callback.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto site = make_site();
    static const auto client = make_client();
    static const auto live_scopes = std::make_shared<const std::vector<std::string>>(1, "api/read");
    fuzz::allow_refusal([&] {
        auto form = net::Form::parse(fuzz::text_of(data, size));
        auto named = form.get("client_id") == client->id.str() ? client : nullptr;
        const auto checked = oauth::run_checks({site, std::move(form), std::move(named), live_scopes});
        if (const auto* refused = std::get_if<oauth::Refused>(&checked)) {
            fuzz::require(!refused->refusal.error.empty(), "a refusal has a name");
            if (!refused->proven) return;
            fuzz::require(refused->draft.request.redirect_uri == callback, "only the registered URI is redirected to");
            return;
        }
        const auto& request = std::get<oauth::AuthorizationRequest>(checked);
        fuzz::require(request.redirect_uri == callback, "the redirect URI is the registered one");
        fuzz::require(oauth::covers({"openid", "phone", "api/read"}, request.scopes), "no scope is invented");
        fuzz::require(
            !request.plain_challenge && (request.code_challenge.empty() || request.code_challenge.size() == 43),
            "a challenge is that of S256");
        const auto& type = request.response_type;
        fuzz::require(type.code || type.is_front_channel(), "something is asked for");
        fuzz::require(!type.is_front_channel() || request.response_mode != oauth::ResponseMode::query,
                      "tokens are never in a query");
        fuzz::require(!request.prompt_none || !request.prompt_login, "nobody is asked by who must not ask");
    });
    return 0;
}
