#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "directory/client_rules.hpp"
#include "directory/codes.hpp"
#include "directory/resource_servers.hpp"
#include "net/respond.hpp"
#include "oauth/client_metadata.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/registration_tokens.hpp"
#include "oauth/sectors.hpp"
#include "oauth/unproven_requests.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/parse_options.hpp>
#include <boost/system/error_code.hpp>

#include <optional>
#include <utility>

namespace symbolon::oauth {
namespace {

using boost::json::object;
using directory::Client;
using directory::Clients;

constexpr std::string_view id_letters = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::size_t id_length = 26;
constexpr std::size_t secret_length = 52;

[[noreturn]] void refuse_token(const char* detail) {
    throw Error{Errc::token_not_accepted, "The access token is not accepted.", detail};
}

std::string bearer_of(const net::Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const auto headers = request.headers.find_all("Authorization");
    if (headers.size() != 1 || !net::equal_without_case(headers.front().substr(0, scheme.size()), scheme)) {
        throw Error{Errc::token_not_accepted};
    }
    return std::string(headers.front().substr(scheme.size()));
}

object parse_metadata(const std::string& body) {
    boost::json::parse_options options;
    options.max_depth = 8;
    boost::system::error_code failure;
    auto value = boost::json::parse(body, failure, {}, options);
    if (failure || !value.is_object()) {
        throw Error{Errc::oauth_invalid_client_metadata, "The body is not a JSON object."};
    }
    return std::move(value.get_object());
}

net::Response answer(const signin::Services& services, const Site& site, const Client& client,
                     RegisteredBy registered_by, int status) {
    auto body = describe_client(client);
    body["registration_access_token"] = registration_access_token(services.sealer, client, registered_by);
    body["registration_client_uri"] = site.endpoints_url + "/oauth2/register?client_id=" + client.id.str();
    return net::json(status, body);
}

void give_secret(Client& client, crypto::Random& random) {
    if (wants_secret(client)) client.secret = ClientSecret(random.text(secret_length, id_letters));
}

/// Pools may close registration altogether.
void check_open(const directory::Pool& pool) {
    const auto& dcr = pool.settings.DcrConfiguration;
    if (dcr && dcr->EnableStatus == directory::StatusType::Disabled) {
        throw Error{Errc::access_denied, "Clients do not register themselves in this pool."};
    }
}

/// An empty list of grants closes that door as well.
bool lets_anybody_register(const directory::Pool& pool) {
    const auto& dcr = pool.settings.DcrConfiguration;
    if (!dcr || !directory::is_on(dcr->OpenDcrEnabled)) return false;
    return !dcr->OpenDcrGrantTypes || !dcr->OpenDcrGrantTypes->empty();
}

/// Who may register a client, and the token that is used up with it.
struct Admission {
    RegisteredBy by = RegisteredBy::anybody;
    std::optional<InitialAccess> for_one = std::nullopt;
};

/// By an initial access token, by an access token of a client with the scope for it, or, where the pool lets anybody,
/// by nothing. A token that is shown has to be good, wherever it is not needed.
Task<Admission> admit(Doors& doors, const Site& site, const net::Request& request, Instant now) {
    const auto& pool = *site.pool;
    if (lets_anybody_register(pool) && request.headers.find_all("Authorization").empty()) {
        check_open(pool);
        co_await count_unproven_request(doors.services, pool.id, request.client_address);
        co_return Admission{};
    }
    Admission admission;
    admission.by = RegisteredBy::holder_of_token;
    const auto token = bearer_of(request);
    if (auto access = open_initial_access_token(doors.services.sealer, pool.id, token, now)) {
        if (!access->many) admission.for_one = std::move(access);
    } else {
        const auto live = co_await doors.tokens.verify_access(token);
        if (live.token->pool_id != pool.id) refuse_token("of another pool");
        if (!live.token->has_scope(directory::registration_scope))
            throw Error{Errc::insufficient_scope, "The access token is not for registering clients."};
    }
    check_open(pool);
    co_return admission;
}

/// RFC 7591 §3. A token for one client is used up with the client that it makes, and with nothing else.
Task<net::Response> create(Doors& doors, Site site, net::Request request) {
    auto& services = doors.services;
    const auto now = services.clock.now();
    const auto admission = co_await admit(doors, site, request, now);
    const auto live = co_await services.catalog.list_scopes(site.pool->id);
    Client client;
    client.pool_id = site.pool->id;
    client.id = ClientId(services.random.text(id_length, id_letters));
    client.type = directory::ClientTypeType::DCR;
    client.created = client.modified = now;
    apply_metadata(*site.pool, *live, parse_metadata(request.body), admission.by, client);
    co_await check_sector(doors.keys.fetcher(), client);
    give_secret(client, services.random);
    const auto store = [&](db::Transaction& tx) {
        const auto& token = admission.for_one;
        const bool fresh =
            !token || directory::SpentProofs(tx).spend(client.pool_id, "registration " + token->id, token->expires);
        if (fresh) Clients(tx, services.sealer).create(client);
        return fresh;
    };
    const bool stored = co_await services.db.write(store);
    if (!stored) refuse_token("the initial access token was used before");
    services.catalog.forget(client.pool_id);
    co_return answer(services, site, client, admission.by, 201);
}

struct Registered {
    Client client;
    RegisteredBy by = RegisteredBy::anybody;
};

/// The client that the request is about, proven by its own token. Every failure looks alike (RFC 7592 §2).
Registered get_own(db::Transaction& tx, const crypto::Sealer& sealer, const PoolId& pool, const std::string& id,
                   const std::string& token) {
    auto client = Clients(tx, sealer).find(ClientId(id));
    const bool is_one = client && client->pool_id == pool && client->type == directory::ClientTypeType::DCR;
    if (!is_one) refuse_token("no registered client");
    for (const auto by : {RegisteredBy::holder_of_token, RegisteredBy::anybody}) {
        const auto own = registration_access_token(sealer, *client, by);
        if (crypto::equal_in_constant_time(token, own)) return {std::move(*client), by};
    }
    refuse_token("another client's token, or none");
}

/// RFC 7592 §2.1.
Task<net::Response> read(Doors& doors, Site site, std::string id, std::string token) {
    auto& services = doors.services;
    const auto look = [&](db::Transaction& tx) { return get_own(tx, services.sealer, site.pool->id, id, token); };
    const auto own = co_await services.db.read(look);
    co_return answer(services, site, own.client, own.by, 200);
}

/// RFC 7592 §2.2: the whole description, with the id and, if it is sent, the secret that the client has.
void check_unchanged(const Client& client, const object& metadata) {
    const auto* id = metadata.if_contains("client_id");
    const bool named = id && id->is_string() && id->get_string() == client.id.str();
    const auto* secret = metadata.if_contains("client_secret");
    const bool same = !secret || (secret->is_string() && client.has_secret(secret->get_string()));
    if (!named || !same) throw Error{Errc::oauth_invalid_client_metadata, "client_id and client_secret cannot change."};
}

/// What the client would be, before anything is written: what it publishes is read outside of the transaction.
Task<Client> describe_replacement(Doors& doors, Site site, std::string id, std::string token, std::string body) {
    auto& services = doors.services;
    const auto live = co_await services.catalog.list_scopes(site.pool->id);
    const auto look = [&](db::Transaction& tx) {
        auto own = get_own(tx, services.sealer, site.pool->id, id, token);
        apply_metadata(*site.pool, *live, parse_metadata(body), own.by, own.client);
        return std::move(own.client);
    };
    co_return co_await services.db.read(look);
}

Task<net::Response> replace(Doors& doors, Site site, std::string id, std::string token, std::string body) {
    auto& services = doors.services;
    const auto live = co_await services.catalog.list_scopes(site.pool->id);
    const auto now = services.clock.now();
    const auto described = co_await describe_replacement(doors, site, id, token, body);
    co_await check_sector(doors.keys.fetcher(), described);
    const auto save = [&](db::Transaction& tx) {
        auto own = get_own(tx, services.sealer, site.pool->id, id, token);
        auto& client = own.client;
        const auto metadata = parse_metadata(body);
        check_unchanged(client, metadata);
        const bool had_secret = client.is_confidential();
        apply_metadata(*site.pool, *live, metadata, own.by, client);
        if (wants_secret(client) != had_secret)
            throw Error{Errc::oauth_invalid_client_metadata, "A client keeps its secret, or stays without one."};
        client.modified = now;
        Clients(tx, services.sealer).save(client);
        return own;
    };
    const auto own = co_await services.db.write(save);
    services.catalog.forget(site.pool->id);
    co_return answer(services, site, own.client, own.by, 200);
}

/// RFC 7592 §2.3. Its tokens end with it.
Task<net::Response> erase(Doors& doors, Site site, std::string id, std::string token) {
    auto& services = doors.services;
    const auto remove = [&](db::Transaction& tx) {
        const auto own = get_own(tx, services.sealer, site.pool->id, id, token);
        Clients(tx, services.sealer).erase(own.client.pool_id, own.client.id);
    };
    co_await services.db.write(remove);
    services.catalog.forget(site.pool->id);
    net::Response response;
    response.status = 204;
    co_return response;
}

}  // namespace

Task<net::Response> serve_register(Doors& doors, Site site, net::Request request) {
    if (request.method == net::Method::post) co_return co_await create(doors, std::move(site), std::move(request));
    auto token = bearer_of(request);
    auto id = net::Form::parse(request.query).get("client_id");
    if (request.method == net::Method::put) {
        co_return co_await replace(doors, std::move(site), std::move(id), std::move(token), std::move(request.body));
    }
    if (request.method == net::Method::delete_) {
        co_return co_await erase(doors, std::move(site), std::move(id), std::move(token));
    }
    co_return co_await read(doors, std::move(site), std::move(id), std::move(token));
}

}  // namespace symbolon::oauth
