#pragma once

#include "aws/operation.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations on the devices of users (cognito-api.md §2.11, §3.10).
namespace symbolon::aws {

BOOST_DEFINE_ENUM_CLASS(DeviceRememberedStatusType, not_remembered, remembered)

struct DeviceSecretVerifierConfigType {
    std::optional<shape::PlainString> PasswordVerifier;
    std::optional<shape::PlainString> Salt;
};
BOOST_DESCRIBE_STRUCT(DeviceSecretVerifierConfigType, (), (PasswordVerifier, Salt))

namespace shape {
using DeviceName = Text<struct DeviceNameTag, 1, 1024>;
}

struct DeviceType {
    std::string DeviceKey;
    AttributeList DeviceAttributes;
    Timestamp DeviceCreateDate;
    Timestamp DeviceLastModifiedDate;
    Timestamp DeviceLastAuthenticatedDate;
};
BOOST_DESCRIBE_STRUCT(DeviceType, (),
                      (DeviceKey, DeviceAttributes, DeviceCreateDate, DeviceLastModifiedDate,
                       DeviceLastAuthenticatedDate))

struct ConfirmDeviceRequest {
    shape::TokenText AccessToken;
    shape::DeviceKey DeviceKey;
    std::optional<DeviceSecretVerifierConfigType> DeviceSecretVerifierConfig;
    std::optional<shape::DeviceName> DeviceName;
};
BOOST_DESCRIBE_STRUCT(ConfirmDeviceRequest, (), (AccessToken, DeviceKey, DeviceSecretVerifierConfig, DeviceName))

struct ConfirmDeviceResponse {
    bool UserConfirmationNecessary = false;
};
BOOST_DESCRIBE_STRUCT(ConfirmDeviceResponse, (), (UserConfirmationNecessary))

struct UpdateDeviceStatusRequest {
    shape::TokenText AccessToken;
    shape::DeviceKey DeviceKey;
    std::optional<DeviceRememberedStatusType> DeviceRememberedStatus;
};
BOOST_DESCRIBE_STRUCT(UpdateDeviceStatusRequest, (), (AccessToken, DeviceKey, DeviceRememberedStatus))

/// GetDevice and ForgetDevice. The model has AccessToken as optional; the service has no other way to know whose.
struct OwnDeviceRequest {
    shape::DeviceKey DeviceKey;
    shape::TokenText AccessToken;
};
BOOST_DESCRIBE_STRUCT(OwnDeviceRequest, (), (DeviceKey, AccessToken))

struct DeviceResponse {
    DeviceType Device;
};
BOOST_DESCRIBE_STRUCT(DeviceResponse, (), (Device))

struct ListDevicesRequest {
    shape::TokenText AccessToken;
    std::optional<shape::QueryLimitOrZero> Limit;
    std::optional<shape::SearchPaginationToken> PaginationToken;
};
BOOST_DESCRIBE_STRUCT(ListDevicesRequest, (), (AccessToken, Limit, PaginationToken))

struct DevicesResponse {
    std::vector<DeviceType> Devices;
    std::optional<std::string> PaginationToken;
};
BOOST_DESCRIBE_STRUCT(DevicesResponse, (), (Devices, PaginationToken))

/// AdminGetDevice and AdminForgetDevice.
struct AdminDeviceRequest {
    shape::DeviceKey DeviceKey;
    shape::UserPoolId UserPoolId;
    shape::Username Username;
};
BOOST_DESCRIBE_STRUCT(AdminDeviceRequest, (), (DeviceKey, UserPoolId, Username))

struct AdminListDevicesRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    std::optional<shape::QueryLimitOrZero> Limit;
    std::optional<shape::SearchPaginationToken> PaginationToken;
};
BOOST_DESCRIBE_STRUCT(AdminListDevicesRequest, (), (UserPoolId, Username, Limit, PaginationToken))

struct AdminUpdateDeviceStatusRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    shape::DeviceKey DeviceKey;
    std::optional<DeviceRememberedStatusType> DeviceRememberedStatus;
};
BOOST_DESCRIBE_STRUCT(AdminUpdateDeviceStatusRequest, (), (UserPoolId, Username, DeviceKey, DeviceRememberedStatus))

/// Fails: invalid_pool_configuration, resource_not_found (a key that was not offered to the user), invalid_parameter
/// (salt, verifier), device_key_exists.
Task<ConfirmDeviceResponse> confirm_device(Call call, ConfirmDeviceRequest in);
/// Fails, this and all below: invalid_pool_configuration, resource_not_found "Device does not exist."; those of
/// administrators also user_not_found.
Task<Empty> update_device_status(Call call, UpdateDeviceStatusRequest in);
Task<NoBody> forget_device(Call call, OwnDeviceRequest in);
Task<DeviceResponse> get_device(Call call, OwnDeviceRequest in);
Task<DevicesResponse> list_devices(Call call, ListDevicesRequest in);
DeviceResponse admin_get_device(Scope scope, const AdminDeviceRequest& in);
DevicesResponse admin_list_devices(Scope scope, const AdminListDevicesRequest& in);
NoBody admin_forget_device(Scope scope, const AdminDeviceRequest& in);
Empty admin_update_device_status(Scope scope, const AdminUpdateDeviceStatusRequest& in);

std::span<const Operation> device_operations();

}  // namespace symbolon::aws
