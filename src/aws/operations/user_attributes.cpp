#include "aws/operations/user_attributes.hpp"

#include "aws/parties.hpp"
#include "signin/attributes.hpp"

#include <array>
#include <string>
#include <utility>

namespace symbolon::aws {

namespace {

std::vector<std::string> to_names(const std::vector<shape::AttributeName>& list) {
    std::vector<std::string> names;
    for (const auto& name : list) names.push_back(name.str());
    return names;
}

}  // namespace

Task<Empty> admin_update_user_attributes(Call call, AdminUpdateUserAttributesRequest in) {
    auto pool = co_await call.context.services.catalog.get_pool(PoolId(in.UserPoolId.str()));
    signin::Profile profile(call.context.services);
    co_await profile.update_as_administrator(std::move(pool), in.Username.str(), to_attributes(in.UserAttributes),
                                             call.caller);
    co_return Empty{};
}

Task<Empty> admin_delete_user_attributes(Call call, AdminDeleteUserAttributesRequest in) {
    auto pool = co_await call.context.services.catalog.get_pool(PoolId(in.UserPoolId.str()));
    signin::Profile profile(call.context.services);
    co_await profile.erase_as_administrator(std::move(pool), in.Username.str(), to_names(in.UserAttributeNames));
    co_return Empty{};
}

Task<UpdateUserAttributesResponse> update_user_attributes(Call call, UpdateUserAttributesRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    signin::Profile profile(call.context.services);
    const auto deliveries = co_await profile.update(owner.pool, owner.client, owner.user->id,
                                                    to_attributes(in.UserAttributes), call.caller);
    UpdateUserAttributesResponse out;
    for (const auto& delivery : deliveries) out.CodeDeliveryDetailsList.push_back(to_wire(delivery));
    co_return out;
}

Task<Empty> delete_user_attributes(Call call, DeleteUserAttributesRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    signin::Profile profile(call.context.services);
    co_await profile.erase(owner.pool, owner.client, owner.user->id, to_names(in.UserAttributeNames));
    co_return Empty{};
}

Task<GetUserAttributeVerificationCodeResponse> get_user_attribute_verification_code(
    Call call, GetUserAttributeVerificationCodeRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    signin::Profile profile(call.context.services);
    const auto delivery =
        co_await profile.send_code(owner.pool, owner.client, owner.user->id, in.AttributeName.str(), call.caller);
    co_return GetUserAttributeVerificationCodeResponse{to_wire(delivery)};
}

Task<Empty> verify_user_attribute(Call call, VerifyUserAttributeRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    signin::Profile profile(call.context.services);
    co_await profile.verify(owner.pool, owner.user->id, in.AttributeName.str(), OneTimeCode(in.Code.str()));
    co_return Empty{};
}

std::span<const Operation> user_attribute_operations() {
    using enum Access;
    static constexpr std::array table{
        operation<admin_update_user_attributes>("AdminUpdateUserAttributes", administrator),
        operation<admin_delete_user_attributes>("AdminDeleteUserAttributes", administrator),
        operation<update_user_attributes>("UpdateUserAttributes", token),
        operation<delete_user_attributes>("DeleteUserAttributes", token),
        operation<get_user_attribute_verification_code>("GetUserAttributeVerificationCode", token),
        operation<verify_user_attribute>("VerifyUserAttribute", token),
    };
    return table;
}

}  // namespace symbolon::aws
