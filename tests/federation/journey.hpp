#pragma once

#include "crypto/jose/jwt.hpp"
#include "crypto/test_keys.hpp"
#include "directory/identity_providers.hpp"
#include "oauth/house.hpp"

#include <boost/json/array.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::federation {

using oauth::Pairs;

/// An OpenID Provider in the test: discovery, keys, token endpoint, userInfo. What it says can be changed at will.
class FakeProvider {
public:
    static constexpr std::string_view issuer = "https://idp.example";

    FakeProvider(net::FakeFetcher& fetcher, const Clock& clock);

    /// The ID token's claims for the next person; `nonce` is the one that the browser was sent with.
    boost::json::object claims;
    boost::json::object user_info;
    std::string nonce;
    std::size_t key = 2;  ///< which test key signs
    std::function<std::string(std::string)> change_token = [](std::string token) { return token; };
    std::optional<net::ClientResponse> token_answer;  ///< instead of tokens
    std::vector<net::ClientRequest> token_requests;

    void publish(boost::json::object changes = {});
    void publish_keys(std::vector<std::size_t> keys);
    std::string id_token() const;

private:
    net::ClientResponse answer_token_request(const net::ClientRequest& request);

    net::FakeFetcher& fetcher_;
    const Clock& clock_;
};

/// A browser on its way to a provider.
struct Journey {
    net::Response departure;
    std::string cookie;  ///< the Cookie header it comes back with
    std::string state;
};

/// The authorization server's house with an OIDC provider `Corp` that its clients may use.
class Travels : public oauth::House {
protected:
    Travels();

    void add_provider(const directory::IdentityProvider& provider);
    void change_provider(const std::function<void(directory::IdentityProvider&)>& change);
    static directory::IdentityProvider corp();
    void change_pool(const std::function<void(directory::Pool&)>& change);
    void allow_providers(std::vector<std::string> names);

    Journey leave(Pairs overrides = {});
    net::Response come_back(const Journey& journey, Pairs overrides = {});
    /// A whole sign-in; the client's answer.
    net::Response travel(Pairs overrides = {});
    /// The ID token's claims after a whole sign-in.
    boost::json::object id_claims(const net::Response& arrival);
    std::optional<directory::User> user(std::string_view login);

    FakeProvider provider{fetcher, clock};
};

/// The value that an answer sets for a cookie; "" when it does not set it.
std::string cookie_of(const net::Response& response, std::string_view name);

}  // namespace symbolon::federation
