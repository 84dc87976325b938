#include "aws/operations/client_secrets.hpp"

#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

directory::Clients clients_of(Scope& scope) {
    return {scope.tx, scope.context.services.sealer};
}

directory::Client get_client(Scope& scope, const shape::UserPoolId& pool, const shape::ClientId& client) {
    const auto found = get_pool(scope, pool);
    return clients_of(scope).get(found.id, ClientId(client.str()));
}

}  // namespace

ClientSecret make_client_secret(crypto::Random& random) {
    return ClientSecret(random.text(52, "0123456789abcdefghijklmnopqrstuvwxyz"));
}

AddUserPoolClientSecretResponse add_user_pool_client_secret(Scope scope, const AddUserPoolClientSecretRequest& in) {
    const auto client = get_client(scope, in.UserPoolId, in.ClientId);
    if (client.type == directory::ClientTypeType::DCR)
        throw Error(Errc::invalid_parameter, "A dynamically registered app client cannot have a second secret.");
    const bool given = in.ClientSecret.has_value();
    auto secret = given ? ClientSecret(in.ClientSecret->str()) : make_client_secret(scope.context.services.random);
    const auto added = clients_of(scope).add_secret(client, std::move(secret), scope.now);
    AddUserPoolClientSecretResponse out;
    out.ClientSecretDescriptor.ClientSecretId = added.id;
    out.ClientSecretDescriptor.ClientSecretCreateDate = added.created;
    if (!given) out.ClientSecretDescriptor.ClientSecretValue = std::string(added.secret.reveal());
    return out;
}

ListUserPoolClientSecretsResponse list_user_pool_client_secrets(Scope scope,
                                                                const ListUserPoolClientSecretsRequest& in) {
    const auto client = get_client(scope, in.UserPoolId, in.ClientId);
    if (in.NextToken) throw Error(Errc::invalid_parameter, "Invalid pagination token given.");
    ListUserPoolClientSecretsResponse out;
    if (!client.secret.empty())
        out.ClientSecrets.push_back({directory::secret_id_of(client.id, client.created), {}, client.created});
    for (const auto& added : client.added_secrets) out.ClientSecrets.push_back({added.id, {}, added.created});
    return out;
}

Empty delete_user_pool_client_secret(Scope scope, const DeleteUserPoolClientSecretRequest& in) {
    const auto client = get_client(scope, in.UserPoolId, in.ClientId);
    clients_of(scope).erase_secret(client, in.ClientSecretId.str());
    return {};
}

std::span<const Operation> client_secret_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<add_user_pool_client_secret, writes>("AddUserPoolClientSecret", administrator),
        operation<list_user_pool_client_secrets, reads>("ListUserPoolClientSecrets", administrator),
        operation<delete_user_pool_client_secret, writes>("DeleteUserPoolClientSecret", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
