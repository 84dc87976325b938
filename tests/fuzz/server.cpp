#include "server.hpp"

#include "aws/files.hpp"
#include "aws/operation.hpp"
#include "base/log.hpp"
#include "base/shape/codec.hpp"
#include "crypto/sigv4.hpp"
#include "crypto/test_keys.hpp"
#include "directory/client_rules.hpp"
#include "directory/domains.hpp"
#include "directory/pool_rules.hpp"
#include "directory/resource_servers.hpp"
#include "directory/signing_keys.hpp"
#include "directory/users.hpp"
#include "messaging/sink.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace symbolon::fuzz {
namespace {

constexpr std::string_view key_id = "AKIDEXAMPLE";
constexpr std::string_view key_secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

constexpr std::string_view pool_settings =
    R"({"AutoVerifiedAttributes": ["email", "phone_number"], "MfaConfiguration": "OPTIONAL",
        "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"}})";

constexpr std::string_view client_settings =
    R"({"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_USER_AUTH",
                              "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "SupportedIdentityProviders": ["COGNITO"], "CallbackURLs": ["https://client.example/cb"],
        "LogoutURLs": ["https://client.example/bye"], "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["code", "implicit"],
        "AllowedOAuthScopes": ["openid", "phone", "email", "profile", "aws.cognito.signin.user.admin", "api/read"]})";

directory::Pool make_pool(Instant now) {
    directory::Pool pool;
    pool.id = PoolId(std::string(Server::pool));
    pool.name = "fuzzed";
    static_cast<directory::PoolDesign&>(pool.settings) =
        decode<directory::PoolDesign>(boost::json::parse(pool_settings).as_object());
    directory::apply_defaults(pool.settings);
    directory::check_pool(pool.settings);
    pool.created = pool.modified = now;
    return pool;
}

directory::Client make_client(std::string_view id, std::string_view secret, Instant now) {
    directory::Client client;
    client.pool_id = PoolId(std::string(Server::pool));
    client.id = ClientId(std::string(id));
    client.name = "fuzzed";
    client.secret = ClientSecret(secret);
    client.created = client.modified = now;
    client.settings = decode<directory::ClientSettings>(boost::json::parse(client_settings).as_object());
    directory::apply_defaults(client.settings);
    return client;
}

directory::User make_user(std::string_view name, std::string_view phone, std::string hash, UserId id, Instant now) {
    directory::User user;
    user.pool_id = PoolId(std::string(Server::pool));
    user.id = std::move(id);
    user.username = name;
    user.status = directory::UserStatus::CONFIRMED;
    user.attributes = {{"email", std::string(name) + "@example.com"},
                       {"email_verified", "true"},
                       {"phone_number", std::string(phone)},
                       {"phone_number_verified", "true"}};
    user.password_hash = std::move(hash);
    user.created = user.modified = now;
    return user;
}

}  // namespace

Server::Server()
    : keys(*db, sealer, clock, {std::string(key_id), directory::AccessKeySecret(key_secret)}),
      outbox(*db, sealer, random, clock, messaging::make_sink("outbox:"), messaging::make_sink("outbox:")),
      services{*db, catalog, sealer, hasher, random, clock, outbox, triggers},
      options{.base_url = std::string(base_url), .keys = &keys},
      door({services, tokens, sign_in, sign_up, recovery, administration, workers, options}) {
    furnish();
}

std::unique_ptr<db::Database> Server::open_database() {
    log::set_level(log::Level::error);  // a new database tells of every migration
    return db::open("sqlite::memory:");
}

void Server::furnish() {
    const auto now = clock.now();
    const auto hash = hasher.hash_now(Password(password));
    const auto store = [&](db::Transaction& tx) {
        const auto made = make_pool(now);
        directory::Pools(tx).create(made);
        directory::SigningKeys(tx, sealer).create(made.id, test_key(0), test_key(1), now);
        directory::Domains(tx).create({std::string(domain), made.id, directory::DomainKind::prefix, 1, "", now});
        directory::ResourceServers(tx).create({made.id, "api", "API", {{"read", "Read"}}});
        directory::Clients(tx, sealer).create(make_client(app, "", now));
        directory::Clients(tx, sealer).create(make_client(web, web_secret, now));
        directory::Users(tx).create(made, make_user(jane, "+14155550123", hash, UserId(random.uuid()), now));
        directory::Users(tx).create(made, make_user(john, "+14155550199", hash, UserId(random.uuid()), now));
    };
    run(db->write(store));
}

net::Response Server::serve(net::Request request) {
    request.method_name = net::to_text(request.method);
    request.target = request.path + (request.query.empty() ? "" : "?" + request.query);
    request.host = "id.example";
    request.scheme = "https";
    request.client_address = "192.0.2.1";
    request.request_id = "22222222-2222-4222-8222-222222222222";
    if (request.path == "/" || aws::is_file_path(request.path)) return run(door.serve(std::move(request)));
    auto found = run(sites.find(request.host, request.path));
    if (!found) return {.status = 404, .headers = {}, .body = {}};
    if (endpoints.knows(found->path))
        return run(endpoints.serve(std::move(found->site), std::move(request), std::move(found->path)));
    return run(pages.serve(std::move(found->site), std::move(request), std::move(found->path)));
}

net::Response Server::call(std::string_view operation, std::string body) {
    net::Request request;
    request.method = net::Method::post;
    request.path = "/";
    request.headers.add("Host", "id.example");
    request.headers.add("Content-Type", "application/x-amz-json-1.1");
    request.headers.add("X-Amz-Target", "AWSCognitoIdentityProviderService." + std::string(operation));
    request.body = std::move(body);
    const auto* known = aws::find_operation(operation);
    if (known != nullptr && known->access == aws::Access::administrator) {
        crypto::sigv4::SignedRequest whole;
        whole.method = "POST";
        whole.path = "/";
        for (const auto& [name, value] : request.headers) whole.headers.emplace_back(name, value);
        whole.body = request.body;
        for (auto& [name, value] :
             crypto::sigv4::sign(whole, key_id, key_secret, "us-east-1", "cognito-idp", clock.now()))
            request.headers.add(std::move(name), std::move(value));
    }
    return serve(std::move(request));
}

std::string Server::last_code() {
    const auto all = run(outbox.list(PoolId(std::string(pool)), 1));
    return all.empty() ? std::string{} : all.front().code;
}

}  // namespace symbolon::fuzz
