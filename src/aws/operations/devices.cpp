#include "aws/operations/devices.hpp"

#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "directory/devices.hpp"
#include "directory/pools.hpp"
#include "signin/devices.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

DeviceType describe(const directory::Device& device) {
    DeviceType out{.DeviceKey = device.key,
                   .DeviceAttributes = {{"device_status", "valid"}},
                   .DeviceCreateDate = device.created,
                   .DeviceLastModifiedDate = device.modified,
                   .DeviceLastAuthenticatedDate = device.authenticated};
    if (!device.name.empty()) out.DeviceAttributes.push_back({"device_name", device.name});
    if (!device.last_address.empty()) out.DeviceAttributes.push_back({"last_ip_used", device.last_address});
    return out;
}

DeviceType describe_for_administrators(const directory::Device& device, const directory::User& user,
                                       const Options& options) {
    auto out = describe(device);
    const std::string owner = user.username + "." + user.pool_id.str();
    out.DeviceAttributes.push_back({"dev:device_arn", "arn:aws:cognito-idp:" + options.region + ":" +
                                                          options.account_id + ":owner/" + owner + "/device/" +
                                                          device.key});
    const auto status =
        device.remembered ? DeviceRememberedStatusType::remembered : DeviceRememberedStatusType::not_remembered;
    out.DeviceAttributes.push_back({"dev:device_remembered_status", to_name(status)});
    return out;
}

std::string list_name(std::string_view operation, const PoolId& pool, const UserId& user) {
    return std::string(operation) + "|" + pool.str() + "|" + user.str();
}

template <class Describe>
DevicesResponse list_page(Scope scope, const PoolId& pool, const UserId& user, const ListPage& page,
                          Describe describe) {
    auto devices =
        directory::Devices(scope.tx, scope.context.services.sealer).list(pool, user, page.after(), page.reads());
    DevicesResponse out;
    out.PaginationToken = page.cut(devices, &directory::Device::key);
    for (const auto& device : devices) out.Devices.push_back(describe(device));
    return out;
}

/// An administrator's call names a user; whether his pool tracks devices is looked at after that.
directory::User get_user_with_devices(Scope& scope, const shape::UserPoolId& pool_id, const shape::Username& username) {
    const auto pool = get_pool(scope, pool_id);
    auto user = directory::Users(scope.tx).get_by_login(pool, username.str());
    signin::check_tracks_devices(pool);
    return user;
}

/// Without a status nothing changes, but the device must be there.
void set_status(directory::Devices devices, const PoolId& pool, const UserId& user, const std::string& key,
                const std::optional<DeviceRememberedStatusType>& status, Instant now) {
    if (status)
        devices.set_remembered(pool, user, key, *status == DeviceRememberedStatusType::remembered, now);
    else
        devices.get(pool, user, key);
}

Task<oauth::Tokens::Live> get_owner_with_devices(Context& context, std::string access_token) {
    auto owner = co_await get_token_owner(context, std::move(access_token));
    signin::check_tracks_devices(*owner.pool);
    co_return owner;
}

std::string text_of(const std::optional<shape::PlainString>& text) {
    return text ? text->str() : std::string{};
}

}  // namespace

Task<ConfirmDeviceResponse> confirm_device(Call call, ConfirmDeviceRequest in) {
    const auto owner = co_await get_owner_with_devices(call.context, in.AccessToken.str());
    if (!in.DeviceSecretVerifierConfig)
        throw Error(Errc::invalid_parameter, "Missing required parameter DeviceSecretVerifierConfig");
    const signin::DeviceConfirmation confirmation{.key = in.DeviceKey.str(),
                                                  .name = in.DeviceName ? in.DeviceName->str() : std::string{},
                                                  .salt = text_of(in.DeviceSecretVerifierConfig->Salt),
                                                  .verifier = text_of(in.DeviceSecretVerifierConfig->PasswordVerifier),
                                                  .address = call.caller.address};
    auto& services = call.context.services;
    const bool ask = co_await services.db.write([&](db::Transaction& tx) {
        return signin::confirm_device(tx, services.sealer, *owner.pool, owner.user->id, confirmation, call.now);
    });
    co_return ConfirmDeviceResponse{ask};
}

