#pragma once

#include "aws/operation.hpp"
#include "aws/shapes.hpp"

#include <string>

namespace symbolon::aws {

/// The client that a call names, with its pool.
struct Parties {
    signin::PoolPtr pool;
    signin::ClientPtr client;
};

/// Fails: resource_not_found "User pool <id> does not exist."
directory::Pool get_pool(const Scope& scope, const shape::UserPoolId& id);

/// Fails: resource_not_found "User pool client <id> does not exist."
Task<Parties> get_parties(Context& context, std::string client_id);

/// The owner of an access token that may call the self-service operations: live, and with the scope
/// aws.cognito.signin.user.admin. Fails: token_not_accepted, insufficient_scope, user_not_found.
Task<oauth::Tokens::Live> get_token_owner(Context& context, std::string access_token);

CodeDeliveryDetailsType to_wire(const signin::CodeDelivery& delivery);

}  // namespace symbolon::aws
