#include "oauth/house.hpp"
#include "crypto/test_keys.hpp"

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "crypto/jose/jwt.hpp"
#include "directory/domains.hpp"
#include "directory/resource_servers.hpp"
#include "directory/signing_keys.hpp"
#include "messaging/sink.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace symbolon::oauth {
namespace {

using directory::ClientSettings;
using directory::OAuthFlowType;

directory::Client make_client(const PoolId& pool, const ClientId& id, std::string_view secret,
                              std::vector<OAuthFlowType> flows, Instant now) {
    directory::Client client;
    client.pool_id = pool;
    client.id = id;
    client.name = "test";
    client.secret = ClientSecret(secret);
    client.created = client.modified = now;
    auto& s = client.settings;
    s.AllowedOAuthFlowsUserPoolClient = !flows.empty();
    s.AllowedOAuthFlows = std::move(flows);
    s.SupportedIdentityProviders = List<directory::shape::ProviderName>{"COGNITO"};
    s.CallbackURLs = List<directory::shape::RedirectUrl, 0, 100>{
        "https://ok.example/cb", "https://ok.example/cb?keep=a%20b&x=1", "http://127.0.0.1/native", "myapp://cb"};
    s.LogoutURLs = List<directory::shape::RedirectUrl, 0, 100>{"https://ok.example/bye", "https://ok.example/"};
    s.AllowedOAuthScopes =
        List<directory::shape::Scope, 0, 50>{"openid", "phone", "profile", "https://api.example/v1/gone"};
    s.EnableTokenRevocation = true;
    return client;
}

void create_pool(db::Transaction& tx, const crypto::Sealer& sealer, const PoolId& id, Instant now) {
    directory::Pool pool;
    pool.id = id;
    pool.name = "test";
    pool.created = pool.modified = now;
    directory::Pools(tx).create(pool);
    directory::SigningKeys(tx, sealer).create(id, test_key(0), test_key(1), now);
}

directory::User make_user(const PoolId& pool, const UserId& id, Instant now) {
    directory::User user;
    user.pool_id = pool;
    user.id = id;
    user.username = "alice";
    user.status = directory::UserStatus::CONFIRMED;
    user.attributes = {{"phone_number", "+14155550123"}, {"phone_number_verified", "true"},
                       {"email", "alice@example.com"},   {"name", "Alice \"A\" \\ Ärmel"},
                       {"address", "Main Street 1"},     {"updated_at", "1700000000"}};
    user.created = user.modified = now;
    return user;
}

}  // namespace

House::House() {
    log::set_level(log::Level::error);  // refusals are what these tests are about
    const Bytes master_key(32, 9);
    sealer = std::make_unique<crypto::Sealer>(master_key, random);
    db = db::open("sqlite::memory:");
    catalog = std::make_unique<directory::Catalog>(*db, *sealer, clock);
    hasher = std::make_unique<crypto::PasswordHasher>(random, 1, 4, crypto::Argon2Cost{64, 1});
    outbox = std::make_unique<messaging::Outbox>(*db, *sealer, random, clock, messaging::make_sink("outbox:"),
                                                 messaging::make_sink("outbox:"));
    services.reset(new signin::Services{*db, *catalog, *sealer, *hasher, random, clock, *outbox, triggers});
    sites = std::make_unique<Sites>(*catalog, SiteOptions{std::string(base_url), ""});
    tokens = std::make_unique<Tokens>(*services, std::string(base_url), client_keys);
    authorization = std::make_unique<Authorization>(*services, *tokens, client_keys, fetcher);
    sessions = std::make_unique<signin::BrowserSessionService>(*services);
    federation = std::make_unique<federation::Federation>(*services, fetcher);
    endpoints = std::make_unique<Endpoints>(*services, *sites, *tokens, *authorization, *sessions, client_keys,
                                            crypto::x509::Authorities::from_pem(client_authority.pem()), *federation);
    furnish();
}

