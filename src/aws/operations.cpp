#include "aws/operation.hpp"
#include "aws/operations/auth.hpp"
#include "aws/operations/clients.hpp"
#include "aws/operations/domains.hpp"
#include "aws/operations/passwords.hpp"
#include "aws/operations/pools.hpp"
#include "aws/operations/resource_servers.hpp"
#include "aws/operations/self_service.hpp"
#include "aws/operations/sign_up.hpp"
#include "aws/operations/tokens.hpp"
#include "aws/operations/users.hpp"

#include <algorithm>
#include <array>

namespace symbolon::aws {

namespace {

using enum Access;
using enum Effect;

constexpr std::array table{
    // 2.1 User pools
    operation<create_user_pool>("CreateUserPool", administrator),
    operation<describe_user_pool, reads>("DescribeUserPool", administrator),
    operation<update_user_pool, writes>("UpdateUserPool", administrator),
    operation<delete_user_pool, writes>("DeleteUserPool", administrator),
    operation<list_user_pools, reads>("ListUserPools", administrator),
    operation<get_user_pool_mfa_config, reads>("GetUserPoolMfaConfig", administrator),
    operation<set_user_pool_mfa_config, writes>("SetUserPoolMfaConfig", administrator),
    // 2.2 App clients
    operation<create_user_pool_client, writes>("CreateUserPoolClient", administrator),
    operation<describe_user_pool_client, reads>("DescribeUserPoolClient", administrator),
    operation<update_user_pool_client, writes>("UpdateUserPoolClient", administrator),
    operation<delete_user_pool_client, writes>("DeleteUserPoolClient", administrator),
    operation<list_user_pool_clients, reads>("ListUserPoolClients", administrator),
    // 2.3 Domains
    operation<create_user_pool_domain, writes>("CreateUserPoolDomain", administrator),
    operation<describe_user_pool_domain, reads>("DescribeUserPoolDomain", administrator),
    operation<update_user_pool_domain, writes>("UpdateUserPoolDomain", administrator),
    operation<delete_user_pool_domain, writes>("DeleteUserPoolDomain", administrator),
    // 2.4 Resource servers
    operation<create_resource_server, writes>("CreateResourceServer", administrator),
    operation<describe_resource_server, reads>("DescribeResourceServer", administrator),
    operation<update_resource_server, writes>("UpdateResourceServer", administrator),
    operation<delete_resource_server, writes>("DeleteResourceServer", administrator),
    operation<list_resource_servers, reads>("ListResourceServers", administrator),
    // 2.7 Users, administrative
    operation<admin_create_user>("AdminCreateUser", administrator),
    operation<admin_get_user, reads>("AdminGetUser", administrator),
    operation<admin_delete_user>("AdminDeleteUser", administrator),
    operation<admin_confirm_sign_up>("AdminConfirmSignUp", administrator),
    operation<admin_set_user_password>("AdminSetUserPassword", administrator),
    operation<list_users, reads>("ListUsers", administrator),
    // 2.8 Users, self-service
    operation<sign_up>("SignUp", client),
    operation<confirm_sign_up>("ConfirmSignUp", client),
    operation<resend_confirmation_code>("ResendConfirmationCode", client),
    operation<get_user>("GetUser", token),
    // 2.9 Authentication
    operation<initiate_auth>("InitiateAuth", client),
    operation<respond_to_auth_challenge>("RespondToAuthChallenge", client),
    // 2.12 Passwords
    operation<forgot_password>("ForgotPassword", client),
    operation<confirm_forgot_password>("ConfirmForgotPassword", client),
    operation<change_password>("ChangePassword", token),
    // 2.13 Tokens
    operation<revoke_token>("RevokeToken", client),
    operation<global_sign_out>("GlobalSignOut", token),
};

}  // namespace

std::span<const Operation> operations() { return table; }

const Operation* find_operation(std::string_view name) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const Operation& o) { return o.name == name; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace symbolon::aws
