#include "aws/operations/sign_up.hpp"

#include "aws/parties.hpp"
#include "aws/secret_hash.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

Task<SignUpResponse> sign_up(Call call, SignUpRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    verify_secret_hash(*parties.client, in.Username.str(), in.SecretHash);
    if (!in.Password) throw Error(Errc::invalid_parameter, "Missing required parameter Password");
    auto result = co_await call.context.sign_up.sign_up(parties.pool, parties.client, in.Username.str(),
                                                        Password(in.Password->str()), to_attributes(in.UserAttributes),
                                                        call.caller);
    SignUpResponse out{result.confirmed, result.user_id.str(), {}};
    if (result.delivery) out.CodeDeliveryDetails = to_wire(*result.delivery);
    co_return out;
}

Task<Empty> confirm_sign_up(Call call, ConfirmSignUpRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    verify_secret_hash(*parties.client, in.Username.str(), in.SecretHash);
    co_await call.context.sign_up.confirm(parties.pool, parties.client, in.Username.str(),
                                          OneTimeCode(in.ConfirmationCode.str()), in.ForceAliasCreation.value_or(false),
                                          call.caller);
    co_return Empty{};
}

Task<SendCodeResponse> resend_confirmation_code(Call call, SendCodeRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    verify_secret_hash(*parties.client, in.Username.str(), in.SecretHash);
    const auto delivery =
        co_await call.context.sign_up.resend(parties.pool, parties.client, in.Username.str(), call.caller);
    co_return SendCodeResponse{to_wire(delivery)};
}

std::span<const Operation> sign_up_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<sign_up>("SignUp", client),
        operation<confirm_sign_up>("ConfirmSignUp", client),
        operation<resend_confirmation_code>("ResendConfirmationCode", client),
    };
    return table;
}

}  // namespace symbolon::aws