void House::furnish() {
    const auto now = clock.now();
    write([&](db::Transaction& tx) {
        create_pool(tx, *sealer, pool_id, now);
        create_pool(tx, *sealer, foreign_pool_id, now);
        directory::Domains(tx).create({"ok-domain", pool_id, directory::DomainKind::prefix, 1, "", now});
        directory::ResourceServers(tx).create(
            {pool_id, "https://api.example/v1", "API", {{"read", "Read"}, {"write", "Write"}}});
        directory::Clients clients(tx, *sealer);
        clients.create(make_client(pool_id, web, secret, {OAuthFlowType::code}, now));
        auto native = make_client(pool_id, app, "", {OAuthFlowType::code, OAuthFlowType::implicit}, now);
        native.settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{"openid"};
        clients.create(native);
        auto machine = make_client(pool_id, robot, secret, {OAuthFlowType::client_credentials}, now);
        machine.settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{
            "https://api.example/v1/read", "https://api.example/v1/write", "https://api.example/v1/gone", "openid"};
        clients.create(machine);
        clients.create(make_client(pool_id, mute, "", {}, now));
        clients.create(make_client(foreign_pool_id, stranger, "", {OAuthFlowType::code}, now));
        const auto ok = directory::Pools(tx).get(pool_id);
        directory::Users(tx).create(ok, make_user(pool_id, user_id, now));
    });
}

net::Response House::send(net::Request request) {
    request.target = request.path + (request.query.empty() ? "" : "?" + request.query);
    request.method_name = net::to_text(request.method);
    if (request.host.empty()) request.host = "id.example";
    request.request_id = "22222222-2222-4222-8222-222222222222";
    auto found = run(sites->find(request.host, request.path));
    if (!found || !endpoints->knows(found->path)) {
        net::Response none;
        none.status = 404;
        return none;
    }
    return run(endpoints->serve(std::move(found->site), std::move(request), std::move(found->path)));
}

net::Response House::get(const std::string& target, Pairs headers) {
    net::Request request;
    request.method = net::Method::get;
    const auto mark = std::min(target.find('?'), target.size());
    request.path = "/" + pool_id.str() + target.substr(0, mark);
    if (mark < target.size()) request.query = target.substr(mark + 1);
    for (auto& [name, value] : headers) request.headers.add(std::move(name), std::move(value));
    return send(std::move(request));
}

