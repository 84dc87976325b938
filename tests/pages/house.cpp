#include "pages/house.hpp"

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "crypto/test_keys.hpp"
#include "directory/domains.hpp"
#include "directory/pool_rules.hpp"
#include "directory/signing_keys.hpp"
#include "messaging/sink.hpp"
#include "net/form.hpp"

#include <boost/json/parse.hpp>

namespace symbolon::pages {
namespace {

directory::Pool make_pool(const PoolId& id, Instant now) {
    directory::Pool pool;
    pool.id = id;
    pool.name = "tutorial";
    auto& s = pool.settings;
    s.UsernameAttributes = List<directory::UsernameAttributeType>{directory::UsernameAttributeType::phone_number};
    s.AutoVerifiedAttributes = List<directory::VerifiedAttributeType>{directory::VerifiedAttributeType::phone_number};
    s.MfaConfiguration = directory::UserPoolMfaType::ON;
    s.SmsConfiguration.emplace().SnsCallerArn = "arn:aws:iam::000000000000:role/sms";
    directory::apply_defaults(s);
    directory::check_pool(s);
    pool.created = pool.modified = now;
    return pool;
}

directory::Client make_client(const PoolId& pool, const ClientId& id, std::string_view secret,
                              std::string_view callback, Instant now) {
    directory::Client client;
    client.pool_id = pool;
    client.id = id;
    client.name = "Phone skill";
    client.secret = ClientSecret(secret);
    client.created = client.modified = now;
    auto& s = client.settings;
    s.AllowedOAuthFlowsUserPoolClient = true;
    s.AllowedOAuthFlows = List<directory::OAuthFlowType, 0, 3>{directory::OAuthFlowType::code};
    s.SupportedIdentityProviders = List<directory::shape::ProviderName>{"COGNITO"};
    s.CallbackURLs = List<directory::shape::RedirectUrl, 0, 100>{std::string(callback)};
    s.LogoutURLs = List<directory::shape::RedirectUrl, 0, 100>{"https://client.example/bye"};
    s.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{"openid", "phone"};
    s.PreventUserExistenceErrors = directory::PreventUserExistenceErrorTypes::ENABLED;
    return client;
}

}  // namespace

House::House()
    : outbox(*db, sealer, random, clock, messaging::make_sink("outbox:"), messaging::make_sink("outbox:")),
      services{*db, catalog, sealer, hasher, random, clock, outbox, triggers} {
    log::set_level(log::Level::error);
    services.limits.sends_per_client_address = 1000;  // tests come from one address
    const auto now = clock.now();
    const auto furnish = [&](db::Transaction& tx) {
        directory::Pools(tx).create(make_pool(pool_id, now));
        directory::SigningKeys(tx, sealer).create(pool_id, test_key(0), test_key(1), now);
        directory::Domains(tx).create(
            {std::string(site_path.substr(1)), pool_id, directory::DomainKind::prefix, 1, "", now});
        directory::Clients(tx, sealer).create(make_client(pool_id, client_id, client_secret, callback, now));
    };
    run(db->write(furnish));
    add_user(jane);
}

net::Response House::serve(net::Request request) {
    request.method_name = net::to_text(request.method);
    request.target = request.path + (request.query.empty() ? "" : "?" + request.query);
    if (request.host.empty()) request.host = "id.example";
    request.scheme = "https";
    request.client_address = "192.0.2.1";
    request.request_id = "22222222-2222-4222-8222-222222222222";
    auto found = run(sites.find(request.host, request.path));
    if (found && endpoints.knows(found->path)) {
        return run(endpoints.serve(std::move(found->site), std::move(request), std::move(found->path)));
    }
    if (found) {
        return run(pages.serve(std::move(found->site), std::move(request), std::move(found->path)));
    }
    net::Response none;
    none.status = 404;
    return none;
}

UserId House::add_user(std::string_view phone, std::string_view password) {
    directory::User user;
    user.pool_id = pool_id;
    user.id = UserId(random.uuid());
    user.username = user.id.str();
    user.status = directory::UserStatus::CONFIRMED;
    user.attributes = {{"phone_number", std::string(phone)}, {"phone_number_verified", "true"}};
    user.password_hash = hasher.hash_now(Password(password));
    user.created = user.modified = clock.now();
    const auto add = [&](db::Transaction& tx) { directory::Users(tx).create(directory::Pools(tx).get(pool_id), user); };
    run(db->write(add));
    return user.id;
}

std::optional<directory::User> House::find_user(std::string_view phone) {
    return run(db->read([&](db::Transaction& tx) {
        return directory::Users(tx).find_by_login(directory::Pools(tx).get(pool_id), phone);
    }));
}

void House::change_pool(const std::function<void(directory::PoolSettings&)>& change) {
    run(db->write([&](db::Transaction& tx) {
        auto pool = directory::Pools(tx).get(pool_id);
        change(pool.settings);
        directory::Pools(tx).save(pool);
    }));
    catalog.forget(pool_id);
}

void House::change_client(const std::function<void(directory::Client&)>& change) {
    run(db->write([&](db::Transaction& tx) {
        directory::Clients clients(tx, sealer);
        auto client = *clients.find(client_id);
        change(client);
        clients.save(client);
    }));
    catalog.forget(pool_id);
}

std::string House::last_code() {
    const auto all = texts();
    return all.empty() ? std::string{} : all.front().code;
}

std::string House::subject_of(const std::string& code) {
    net::Request request;
    request.method = net::Method::post;
    request.path = std::string(site_path) + "/oauth2/token";
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = encode({{"grant_type", "authorization_code"},
                           {"code", code},
                           {"redirect_uri", std::string(callback)},
                           {"client_id", client_id.str()},
                           {"client_secret", std::string(client_secret)}});
    const auto response = serve(std::move(request));
    EXPECT_EQ(response.status, 200) << response.body;
    if (response.status != 200) return {};
    const std::string token(boost::json::parse(response.body).at("access_token").as_string());
    const auto begin = token.find('.') + 1;
    const auto claims = parse_base64url(token.substr(begin, token.find('.', begin) - begin));
    return std::string(boost::json::parse(to_string(*claims)).at("sub").as_string());
}

net::Response Visitor::send(net::Method method, const std::string& target, std::string body, const Pairs& headers) {
    net::Request request;
    request.method = method;
    auto path = target.starts_with(House::base_url) ? target.substr(House::base_url.size()) : target;
    const auto mark = std::min(path.find('?'), path.size());
    if (mark < path.size()) request.query = path.substr(mark + 1);
    request.path = path.substr(0, mark);
    request.body = std::move(body);
    std::string jar;
    for (const auto& [name, value] : cookies) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
    if (!jar.empty()) request.headers.add("Cookie", jar);
    for (const auto& [name, value] : headers) {
        if (name == "Host") request.host = value;
        request.headers.add(name, value);
    }
    auto response = house_.serve(std::move(request));
    for (const auto line : response.headers.find_all("Set-Cookie")) {
        const auto equals = line.find('=');
        const std::string name(line.substr(0, equals));
        const std::string value(line.substr(equals + 1, line.find(';') - equals - 1));
        if (line.find("Max-Age=0") != std::string_view::npos) {
            cookies.erase(name);
        } else {
            cookies[name] = value;
        }
    }
    return response;
}

net::Response Visitor::get(const std::string& target, const Pairs& headers) {
    return send(net::Method::get, target, {}, headers);
}

net::Response Visitor::post(const std::string& target, const Pairs& fields, const Pairs& headers) {
    Pairs all = headers;
    all.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return send(net::Method::post, target, encode(fields), all);
}

net::Response Visitor::submit(const std::string& target, Pairs fields) {
    if (!cookies.contains("XSRF-TOKEN")) get(target);
    fields.emplace_back("_csrf", cookies["XSRF-TOKEN"]);
    return post(target, fields);
}

std::string Visitor::authorize(const Pairs& overrides) {
    return location(get(page("/oauth2/authorize", overrides)));
}

std::string Visitor::sign_in(std::string_view phone, std::string_view password) {
    const auto to_code =
        location(submit(authorize(), {{"username", std::string(phone)}, {"password", std::string(password)}}));
    return location(submit(to_code, {{"code", house_.last_code()}}));
}

net::Response Visitor::sign_out() {
    return get(std::string(House::site_path) + "/logout?" +
               encode({{"client_id", House::client_id.str()}, {"logout_uri", "https://client.example/bye"}}));
}

std::string page(std::string_view name, const Pairs& overrides) {
    // Not members of House, so that a test of every page may use it.
    net::Form query;
    query.add("client_id", "pagesclientpagesclientpage");
    query.add("response_type", "code");
    query.add("redirect_uri", "https://client.example/cb");
    query.add("scope", "openid phone");
    query.add("state", "state-1");
    for (const auto& [parameter, value] : overrides) query.set(parameter, value);
    return "/testaccountlinking" + std::string(name) + "?" + query.encode();
}

std::string location(const net::Response& response) {
    return header(response, "Location");
}

std::string header(const net::Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
}

std::string parameter_of(const std::string& url, std::string_view name) {
    const auto mark = url.find('?');
    return mark == std::string::npos ? std::string{}
                                     : net::Form::parse(std::string_view(url).substr(mark + 1)).get(name);
}

std::string encode(const Pairs& form) {
    net::Form out;
    for (const auto& [name, value] : form) out.add(name, value);
    return out.encode();
}

}  // namespace symbolon::pages
