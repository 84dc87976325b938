#include "aws/parties.hpp"

#include <utility>

namespace symbolon::aws {

directory::Pool get_pool(const Scope& scope, const shape::UserPoolId& id) {
    return directory::Pools(scope.tx).get(PoolId(id.str()));
}

Task<Parties> get_parties(Context& context, std::string client_id) {
    auto client = co_await context.services.catalog.get_client(ClientId(std::move(client_id)));
    auto pool = co_await context.services.catalog.get_pool(client->pool_id);
    co_return Parties{std::move(pool), std::move(client)};
}

Task<oauth::Tokens::Live> get_token_owner(Context& context, std::string access_token) {
    auto live = co_await context.tokens.verify_access(std::move(access_token));
    if (!live.token->has_scope("aws.cognito.signin.user.admin") || !live.user) {
        throw Error(Errc::insufficient_scope, "Access Token does not have required scopes");
    }
    co_return live;
}

CodeDeliveryDetailsType to_wire(const signin::CodeDelivery& delivery) {
    return {delivery.destination, delivery.medium, delivery.attribute};
}

}  // namespace symbolon::aws
