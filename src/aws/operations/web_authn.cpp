#include "aws/operations/web_authn.hpp"

#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "base/encoding.hpp"
#include "signin/passkeys.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

WebAuthnCredentialDescription describe(const directory::WebAuthnCredential& credential) {
    WebAuthnCredentialDescription out{.CredentialId = to_base64url(credential.id),
                                      .FriendlyCredentialName = credential.friendly_name,
                                      .RelyingPartyId = credential.relying_party_id,
                                      .AuthenticatorAttachment = {},
                                      .AuthenticatorTransports = credential.transports,
                                      .CreatedAt = credential.created};
    if (!credential.attachment.empty()) out.AuthenticatorAttachment = credential.attachment;
    return out;
}

/// The place of a credential in the list, in an order of texts that is that of the list.
std::string position_of(const directory::WebAuthnCredential& credential) {
    return to_iso8601(credential.created) + " " + to_hex(credential.id);
}

}  // namespace

Task<StartWebAuthnRegistrationResponse> start_web_authn_registration(Call call, AccessTokenRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    auto options = co_await signin::Passkeys(call.context.services).begin(owner.pool, owner.client, owner.user);
    co_return StartWebAuthnRegistrationResponse{std::move(options)};
}

Task<Empty> complete_web_authn_registration(Call call, CompleteWebAuthnRegistrationRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    co_await signin::Passkeys(call.context.services)
        .complete(owner.pool, owner.client, owner.user->id, std::move(in.Credential));
    co_return Empty{};
}

Task<ListWebAuthnCredentialsResponse> list_web_authn_credentials(Call call, ListWebAuthnCredentialsRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    const ListPage page(call, "ListWebAuthnCredentials|" + owner.pool->id.str() + "|" + owner.user->id.str(),
                        in.NextToken, in.MaxResults, directory::WebAuthnCredentials::most_of_a_user);
    auto credentials = co_await signin::Passkeys(call.context.services).list(owner.pool, owner.user->id);
    std::erase_if(credentials, [&](const auto& credential) { return position_of(credential) <= page.after(); });
    ListWebAuthnCredentialsResponse out;
    out.NextToken = page.cut(credentials, position_of);
    for (const auto& credential : credentials) out.Credentials.push_back(describe(credential));
    co_return out;
}

Task<Empty> delete_web_authn_credential(Call call, DeleteWebAuthnCredentialRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    co_await signin::Passkeys(call.context.services).erase(owner.pool, owner.user->id, in.CredentialId.str());
    co_return Empty{};
}

std::span<const Operation> web_authn_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<start_web_authn_registration>("StartWebAuthnRegistration", token),
        operation<complete_web_authn_registration>("CompleteWebAuthnRegistration", token),
        operation<list_web_authn_credentials>("ListWebAuthnCredentials", token),
        operation<delete_web_authn_credential>("DeleteWebAuthnCredential", token),
    };
    return table;
}

}  // namespace symbolon::aws
