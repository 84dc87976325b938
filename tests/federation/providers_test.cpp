#include "base/shape/choice.hpp"
#include "directory/provider_rules.hpp"
#include "federation/journey.hpp"

#include <boost/json/serialize.hpp>

// The social providers, each in its own way (oauth-and-hosted-ui.md §4.1).
namespace symbolon::federation {
namespace {

namespace json = boost::json;
using oauth::location;
using oauth::parameter_of;
using Type = directory::IdentityProviderTypeType;

class Providers : public Travels {
protected:
    void add(Type type, directory::ProviderMap details) {
        directory::IdentityProvider added;
        added.pool_id = pool_id;
        added.name = std::string(to_name(type));
        added.type = type;
        added.details = directory::complete_details(type, std::move(details));
        added.attribute_mapping = directory::complete_mapping(*pool(), type, {{"email", "email"}, {"name", "name"}});
        add_provider(added);
        allow_providers({"COGNITO", added.name});
    }
    void answer(const std::string& url, const json::object& body) {
        fetcher.handle(url, [this, body](const net::ClientRequest& request) {
            requests.push_back(request);
            net::ClientResponse response;
            response.status = 200;
            response.body = json::serialize(body);
            return response;
        });
    }
    net::Response travel_by(const std::string& name) {
        const auto departure = authorize({{"identity_provider", name}});
        Journey journey{departure, "csrf-state=" + cookie_of(departure, "csrf-state"),
                        parameter_of(location(departure), "state")};
        return come_back(journey);
    }
    std::vector<net::ClientRequest> requests;
};

TEST_F(Providers, facebook_is_asked_for_what_is_mapped) {
    add(Type::Facebook, {{"client_id", "me"}, {"client_secret", "s"}, {"authorize_scopes", "public_profile,email"}});
    answer("https://graph.facebook.com/v17.0/oauth/access_token", {{"access_token", "at"}});
    answer("https://graph.facebook.com/v17.0/me?fields=email%2Cid%2Cname",
           {{"id", "1234"}, {"name", "Jane"}, {"email", "j@f.example"}});
    EXPECT_NE(parameter_of(location(travel_by("Facebook")), "code"), "");
    EXPECT_EQ(user("Facebook_1234")->attribute("email"), "j@f.example");
}

TEST_F(Providers, amazon_has_a_user_id) {
    add(Type::LoginWithAmazon, {{"client_id", "me"}, {"client_secret", "s"}, {"authorize_scopes", "profile"}});
    answer("https://api.amazon.com/auth/o2/token", {{"access_token", "at"}});
    answer("https://api.amazon.com/user/profile", {{"user_id", "amzn1.account.A"}, {"name", "Jane"}});
    EXPECT_NE(parameter_of(location(travel_by("LoginWithAmazon")), "code"), "");
    EXPECT_TRUE(user("LoginWithAmazon_amzn1.account.A"));
    EXPECT_EQ(requests.back().headers.find("Authorization"), "Bearer at");
}

TEST_F(Providers, somebody_without_a_name_is_nobody) {
    add(Type::LoginWithAmazon, {{"client_id", "me"}, {"client_secret", "s"}, {"authorize_scopes", "profile"}});
    answer("https://api.amazon.com/auth/o2/token", {{"access_token", "at"}});
    answer("https://api.amazon.com/user/profile", {{"name", "Jane"}});
    EXPECT_EQ(parameter_of(location(travel_by("LoginWithAmazon")), "error_description"),
              "LoginWithAmazon Error - it does not say who signed in");
}

}  // namespace
}  // namespace symbolon::federation
