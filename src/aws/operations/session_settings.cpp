#include "aws/operations/session_settings.hpp"

#include "aws/parties.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "directory/session_rules.hpp"

#include <array>

namespace symbolon::aws {

namespace {

directory::Clients clients_of(Scope& scope) {
    return {scope.tx, scope.context.services.sealer};
}

}  // namespace

PoolSessionConfiguration get_user_pool_session_configuration(Scope scope, const PoolSessionRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    return {in.UserPoolId, directory::session_tracking(pool.settings), directory::token_sessions(pool.settings)};
}

PoolSessionConfiguration set_user_pool_session_configuration(Scope scope, const PoolSessionConfiguration& in) {
    auto pool = get_pool(scope, in.UserPoolId);
    pool.settings.UserSessionTracking = in.UserSessionTracking;
    pool.settings.TokenSession = in.TokenSession;
    directory::check_session_settings(pool.settings);
    pool.modified = scope.now;
    directory::Pools(scope.tx).save(pool);
    return in;
}

ClientSessionConfiguration get_user_pool_client_session_configuration(Scope scope, const ClientSessionRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const auto client = clients_of(scope).get(pool.id, ClientId(in.ClientId.str()));
    return {in.UserPoolId, in.ClientId, directory::sso_session(client)};
}

ClientSessionConfiguration set_user_pool_client_session_configuration(Scope scope,
                                                                      const ClientSessionConfiguration& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    auto client = clients_of(scope).get(pool.id, ClientId(in.ClientId.str()));
    directory::check_client_session_settings(pool.settings);
    client.sso_session = in.SSOSession;
    client.modified = scope.now;
    clients_of(scope).save(client);
    return in;
}

std::span<const Operation> session_setting_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<get_user_pool_session_configuration, reads>("GetUserPoolSessionConfiguration", administrator),
        operation<set_user_pool_session_configuration, writes>("SetUserPoolSessionConfiguration", administrator),
        operation<get_user_pool_client_session_configuration, reads>("GetUserPoolClientSessionConfiguration",
                                                                     administrator),
        operation<set_user_pool_client_session_configuration, writes>("SetUserPoolClientSessionConfiguration",
                                                                      administrator),
    };
    return table;
}

}  // namespace symbolon::aws
