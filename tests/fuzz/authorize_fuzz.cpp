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
    static const std::vector<std::string> live_scopes{"api/read"};
    fuzz::allow_refusal([&] {
        const auto form = net::Form::parse(fuzz::text_of(data, size));
        auto named = form.get("client_id") == client->id.str() ? client : nullptr;
        const auto checked = oauth::run_checks({site, form, std::move(named), live_scopes, {}});
        if (const auto* redirect = std::get_if<oauth::ErrorRedirect>(&checked)) {
            const auto rest = std::string_view(redirect->location).substr(0, callback.size());
            fuzz::require(rest == callback, "only the registered URI is redirected to");
        } else if (const auto* request = std::get_if<oauth::AuthorizationRequest>(&checked)) {
            fuzz::require(request->redirect_uri == callback, "the redirect URI is the registered one");
            fuzz::require(oauth::covers({"openid", "phone", "api/read"}, request->scopes), "no scope is invented");
            fuzz::require(request->code_challenge.empty() || request->code_challenge.size() == 43,
                          "a challenge is that of S256");
        }
    });
    return 0;
}