net::Response House::post(const std::string& target, const std::string& body, Pairs headers) {
    net::Request request;
    request.method = net::Method::post;
    const auto mark = std::min(target.find('?'), target.size());
    request.path = "/" + pool_id.str() + target.substr(0, mark);
    if (mark < target.size()) request.query = target.substr(mark + 1);
    request.body = body;
    for (auto& [name, value] : headers) request.headers.add(std::move(name), std::move(value));
    if (!request.headers.find("Content-Type")) {
        request.headers.add("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    }
    return send(std::move(request));
}

net::Response House::post(const std::string& target, const Pairs& form, Pairs headers) {
    return post(target, encode(form), std::move(headers));
}

std::string House::authorize_query(Pairs overrides) const {
    net::Form form;
    form.add("client_id", web.str());
    form.add("redirect_uri", std::string(callback));
    form.add("response_type", "code");
    form.add("scope", "openid phone");
    form.add("state", "xyz +&=é");
    for (auto& [name, value] : overrides) {
        form.remove(name);
        if (!value.empty()) form.add(name, value);
    }
    return form.encode();
}

net::Response House::authorize(Pairs overrides, Pairs headers) {
    return get("/oauth2/authorize?" + authorize_query(std::move(overrides)), std::move(headers));
}

signin::SignedIn House::signed_in(const ClientId& id) const {
    return {pool_id, id, user_id, "alice", clock.now()};
}

std::pair<std::string, std::string> House::sign_in_browser(std::vector<std::string> amr) {
    auto person = signed_in();
    person.amr = std::move(amr);
    return {"Cookie", "other=1; cognito=" + run(sessions->begin(pool(), person, "Test/1")).handle};
}

std::string House::get_code(Pairs overrides) {
    const auto answer = authorize(std::move(overrides), {sign_in_browser()});
    const auto code = parameter_of(location(answer), "code");
    EXPECT_NE(code, "") << location(answer);
    return code;
}

Pairs House::code_form(const std::string& code, Pairs overrides) const {
    Pairs form{{"grant_type", "authorization_code"},
               {"code", code},
               {"redirect_uri", std::string(callback)},
               {"client_id", web.str()},
               {"client_secret", std::string(secret)}};
    for (auto& [name, value] : overrides) {
        std::erase_if(form, [&](const auto& field) { return field.first == name; });
        if (!value.empty()) form.emplace_back(name, value);
    }
    return form;
}

boost::json::object House::get_tokens(Pairs overrides) {
    const auto answer = post("/oauth2/token", code_form(get_code(std::move(overrides))));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json_of(answer);
}

net::Response House::user_info(const std::string& access_token) {
    return get("/oauth2/userInfo", {{"Authorization", "Bearer " + access_token}});
}

net::Response House::refresh(const std::string& refresh_token, Pairs more) {
    Pairs form{{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}};
    for (auto& field : more) form.push_back(std::move(field));
    return post("/oauth2/token", form, {{"Authorization", basic(web.str(), secret)}});
}

std::shared_ptr<const directory::Pool> House::pool() {
    return run(catalog->get_pool(pool_id));
}
std::shared_ptr<const directory::Client> House::client(const ClientId& id) {
    return run(catalog->get_client(id));
}

void House::change_client(const ClientId& id, const std::function<void(ClientSettings&)>& change) {
    write([&](db::Transaction& tx) {
        directory::Clients clients(tx, *sealer);
        auto changed = *clients.find(id);
        change(changed.settings);
        clients.save(changed);
    });
    catalog->forget(pool_id);
}

void House::extend_client(const ClientId& id, const std::function<void(directory::ClientExtensions&)>& change) {
    write([&](db::Transaction& tx) {
        directory::Clients clients(tx, *sealer);
        auto changed = *clients.find(id);
        change(changed.extensions);
        clients.save(changed);
    });
    catalog->forget(pool_id);
}

void House::extend_pool(const std::function<void(directory::PoolExtensions&)>& change) {
    write([&](db::Transaction& tx) {
        directory::Pools pools(tx);
        auto changed = pools.get(pool_id);
        change(changed.extensions);
        pools.save(changed);
    });
    catalog->forget(pool_id);
}

void House::change_user(const std::function<void(directory::User&)>& change) {
    const auto in = pool();
    write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto changed = *users.find(pool_id, user_id);
        change(changed);
        users.save(*in, changed);
    });
}

std::string header(const net::Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
}

std::string location(const net::Response& response) {
    return header(response, "Location");
}

std::string parameter_of(const std::string& url, std::string_view name, char mark) {
    const auto at = url.find(mark);
    return at == std::string::npos ? "" : net::Form::parse(std::string_view(url).substr(at + 1)).get(name);
}

boost::json::object json_of(const net::Response& response) {
    boost::system::error_code failure;
    auto value = boost::json::parse(response.body, failure);
    if (failure || !value.is_object()) {
        ADD_FAILURE() << "no JSON object: " << response.body;
        return {};
    }
    return std::move(value.as_object());
}

std::string text(const boost::json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

boost::json::object claims_of(const std::string& jwt) {
    const auto parsed = crypto::jose::parse_jwt(jwt);
    EXPECT_TRUE(parsed) << jwt;
    return parsed ? parsed->claims : boost::json::object{};
}

std::string kid_of(const std::string& jwt) {
    const auto parsed = crypto::jose::parse_jwt(jwt);
    return parsed ? parsed->kid : std::string{};
}

std::string basic(std::string_view id, std::string_view password, bool raw) {
    const auto encoded = [&](std::string_view part) { return raw ? std::string(part) : percent_encode(part); };
    return "Basic " + to_base64(bytes_of(encoded(id) + ":" + encoded(password)));
}

std::string encode(const Pairs& fields) {
    net::Form form;
    for (const auto& [name, value] : fields) form.add(name, value);
    return form.encode();
}

}  // namespace symbolon::oauth
