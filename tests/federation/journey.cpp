#include "federation/journey.hpp"

#include "base/encoding.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "federation/federation.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::federation {

namespace json = boost::json;
using oauth::header;
using oauth::location;
using oauth::parameter_of;

namespace {

net::ClientResponse ok(const json::object& body) {
    net::ClientResponse response;
    response.status = 200;
    response.body = json::serialize(body);
    return response;
}

std::string url(std::string_view path) {
    return std::string(FakeProvider::issuer) + std::string(path);
}

}  // namespace

FakeProvider::FakeProvider(net::FakeFetcher& fetcher, const Clock& clock) : fetcher_(fetcher), clock_(clock) {
    claims = {{"sub", "Person-1"}, {"email", "jane@corp.example"}, {"name", "Jane Doe"}};
    user_info = {{"sub", "Person-1"}, {"nickname", "Janie"}};
    publish();
    publish_keys({key});
    fetcher_.handle(url("/token"), [this](const net::ClientRequest& request) { return answer_token_request(request); });
    fetcher_.handle(url("/me"), [this](const net::ClientRequest&) { return ok(user_info); });
}

void FakeProvider::publish(json::object changes) {
    json::object document{{"issuer", issuer},
                          {"authorization_endpoint", url("/authorize")},
                          {"token_endpoint", url("/token")},
                          {"userinfo_endpoint", url("/me")},
                          {"jwks_uri", url("/keys")},
                          {"token_endpoint_auth_methods_supported", json::array{"client_secret_post"}}};
    for (auto& [name, value] : changes) document[name] = value;
    fetcher_.put(url("/.well-known/openid-configuration"), json::serialize(document));
}

void FakeProvider::publish_keys(std::vector<std::size_t> keys) {
    json::array all;
    for (const auto number : keys) all.push_back(test_key(number).public_jwk());
    fetcher_.put(url("/keys"), json::serialize(json::object{{"keys", all}}));
}

std::string FakeProvider::id_token() const {
    json::object all{{"iss", issuer},
                     {"aud", "corp-client"},
                     {"iat", to_seconds(clock_.now())},
                     {"exp", to_seconds(clock_.now()) + 300},
                     {"nonce", nonce}};
    for (const auto& [name, value] : claims) all[name] = value;
    return crypto::jose::sign_jwt(test_key(key), all);
}

net::ClientResponse FakeProvider::answer_token_request(const net::ClientRequest& request) {
    token_requests.push_back(request);
    if (token_answer) return *token_answer;
    return ok({{"access_token", "at-1"}, {"token_type", "Bearer"}, {"id_token", change_token(id_token())}});
}

Travels::Travels() {
    // As the console makes pools: user names are the same in either case.
    change_pool(
        [](directory::Pool& changed) { changed.settings.UsernameConfiguration.emplace().CaseSensitive = false; });
    add_provider(corp());
    allow_providers({"COGNITO", "Corp"});
}

directory::IdentityProvider Travels::corp() {
    directory::IdentityProvider provider;
    provider.pool_id = pool_id;
    provider.name = "Corp";
    provider.type = directory::IdentityProviderTypeType::OIDC;
    provider.details = {{"client_id", "corp-client"},
                        {"client_secret", "corp secret&"},
                        {"authorize_scopes", "openid email"},
                        {"oidc_issuer", std::string(FakeProvider::issuer)},
                        {"attributes_request_method", "GET"}};
    provider.attribute_mapping = {{"username", "sub"}, {"email", "email"}, {"name", "name"}, {"nickname", "nickname"}};
    provider.identifiers = {"corp.example"};
    return provider;
}

void Travels::add_provider(const directory::IdentityProvider& added) {
    write([&](db::Transaction& tx) { directory::IdentityProviders(tx, *sealer).create(added); });
}

void Travels::change_provider(const std::function<void(directory::IdentityProvider&)>& change) {
    write([&](db::Transaction& tx) {
        directory::IdentityProviders providers(tx, *sealer);
        auto changed = providers.get(pool_id, "Corp");
        change(changed);
        providers.save(changed);
    });
}

void Travels::change_pool(const std::function<void(directory::Pool&)>& change) {
    write([&](db::Transaction& tx) {
        auto changed = directory::Pools(tx).get(pool_id);
        change(changed);
        directory::Pools(tx).save(changed);
    });
    catalog->forget(pool_id);
}

void Travels::allow_providers(std::vector<std::string> names) {
    change_client(web, [&](directory::ClientSettings& settings) {
        List<directory::shape::ProviderName> allowed;
        for (auto& name : names) allowed.push_back(directory::shape::ProviderName(name));
        settings.SupportedIdentityProviders = std::move(allowed);
    });
}

Journey Travels::leave(Pairs overrides) {
    Pairs all{{"identity_provider", "Corp"}};
    for (auto& parameter : overrides) all.push_back(std::move(parameter));
    Journey journey;
    journey.departure = authorize(std::move(all));
    const auto to = location(journey.departure);
    journey.state = parameter_of(to, "state");
    journey.cookie = "csrf-state=" + cookie_of(journey.departure, "csrf-state");
    provider.nonce = parameter_of(to, "nonce");
    return journey;
}

net::Response Travels::come_back(const Journey& journey, Pairs overrides) {
    net::Form answer;
    answer.add("code", "code-1");
    answer.add("state", journey.state);
    for (auto& [name, value] : overrides) {
        answer.remove(name);
        if (!value.empty()) answer.add(name, value);
    }
    return get("/oauth2/idpresponse?" + answer.encode(), {{"Cookie", journey.cookie}});
}

net::Response Travels::travel(Pairs overrides) {
    return come_back(leave(std::move(overrides)));
}

json::object Travels::id_claims(const net::Response& arrival) {
    const auto code = parameter_of(location(arrival), "code");
    EXPECT_NE(code, "") << location(arrival);
    const auto answer = post("/oauth2/token", code_form(code));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return oauth::claims_of(oauth::text(oauth::json_of(answer), "id_token"));
}

std::optional<directory::User> Travels::user(std::string_view login) {
    const auto in = pool();
    return write([&](db::Transaction& tx) { return directory::Users(tx).find_by_login(*in, login); });
}

std::string cookie_of(const net::Response& response, std::string_view name) {
    const auto begin = std::string(name) + "=";
    for (const auto value : response.headers.find_all("Set-Cookie"))
        if (value.starts_with(begin)) return std::string(value.substr(begin.size(), value.find(';') - begin.size()));
    return {};
}

}  // namespace symbolon::federation
