#include "directory/identity_providers.hpp"
#include "pages/house.hpp"

// The way from the hosted pages to identity providers, and around them (oauth-and-hosted-ui.md §4).
namespace symbolon::pages {
namespace {

class ProviderButtons : public House {
protected:
    ProviderButtons() {
        run(db->write([&](db::Transaction& tx) {
            directory::IdentityProvider corp;
            corp.pool_id = pool_id;
            corp.name = "Corp";
            corp.type = directory::IdentityProviderTypeType::OIDC;
            corp.details = {{"client_id", "x"},
                            {"oidc_issuer", "https://idp.example"},
                            {"authorize_url", "https://idp.example/authorize"},
                            {"token_url", "https://idp.example/token"},
                            {"attributes_url", "https://idp.example/me"},
                            {"jwks_uri", "https://idp.example/keys"}};
            corp.identifiers = {"corp.example"};
            directory::IdentityProviders(tx, sealer).create(corp);
        }));
    }
    void allow(std::vector<std::string> names) {
        change_client([&](directory::Client& client) {
            List<directory::shape::ProviderName> allowed;
            for (auto& name : names) allowed.push_back(directory::shape::ProviderName(name));
            client.settings.SupportedIdentityProviders = std::move(allowed);
        });
    }
    /// Where an answer leads: a redirect, or, to a form, a page that goes on. Chromium applies form-action to the
    /// redirects after a POST, so that those never came to the provider.
    static std::string way(const net::Response& response) {
        return parameter_of(onward(response), "identity_provider");
    }
    static std::string onward(const net::Response& response) {
        auto to = location(response);
        const std::string_view begin = "<meta http-equiv=\"refresh\" content=\"0;url=";
        if (const auto at = response.body.find(begin); at != std::string::npos) {
            const auto from = at + begin.size();
            to = unescaped(response.body.substr(from, response.body.find('"', from) - from));
        }
        return to.find("/login/provider?") == std::string::npos ? "" : to;
    }
    static std::string unescaped(std::string text) {
        for (const auto& [entity, character] :
             {std::pair{"&amp;", "&"}, std::pair{"&#x3D;", "="}, std::pair{"&#61;", "="}}) {
            for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity))
                text.replace(at, std::string_view(entity).size(), character);
        }
        return text;
    }
    Visitor visitor{*this};
};

TEST_F(ProviderButtons, are_there_for_the_clients_providers) {
    EXPECT_EQ(visitor.get(page("/login")).body.find("/login/provider"), std::string::npos);
    allow({"COGNITO", "Corp", "SignInWithApple"});
    const auto body = visitor.get(page("/login"), {{"Accept-Language", "en"}}).body;
    EXPECT_NE(body.find("Continue with Corp<"), std::string::npos) << body;
    EXPECT_NE(body.find("Continue with Apple<"), std::string::npos);
    EXPECT_NE(body.find("name=\"password\""), std::string::npos);
}

TEST_F(ProviderButtons, lead_to_the_provider_with_the_same_request) {
    allow({"COGNITO", "Corp"});
    const auto to = location(visitor.get(page("/login/provider", {{"identity_provider", "Corp"}})));
    EXPECT_TRUE(to.starts_with("https://idp.example/authorize?")) << to;
}

TEST_F(ProviderButtons, lead_to_no_other_provider) {
    allow({"COGNITO"});
    const auto to = location(visitor.get(page("/login/provider", {{"identity_provider", "Corp"}})));
    EXPECT_TRUE(to.starts_with(callback)) << to;
    EXPECT_EQ(parameter_of(to, "error"), "invalid_request");
}

TEST_F(ProviderButtons, a_page_that_is_asked_for_a_provider_sends_there) {
    allow({"COGNITO", "Corp"});
    EXPECT_EQ(way(visitor.get(page("/login", {{"identity_provider", "Corp"}}))), "Corp");
    EXPECT_EQ(way(visitor.get(page("/login", {{"identity_provider", "COGNITO"}}))), "");
}

TEST_F(ProviderButtons, an_address_leads_where_its_domain_belongs) {
    allow({"COGNITO", "Corp"});
    const auto typed = [&](const std::string& username) {
        return visitor.submit(page("/login"), {{"username", username}, {"password", std::string(good)}});
    };
    const auto answer = typed("jane@CORP.example");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(location(answer), "");
    EXPECT_EQ(way(answer), "Corp");
    EXPECT_EQ(parameter_of(onward(answer), "login_hint"), "jane@CORP.example");
    EXPECT_EQ(way(typed("jane@other.example")), "");
    EXPECT_EQ(way(typed("@corp.example")), "");
    allow({"COGNITO"});
    EXPECT_EQ(way(typed("jane@corp.example")), "");
}

// Where people do not sign in here, no page takes a password, whatever its address.
TEST_F(ProviderButtons, of_a_client_without_local_sign_in_replace_every_page) {
    visitor.get(page("/login"));  // a browser that was here before
    allow({"Corp"});
    for (const auto* name : {"/login", "/signup", "/forgotPassword", "/confirmForgotPassword", "/mfa"}) {
        EXPECT_EQ(way(visitor.get(page(name))), "Corp") << name;
        EXPECT_EQ(way(visitor.submit(page(name), {{"username", std::string(jane)}, {"password", std::string(good)}})),
                  "Corp")
            << name;
    }
    allow({"Corp", "SignInWithApple"});
    const auto answer = visitor.get(page("/login"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.find("name=\"password\""), std::string::npos);
    EXPECT_NE(answer.body.find("/login/provider"), std::string::npos);
}

}  // namespace
}  // namespace symbolon::pages
