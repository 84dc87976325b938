#include "aws/operations/clients.hpp"

#include "aws/operations/client_secrets.hpp"
#include "aws/paging.hpp"
#include "aws/parties.hpp"
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

/// Who writes events where a client names no role: the service's own.
shape::Arn analytics_role(const Options& options) {
    return "arn:aws:iam::" + options.account_id +
           ":role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp";
}

UserPoolClientResponse describe(const directory::Client& client, const Options& options) {
    UserPoolClientType out;
    static_cast<directory::ClientSettings&>(out) = client.settings;
    out.UserPoolId = client.pool_id.str();
    out.ClientName = client.name;
    out.ClientId = client.id.str();
    if (client.is_confidential()) out.ClientSecret = std::string(client.oldest_secret());
    out.ClientType = client.type;
    if (out.AnalyticsConfiguration && !out.AnalyticsConfiguration->RoleArn)
        out.AnalyticsConfiguration->RoleArn = analytics_role(options);
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
    if (generate) return make_client_secret(random);
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
    const auto found = get_pool(scope, pool);
    return clients_of(scope).get(found.id, ClientId(client.str()));
}

}  // namespace

UserPoolClientResponse create_user_pool_client(Scope scope, const CreateUserPoolClientRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
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
    return describe(client, scope.context.options);
}

UserPoolClientResponse describe_user_pool_client(Scope scope, const UserPoolClientRequest& in) {
    return describe(get_client(scope, in.UserPoolId, in.ClientId), scope.context.options);
}

UserPoolClientResponse update_user_pool_client(Scope scope, const UpdateUserPoolClientRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
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
    return describe(client, scope.context.options);
}

NoBody delete_user_pool_client(Scope scope, const UserPoolClientRequest& in) {
    const auto client = get_client(scope, in.UserPoolId, in.ClientId);
    clients_of(scope).erase(client.pool_id, client.id);
    return {};
}

ListUserPoolClientsResponse list_user_pool_clients(Scope scope, const ListUserPoolClientsRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const ListPage page(scope, "ListUserPoolClients|" + pool.id.str(), in.NextToken, in.MaxResults);
    auto clients = clients_of(scope).list(pool.id, page.after(), page.reads());
    ListUserPoolClientsResponse out;
    out.NextToken = page.cut(clients, [](const auto& last) { return last.id.str(); });
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
