#include "aws/operations/users.hpp"

#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "aws/user_filter.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace symbolon::aws {

namespace {

UserType describe(const directory::User& user) {
    return {.Username = user.username,
            .Attributes = to_list(user),
            .UserCreateDate = user.created,
            .UserLastModifiedDate = user.modified,
            .Enabled = user.enabled,
            .UserStatus = user.status,
            .MFAOptions = mfa_options(user)};
}

/// Keeps the attributes that were asked for; an absent or empty list asks for all.
void select_attributes(UserType& user, const ListUsersRequest& in) {
    if (!in.AttributesToGet || in.AttributesToGet->empty()) return;
    std::erase_if(user.Attributes, [&](const AttributeType& attribute) {
        return std::find(in.AttributesToGet->begin(), in.AttributesToGet->end(), attribute.Name) ==
               in.AttributesToGet->end();
    });
}

std::vector<std::string> to_names(const std::optional<std::vector<DeliveryMediumType>>& media) {
    std::vector<std::string> out;
    if (!media) return out;
    for (const auto medium : *media) out.emplace_back(to_name(medium));
    return out;
}

}  // namespace

std::optional<std::vector<std::string>> mfa_settings(const directory::User& user) {
    std::vector<std::string> out;
    for (const auto factor : user.mfa.enabled) {
        if (factor != directory::MfaFactor::WEB_AUTHN) out.emplace_back(to_name(factor));
    }
    if (out.empty()) return std::nullopt;
    return out;
}

std::optional<std::string> preferred_mfa(const directory::User& user) {
    if (!user.mfa.preferred) return std::nullopt;
    return std::string(to_name(*user.mfa.preferred));
}

std::optional<std::vector<MFAOptionType>> mfa_options(const directory::User& user) {
    if (!user.mfa.by_settings.value_or(false)) return std::nullopt;
    return std::vector<MFAOptionType>{{DeliveryMediumType::SMS, "phone_number"}};
}

Task<AdminCreateUserResponse> admin_create_user(Call call, AdminCreateUserRequest in) {
    auto pool = co_await call.context.services.catalog.get_pool(PoolId(in.UserPoolId.str()));
    signin::NewUser user;
    user.username = in.Username.str();
    user.attributes = to_attributes(in.UserAttributes);
    if (in.TemporaryPassword) user.temporary_password = Password(in.TemporaryPassword->str());
    user.force_alias = in.ForceAliasCreation.value_or(false);
    user.suppress_message = in.MessageAction == MessageActionType::SUPPRESS;
    user.resend = in.MessageAction == MessageActionType::RESEND;
    user.media = to_names(in.DesiredDeliveryMediums);
    user.metadata = std::move(call.caller.metadata);
    user.validation_data = std::move(call.caller.validation_data);
    if (call.chosen != nullptr && !call.chosen->user.empty()) user.id = UserId(call.chosen->user);
    const auto created = co_await call.context.administration.create_user(std::move(pool), std::move(user));
    co_return AdminCreateUserResponse{describe(created)};
}

AdminGetUserResponse admin_get_user(Scope scope, const AdminUserRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const auto user = directory::Users(scope.tx).get_by_login(pool, in.Username.str());
    return {.Username = user.username,
            .UserAttributes = to_list(user),
            .UserCreateDate = user.created,
            .UserLastModifiedDate = user.modified,
            .Enabled = user.enabled,
            .UserStatus = user.status,
            .MFAOptions = mfa_options(user),
            .PreferredMfaSetting = preferred_mfa(user),
            .UserMFASettingList = mfa_settings(user)};
}

Task<NoBody> admin_delete_user(Call call, AdminUserRequest in) {
    auto pool = co_await call.context.services.catalog.get_pool(PoolId(in.UserPoolId.str()));
    co_await call.context.administration.erase(std::move(pool), in.Username.str());
    co_return NoBody{};
}

Task<Empty> admin_confirm_sign_up(Call call, AdminUserChange in) {
    auto pool = co_await call.context.services.catalog.get_pool(PoolId(in.UserPoolId.str()));
    co_await call.context.administration.confirm(std::move(pool), in.Username.str(), std::move(call.caller.metadata));
    co_return Empty{};
}

Task<Empty> admin_set_user_password(Call call, AdminSetUserPasswordRequest in) {
    auto pool = co_await call.context.services.catalog.get_pool(PoolId(in.UserPoolId.str()));
    Password password(in.Password.str());
    co_await call.context.administration.set_password(std::move(pool), in.Username.str(), std::move(password),
                                                      in.Permanent.value_or(false));
    co_return Empty{};
}

Task<Empty> admin_reset_user_password(Call call, AdminUserChange in) {
    auto pool = co_await call.context.services.catalog.get_pool(PoolId(in.UserPoolId.str()));
    co_await call.context.administration.reset_password(std::move(pool), in.Username.str(), call.caller);
    co_return Empty{};
}

Task<Empty> admin_disable_user(Call call, AdminUserRequest in) {
    auto pool = co_await call.context.services.catalog.get_pool(PoolId(in.UserPoolId.str()));
    co_await call.context.administration.disable(std::move(pool), in.Username.str());
    co_return Empty{};
}

Task<Empty> admin_enable_user(Call call, AdminUserRequest in) {
    auto pool = co_await call.context.services.catalog.get_pool(PoolId(in.UserPoolId.str()));
    co_await call.context.administration.enable(std::move(pool), in.Username.str());
    co_return Empty{};
}

Task<Empty> admin_user_global_sign_out(Call call, AdminUserRequest in) {
    auto pool = co_await call.context.services.catalog.get_pool(PoolId(in.UserPoolId.str()));
    co_await call.context.administration.sign_out(std::move(pool), in.Username.str());
    co_return Empty{};
}

ListUsersResponse list_users(Scope scope, const ListUsersRequest& in) {
    const auto& sealer = scope.context.services.sealer;
    const auto pool = get_pool(scope, in.UserPoolId);
    const auto filter_text = in.Filter ? in.Filter->str() : std::string{};
    const auto filter = parse_user_filter(filter_text);
    const auto list = "ListUsers|" + pool.id.str() + "|" + filter_text;
    std::optional<UserId> after;
    if (in.PaginationToken) after = UserId(open_page(sealer, list, in.PaginationToken->str(), scope.now));
    const int asked = in.Limit ? static_cast<int>(in.Limit->get()) : 0;
    const auto page = directory::Users(scope.tx).list(pool, filter, after, asked == 0 ? ListPage::usual_size : asked);
    ListUsersResponse out;
    if (page.next) out.PaginationToken = seal_page(sealer, list, page.next->str(), scope.now);
    for (const auto& user : page.users) {
        out.Users.push_back(describe(user));
        select_attributes(out.Users.back(), in);
    }
    return out;
}

std::span<const Operation> user_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<admin_create_user>("AdminCreateUser", administrator),
        operation<admin_get_user, reads>("AdminGetUser", administrator),
        operation<admin_delete_user>("AdminDeleteUser", administrator),
        operation<admin_confirm_sign_up>("AdminConfirmSignUp", administrator),
        operation<admin_set_user_password>("AdminSetUserPassword", administrator),
        operation<admin_reset_user_password>("AdminResetUserPassword", administrator),
        operation<admin_disable_user>("AdminDisableUser", administrator),
        operation<admin_enable_user>("AdminEnableUser", administrator),
        operation<admin_user_global_sign_out>("AdminUserGlobalSignOut", administrator),
        operation<list_users, reads>("ListUsers", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
