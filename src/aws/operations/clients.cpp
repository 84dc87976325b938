#include "aws/operations/clients.hpp"

#include "aws/paging.hpp"
#include "directory/client_rules.hpp"
#include "directory/clients.hpp"
#include "directory/free_ids.hpp"
#include "directory/identity_providers.hpp"
#include "directory/pools.hpp"
#include "directory/resource_servers.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

constexpr std::string_view id_letters = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::size_t secret_length = 52;
constexpr int default_page = 60;

UserPoolClientResponse describe(const directory::Client& client) {
    UserPoolClientType out;
    static_cast<directory::ClientSettings&>(out) = client.settings;
    out.UserPoolId = client.pool_id.str();
    out.ClientName = client.name;
    out.ClientId = client.id.str();
    if (client.is_confidential()) out.ClientSecret = std::string(client.oldest_secret());
    out.ClientType = client.type;
    out.LastModifiedDate = client.modified;
    out.CreationDate = client.created;
    return {std::move(out)};
}

ClientSecret make_secret(const CreateUserPoolClientRequest& in, crypto::Random& random) {
    const bool generate = in.GenerateSecret.value_or(false);
    if (generate && in.ClientSecret) {
        throw Error(Errc::invalid_parameter, "GenerateSecret and ClientSecret cannot be given together.");
    }
    if (in.ClientSecret) return ClientSecret(in.ClientSecret->str());
    if (generate) return ClientSecret(random.text(secret_length, id_letters));
    return {};
}

directory::Clients clients_of(Scope& scope) {
    return {scope.tx, scope.context.services.sealer};
}

std::vector<std::string> providers_of(Scope& scope, const directory::Pool& pool) {
    return directory::IdentityProviders(scope.tx, scope.context.services.sealer).list_names(pool.id);
}

/// The client, once the pool is known to exist: an unknown pool is reported before an unknown client.
directory::Client get_client(Scope& scope, const shape::UserPoolId& pool, const shape::ClientId& client) {
    const auto found = directory::Pools(scope.tx).get(PoolId(pool.str()));
    return clients_of(scope).get(found.id, ClientId(client.str()));
}

}  // namespace

UserPoolClientResponse create_user_pool_client(Scope scope, const CreateUserPoolClientRequest& in) {
    const auto pool = directory::Pools(scope.tx).get(PoolId(in.UserPoolId.str()));
    auto& random = scope.context.services.random;
    directory::Client client;
    client.pool_id = pool.id;
    client.id = choose_client_id(scope, in.ClientName.str());
    directory::check_client_id_is_free(scope.tx, scope.context.services.sealer, client.id);
    client.name = in.ClientName.str();
    client.settings = in;
    client.secret = make_secret(in, random);
    directory::apply_defaults(client.settings);
    directory::check_client(pool, client.settings, client.is_confidential(),
                            directory::ResourceServers(scope.tx).list_scopes(pool.id), {}, providers_of(scope, pool));
    client.created = client.modified = scope.now;
    clients_of(scope).create(client);
    return describe(client);
}

UserPoolClientResponse describe_user_pool_client(Scope scope, const UserPoolClientRequest& in) {
    return describe(get_client(scope, in.UserPoolId, in.ClientId));
}

UserPoolClientResponse update_user_pool_client(Scope scope, const UpdateUserPoolClientRequest& in) {
    const auto pool = directory::Pools(scope.tx).get(PoolId(in.UserPoolId.str()));
    auto client = clients_of(scope).get(pool.id, ClientId(in.ClientId.str()));
    std::vector<std::string> kept_scopes;
    if (client.settings.AllowedOAuthScopes) {
        for (const auto& kept : *client.settings.AllowedOAuthScopes) kept_scopes.push_back(kept.str());
    }
    client.settings = directory::replaced(client.settings, in);
    if (in.ClientName) client.name = in.ClientName->str();
    directory::check_client(pool, client.settings, client.is_confidential(),
                            directory::ResourceServers(scope.tx).list_scopes(pool.id), kept_scopes,
                            providers_of(scope, pool));
    client.modified = scope.now;
    clients_of(scope).save(client);
    return describe(client);
}

NoBody delete_user_pool_client(Scope scope, const UserPoolClientRequest& in) {
    const auto client = get_client(scope, in.UserPoolId, in.ClientId);
    clients_of(scope).erase(client.pool_id, client.id);
    return {};
}

ListUserPoolClientsResponse list_user_pool_clients(Scope scope, const ListUserPoolClientsRequest& in) {
    const auto& sealer = scope.context.services.sealer;
    const auto pool = directory::Pools(scope.tx).get(PoolId(in.UserPoolId.str()));
    const auto list = "ListUserPoolClients|" + pool.id.str();
    const auto after = in.NextToken ? open_page(sealer, list, in.NextToken->str(), scope.now) : std::string{};
    const int limit = in.MaxResults ? static_cast<int>(in.MaxResults->get()) : default_page;
    auto clients = clients_of(scope).list(pool.id, after, limit + 1);
    ListUserPoolClientsResponse out;
    if (clients.size() > static_cast<std::size_t>(limit)) {
        clients.pop_back();
        out.NextToken = seal_page(sealer, list, clients.back().id.str(), scope.now);
    }
    for (const auto& client : clients) {
        if (in.ClientType && client.type != *in.ClientType) continue;  // a page may be short, or empty
        out.UserPoolClients.push_back({client.id.str(), client.pool_id.str(), client.name});
    }
    return out;
}

std::span<const Operation> client_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<create_user_pool_client, writes>("CreateUserPoolClient", administrator),
        operation<describe_user_pool_client, reads>("DescribeUserPoolClient", administrator),
        operation<update_user_pool_client, writes>("UpdateUserPoolClient", administrator),
        operation<delete_user_pool_client, writes>("DeleteUserPoolClient", administrator),
        operation<list_user_pool_clients, reads>("ListUserPoolClients", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
