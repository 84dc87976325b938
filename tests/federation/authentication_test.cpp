#include "federation/oidc/authentication.hpp"

#include "federation/journey.hpp"

#include <boost/json/array.hpp>

// How well people were authenticated at a provider: what it is asked for, and what its word counts for (AcrMapping,
// oauth-and-hosted-ui.md §1.16).
namespace symbolon::federation {
namespace {

using boost::json::array;
using oauth::location;
using oauth::parameter_of;
using oauth::text;

class ProvidersLevels : public Travels {
protected:
    ProvidersLevels() {
        change_provider([](directory::IdentityProvider& corp) {
            corp.acr_mapping = {{"Level2", "corp:code"}, {"Level4", "corp:app"}};
        });
    }
    /// The ID token of a sign-in of which the provider says this.
    boost::json::object claims_after(boost::json::object said, Pairs request = {{"acr_values", "urn:cognito:loa:4"}}) {
        for (auto& [name, value] : said) provider.claims[name] = value;
        return id_claims(travel(std::move(request)));
    }
};

TEST_F(ProvidersLevels, are_asked_for_in_its_own_words) {
    const auto asked = [&](const std::string& wish) {
        return parameter_of(location(leave({{"acr_values", wish}}).departure), "acr_values");
    };
    EXPECT_EQ(asked("urn:cognito:loa:4 urn:cognito:loa:3 urn:cognito:loa:2 other"), "corp:app corp:code");
    EXPECT_EQ(asked("urn:cognito:loa:3"), "");
    EXPECT_EQ(asked(""), "");
    const auto essential = R"({"id_token":{"acr":{"essential":true,"values":["urn:cognito:loa:2"]}}})";
    EXPECT_EQ(parameter_of(location(leave({{"claims", essential}}).departure), "acr_values"), "corp:code");
}

TEST_F(ProvidersLevels, are_told_in_the_pools) {
    const auto claims = claims_after({{"acr", "corp:app"}, {"amr", array{"pwd", "otp", "made up", "pwd", 1}}});
    EXPECT_EQ(text(claims, "acr"), "urn:cognito:loa:4");
    EXPECT_EQ(claims.at("amr"), (array{"pwd", "otp"}));
}

// What a provider calls its levels, and how it says that it asked, is nobody's proof without the mapping.
TEST_F(ProvidersLevels, that_are_not_mapped_are_the_lowest) {
    for (const char* acr : {"urn:cognito:loa:4", "corp:other", ""}) {
        const auto claims = claims_after({{"acr", acr}, {"amr", array{"pwd", "otp", "hwk"}}});
        EXPECT_EQ(text(claims, "acr"), "urn:cognito:loa:1") << acr;
    }
    provider.claims.erase("acr");
    provider.claims.erase("amr");
    const auto silent = claims_after({});
    EXPECT_EQ(text(silent, "acr"), "urn:cognito:loa:1");
    EXPECT_EQ(silent.at("amr"), (array{"fed"}));
}

TEST_F(ProvidersLevels, that_a_client_cannot_do_without_are_not_passed_off) {
    const std::string claims = R"({"id_token":{"acr":{"essential":true,"values":["urn:cognito:loa:2"]}}})";
    EXPECT_EQ(parameter_of(location(travel({{"claims", claims}})), "error"), "unmet_authentication_requirements");
    provider.claims["acr"] = "corp:code";
    EXPECT_EQ(text(id_claims(travel({{"claims", claims}})), "acr"), "urn:cognito:loa:2");
}

TEST_F(ProvidersLevels, stay_with_the_browsers_session) {
    provider.claims["acr"] = "corp:code";
    const auto cookie = "cognito=" + cookie_of(travel(), "cognito");
    const Pairs request{{"identity_provider", "Corp"}, {"acr_values", "urn:cognito:loa:2"}};
    const auto again = authorize(request, {{"Cookie", cookie}});
    EXPECT_EQ(text(id_claims(again), "acr"), "urn:cognito:loa:2");
}

}  // namespace
}  // namespace symbolon::federation
