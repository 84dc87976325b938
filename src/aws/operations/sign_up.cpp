#include "aws/operations/sign_up.hpp"

#include "aws/parties.hpp"
#include "aws/secret_hash.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

void SignUpRequest::normalize(boost::json::object& body) {
    const auto* password = body.if_contains("Password");
    if (password && password->is_string() && password->get_string().empty()) body.erase("Password");
}

Task<SignUpResponse> sign_up(Call call, SignUpRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    verify_secret_hash(*parties.client, in.Username.str(), in.SecretHash);
    const auto password = in.Password ? in.Password->str() : std::string{};
    auto result =
        co_await call.context.sign_up.sign_up(parties.pool, parties.client, in.Username.str(), Password(password),
                                              to_attributes(in.UserAttributes), call.caller);
    SignUpResponse out{result.confirmed, result.user_id.str(), {}, {}};
    if (result.delivery) out.CodeDeliveryDetails = to_wire(*result.delivery);
    if (!result.session.empty()) out.Session = std::move(result.session);
    co_return out;
}

Task<ConfirmSignUpResponse> confirm_sign_up(Call call, ConfirmSignUpRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    verify_secret_hash(*parties.client, in.Username.str(), in.SecretHash);
    const auto user = co_await call.context.sign_up.confirm(parties.pool, parties.client, in.Username.str(),
                                                            OneTimeCode(in.ConfirmationCode.str()),
                                                            in.ForceAliasCreation.value_or(false), call.caller);
    ConfirmSignUpResponse out;
    if (in.Session) {
        auto session =
            co_await call.context.sign_up.begin_sign_in(parties.pool, parties.client, user, in.Session->str());
        if (!session.empty()) out.Session = std::move(session);
    }
    co_return out;
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
