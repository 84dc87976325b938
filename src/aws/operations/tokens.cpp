#include "aws/operations/tokens.hpp"

#include "aws/parties.hpp"
#include "aws/secret_hash.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

Task<Empty> revoke_token(Call call, RevokeTokenRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    // The model of this operation has no NotAuthorizedException (§2.13).
    verify_client_secret(*parties.client, in.ClientSecret, Errc::wrong_client);
    co_await call.context.tokens.revoke(parties.pool, parties.client, in.Token.str());
    co_return Empty{};
}

Task<Empty> global_sign_out(Call call, AccessTokenRequest in) {
    auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    co_await call.context.tokens.sign_out_everywhere(owner.pool->id, owner.user->id);
    co_return Empty{};
}

std::span<const Operation> token_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<revoke_token>("RevokeToken", client),
        operation<global_sign_out>("GlobalSignOut", token),
    };
    return table;
}

}  // namespace symbolon::aws
