#include "aws/operations/passwords.hpp"

#include "aws/parties.hpp"
#include "aws/secret_hash.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

Task<SendCodeResponse> forgot_password(Call call, SendCodeRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    verify_secret_hash(*parties.client, in.Username.str(), in.SecretHash);
    const auto delivery =
        co_await call.context.recovery.forgot(parties.pool, parties.client, in.Username.str(), call.caller);
    co_return SendCodeResponse{to_wire(delivery)};
}

Task<Empty> confirm_forgot_password(Call call, ConfirmForgotPasswordRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    verify_secret_hash(*parties.client, in.Username.str(), in.SecretHash);
    co_await call.context.recovery.confirm(parties.pool, parties.client, in.Username.str(),
                                           OneTimeCode(in.ConfirmationCode.str()), Password(in.Password.str()),
                                           call.caller);
    co_return Empty{};
}

Task<Empty> change_password(Call call, ChangePasswordRequest in) {
    auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    std::optional<Password> previous;
    if (in.PreviousPassword) previous = Password(in.PreviousPassword->str());
    co_await call.context.recovery.change(owner.pool, owner.user->id, std::move(previous),
                                          Password(in.ProposedPassword.str()), owner.client->id, call.caller);
    co_return Empty{};
}

std::span<const Operation> password_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<forgot_password>("ForgotPassword", client),
        operation<confirm_forgot_password>("ConfirmForgotPassword", client),
        operation<change_password>("ChangePassword", token),
    };
    return table;
}

}  // namespace symbolon::aws
