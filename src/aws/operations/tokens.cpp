#include "aws/operations/tokens.hpp"

#include "aws/operations/auth_wire.hpp"
#include "aws/parties.hpp"
#include "aws/secret_hash.hpp"
#include "oauth/scopes.hpp"

#include <array>
#include <utility>
#include <vector>

namespace symbolon::aws {
namespace {

std::vector<std::string> texts_of(const std::optional<List<shape::Scope, 0, 50>>& scopes) {
    std::vector<std::string> out;
    if (!scopes) return out;
    for (const auto& scope : *scopes) out.push_back(scope.str());
    return out;
}

}  // namespace

Task<GetTokensFromRefreshTokenResponse> get_tokens_from_refresh_token(Call call, GetTokensFromRefreshTokenRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    verify_client_secret(*parties.client, in.ClientSecret, Errc::not_authorized);
    oauth::Refresh shown{in.RefreshToken.str(), {}, in.DeviceKey ? in.DeviceKey->str() : "", call.caller.metadata};
    const auto tokens = co_await call.context.tokens.refresh(parties.pool, parties.client, std::move(shown));
    co_return GetTokensFromRefreshTokenResponse{to_wire(tokens)};
}

Task<Empty> revoke_token(Call call, RevokeTokenRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    // The model of this operation has no NotAuthorizedException (§2.13).
    verify_client_secret(*parties.client, in.ClientSecret, Errc::wrong_client);
    const bool linked = in.RevokeAssociatedSessions == RevokeAssociatedSessionsType::LINKED;
    using Also = oauth::Tokens::RevokeAlso;
    co_await call.context.tokens.revoke(parties.pool, parties.client, in.Token.str(),
                                        linked ? Also::linked_session : Also::nothing);
    co_return Empty{};
}

Task<Empty> global_sign_out(Call call, AccessTokenRequest in) {
    auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    co_await call.context.tokens.sign_out_everywhere(owner.pool->id, owner.user->id);
    co_return Empty{};
}

Task<GetClientTokenResponse> get_client_token(Call call, GetClientTokenRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    if (!parties.client->is_confidential()) {
        throw Error(Errc::not_authorized, "Client " + parties.client->id.str() + " is not configured with a secret");
    }
    verify_client_secret(*parties.client, in.Secret, Errc::not_authorized);
    if (!parties.client->allows_flow("ALLOW_CLIENT_TOKEN_AUTH")) {
        throw Error(Errc::invalid_parameter, "CLIENT_TOKEN_AUTH flow not enabled for this client");
    }
    const auto live = co_await call.context.services.catalog.list_scopes(parties.pool->id);
    auto scopes = oauth::pick_client_scopes(*parties.client, *live, texts_of(in.Scopes));
    if (!scopes) throw Error(Errc::invalid_parameter, "Invalid scopes requested.");
    oauth::ClientIssue issue{std::move(*scopes)};
    issue.metadata = call.caller.metadata;
    const auto tokens = co_await call.context.tokens.issue_to_client(parties.pool, parties.client, std::move(issue));
    co_return GetClientTokenResponse{ClientAuthenticationResultType{tokens.access_token, tokens.expires_in, "Bearer"}};
}

std::span<const Operation> token_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<get_tokens_from_refresh_token>("GetTokensFromRefreshToken", client),
        operation<revoke_token>("RevokeToken", client),
        operation<global_sign_out>("GlobalSignOut", token),
        operation<get_client_token>("GetClientToken", client),
    };
    return table;
}

}  // namespace symbolon::aws