Task<Empty> update_device_status(Call call, UpdateDeviceStatusRequest in) {
    const auto owner = co_await get_owner_with_devices(call.context, in.AccessToken.str());
    auto& services = call.context.services;
    co_await services.db.write([&](db::Transaction& tx) {
        set_status({tx, services.sealer}, owner.pool->id, owner.user->id, in.DeviceKey.str(), in.DeviceRememberedStatus,
                   call.now);
    });
    co_return Empty{};
}

Task<NoBody> forget_device(Call call, OwnDeviceRequest in) {
    const auto owner = co_await get_owner_with_devices(call.context, in.AccessToken.str());
    auto& services = call.context.services;
    co_await services.db.write([&](db::Transaction& tx) {
        directory::Devices(tx, services.sealer).erase(owner.pool->id, owner.user->id, in.DeviceKey.str());
    });
    co_return NoBody{};
}

Task<DeviceResponse> get_device(Call call, OwnDeviceRequest in) {
    const auto owner = co_await get_owner_with_devices(call.context, in.AccessToken.str());
    auto& services = call.context.services;
    co_return co_await services.db.read([&](db::Transaction& tx) {
        const auto device =
            directory::Devices(tx, services.sealer).get(owner.pool->id, owner.user->id, in.DeviceKey.str());
        return DeviceResponse{describe(device)};
    });
}

Task<DevicesResponse> list_devices(Call call, ListDevicesRequest in) {
    const auto owner = co_await get_owner_with_devices(call.context, in.AccessToken.str());
    const ListPage page(call, list_name("ListDevices", owner.pool->id, owner.user->id), in.PaginationToken, in.Limit);
    co_return co_await call.context.services.db.read([&](db::Transaction& tx) {
        return list_page({tx, call.context, call.now}, owner.pool->id, owner.user->id, page, describe);
    });
}

DeviceResponse admin_get_device(Scope scope, const AdminDeviceRequest& in) {
    const auto user = get_user_with_devices(scope, in.UserPoolId, in.Username);
    const auto device =
        directory::Devices(scope.tx, scope.context.services.sealer).get(user.pool_id, user.id, in.DeviceKey.str());
    return {describe_for_administrators(device, user, scope.context.options)};
}

DevicesResponse admin_list_devices(Scope scope, const AdminListDevicesRequest& in) {
    const auto user = get_user_with_devices(scope, in.UserPoolId, in.Username);
    const ListPage page(scope, list_name("AdminListDevices", user.pool_id, user.id), in.PaginationToken, in.Limit);
    return list_page(scope, user.pool_id, user.id, page, [&](const directory::Device& device) {
        return describe_for_administrators(device, user, scope.context.options);
    });
}

NoBody admin_forget_device(Scope scope, const AdminDeviceRequest& in) {
    const auto user = get_user_with_devices(scope, in.UserPoolId, in.Username);
    directory::Devices(scope.tx, scope.context.services.sealer).erase(user.pool_id, user.id, in.DeviceKey.str());
    return {};
}

Empty admin_update_device_status(Scope scope, const AdminUpdateDeviceStatusRequest& in) {
    const auto user = get_user_with_devices(scope, in.UserPoolId, in.Username);
    set_status({scope.tx, scope.context.services.sealer}, user.pool_id, user.id, in.DeviceKey.str(),
               in.DeviceRememberedStatus, scope.now);
    return {};
}

std::span<const Operation> device_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<confirm_device>("ConfirmDevice", token),
        operation<update_device_status>("UpdateDeviceStatus", token),
        operation<forget_device>("ForgetDevice", token),
        operation<get_device>("GetDevice", token),
        operation<list_devices>("ListDevices", token),
        operation<admin_get_device, reads>("AdminGetDevice", administrator),
        operation<admin_list_devices, reads>("AdminListDevices", administrator),
        operation<admin_forget_device, writes>("AdminForgetDevice", administrator),
        operation<admin_update_device_status, writes>("AdminUpdateDeviceStatus", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
