// Devices of users (cognito-api.md §2.11, §3.10). How a device signs in is in tests/signin.
#include "signin/devices.hpp"
#include "aws/house.hpp"
#include "base/encoding.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;

const Refused unknown_device{"ResourceNotFound", "Device does not exist."};
const Refused no_tracking{"InvalidUserPoolConfiguration", "Device tracking is not configured for the user pool."};

class DeviceCalls : public House {
protected:
    static object settings(const object& tracking) {
        return with(tutorial(), {{"MfaConfiguration", nullptr}, {"DeviceConfiguration", tracking}});
    }
    std::string access_token(std::string_view username = jane) {
        return text(sign_in(client, username), "AuthenticationResult.AccessToken");
    }
    std::string offer(const std::string& user) {
        const auto found = run(catalog.get_pool(PoolId(pool)));
        return signin::offer_device(sealer, random, *found, UserId(user)).key;
    }
    static object verifier() {
        return {{"PasswordVerifier", to_base64(Bytes(384, 2))}, {"Salt", to_base64(Bytes(16, 1))}};
    }
    object confirmation(const std::string& key) const {
        return {{"AccessToken", access},
                {"DeviceKey", key},
                {"DeviceName", "Jane's phone"},
                {"DeviceSecretVerifierConfig", verifier()}};
    }
    std::string add_device() {
        auto key = offer(sub);
        call("ConfirmDevice", confirmation(key));
        return key;
    }
    object own(const std::string& key) const { return {{"AccessToken", access}, {"DeviceKey", key}}; }
    object of_user(const std::string& key) const {
        return {{"UserPoolId", pool}, {"Username", sub}, {"DeviceKey", key}};
    }
    std::string remembered_status(const std::string& key) {
        const auto device = part(call("AdminGetDevice", of_user(key)), "Device");
        return attribute(device.at("DeviceAttributes").as_array(), "dev:device_remembered_status");
    }

    const std::string pool = add_pool(settings({{"DeviceOnlyRememberedOnUserPrompt", false}}));
    const std::string client = add_client(pool);
    const std::string sub = add_user(pool, client);
    const std::string access = access_token();
};

TEST_F(DeviceCalls, a_device_is_confirmed_and_shown) {
    const auto key = offer(sub);
    EXPECT_EQ(call("ConfirmDevice", confirmation(key)), (object{{"UserConfirmationNecessary", false}}));
    const auto device = part(call("GetDevice", own(key)), "Device");
    EXPECT_EQ(text(device, "DeviceKey"), key);
    const auto& attributes = device.at("DeviceAttributes").as_array();
    EXPECT_EQ(attribute(attributes, "device_status"), "valid");
    EXPECT_EQ(attribute(attributes, "device_name"), "Jane's phone");
    EXPECT_EQ(attribute(attributes, "last_ip_used"), "192.0.2.1");
    EXPECT_EQ(attributes.size(), 3U) << "the rest is for administrators";
    for (const char* date : {"DeviceCreateDate", "DeviceLastModifiedDate", "DeviceLastAuthenticatedDate"})
        EXPECT_TRUE(device.at(date).is_number()) << date;
    EXPECT_EQ(device.size(), 5U) << "no salt, no verifier";
}

TEST_F(DeviceCalls, an_administrator_sees_more) {
    const auto key = add_device();
    const auto device = part(call("AdminGetDevice", of_user(key)), "Device");
    const auto& attributes = device.at("DeviceAttributes").as_array();
    EXPECT_EQ(attribute(attributes, "dev:device_arn"),
              "arn:aws:cognito-idp:us-east-1:000000000000:owner/" + sub + "." + pool + "/device/" + key);
    EXPECT_EQ(attribute(attributes, "dev:device_remembered_status"), "remembered");
    EXPECT_EQ(attribute(attributes, "device_name"), "Jane's phone");
}

TEST_F(DeviceCalls, a_device_without_a_name_has_none) {
    const auto key = offer(sub);
    call("ConfirmDevice", with(confirmation(key), {{"DeviceName", nullptr}}));
    const auto device = part(call("GetDevice", own(key)), "Device");
    EXPECT_EQ(attribute(device.at("DeviceAttributes").as_array(), "device_name"), "");
}

TEST_F(DeviceCalls, a_device_is_confirmed_once) {
    const auto key = add_device();
    EXPECT_EQ(refusal("ConfirmDevice", confirmation(key)), (Refused{"DeviceKeyExists", "Device already exists."}));
}

TEST_F(DeviceCalls, what_was_not_offered_cannot_be_confirmed) {
    EXPECT_EQ(refusal("ConfirmDevice", confirmation("us-east-1_00000000-0000-4000-8000-000000000000")), unknown_device);
    add_user(pool, client, john);
    auto theirs = confirmation(offer(sub));
    theirs["AccessToken"] = access_token(john);
    EXPECT_EQ(refusal("ConfirmDevice", theirs), unknown_device) << "offered to another user";
}

TEST_F(DeviceCalls, a_verifier_is_required_and_must_be_one) {
    const auto key = offer(sub);
    EXPECT_EQ(refusal("ConfirmDevice", with(confirmation(key), {{"DeviceSecretVerifierConfig", nullptr}})),
              (Refused{"InvalidParameter", "Missing required parameter DeviceSecretVerifierConfig"}));
    const Refused invalid{"InvalidParameter",
                          "Invalid DeviceSecretVerifierConfig: the salt or the verifier is invalid."};
    for (const object& changes : {object{{"Salt", nullptr}}, object{{"PasswordVerifier", nullptr}},
                                  object{{"Salt", "***"}}, object{{"PasswordVerifier", "AQ=="}}})
        EXPECT_EQ(refusal("ConfirmDevice",
                          with(confirmation(key), {{"DeviceSecretVerifierConfig", with(verifier(), changes)}})),
                  invalid);
}

TEST_F(DeviceCalls, a_device_is_remembered_and_not) {
    const auto key = add_device();
    EXPECT_EQ(remembered_status(key), "remembered");
    EXPECT_EQ(call("UpdateDeviceStatus", with(own(key), {{"DeviceRememberedStatus", "not_remembered"}})), object{});
    EXPECT_EQ(remembered_status(key), "not_remembered");
    EXPECT_EQ(call("UpdateDeviceStatus", own(key)), object{});
    EXPECT_EQ(remembered_status(key), "not_remembered") << "nothing was said";
    EXPECT_EQ(call("AdminUpdateDeviceStatus", with(of_user(key), {{"DeviceRememberedStatus", "remembered"}})),
              object{});
    EXPECT_EQ(remembered_status(key), "remembered");
}

TEST_F(DeviceCalls, a_device_is_forgotten_with_an_empty_body) {
    const auto key = add_device();
    const auto response = send("ForgetDevice", own(key));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(refusal("GetDevice", own(key)), unknown_device);
    const auto second = add_device();
    const auto admin_response = send("AdminForgetDevice", of_user(second));
    EXPECT_EQ(admin_response.status, 200);
    EXPECT_EQ(admin_response.body, "");
    EXPECT_EQ(refusal("AdminGetDevice", of_user(second)), unknown_device);
}

TEST_F(DeviceCalls, an_unknown_device_is_not_found) {
    const std::string key = offer(sub);
    for (const char* operation : {"GetDevice", "ForgetDevice", "UpdateDeviceStatus"})
        EXPECT_EQ(refusal(operation, own(key)), unknown_device) << operation;
    for (const char* operation : {"AdminGetDevice", "AdminForgetDevice", "AdminUpdateDeviceStatus"})
        EXPECT_EQ(refusal(operation, of_user(key)), unknown_device) << operation;
    EXPECT_EQ(refusal("UpdateDeviceStatus", with(own(key), {{"DeviceRememberedStatus", "remembered"}})),
              unknown_device);
}

// Attack row 37.
TEST_F(DeviceCalls, the_device_of_another_user_is_not_found) {
    const auto key = add_device();
    add_user(pool, client, john);
    const object theirs{{"AccessToken", access_token(john)}, {"DeviceKey", key}};
    for (const char* operation : {"GetDevice", "ForgetDevice", "UpdateDeviceStatus"})
        EXPECT_EQ(refusal(operation, theirs), unknown_device) << operation;
    EXPECT_EQ(call("ListDevices", {{"AccessToken", text(theirs, "AccessToken")}}), (object{{"Devices", array{}}}));
    call("GetDevice", own(key));
}

TEST_F(DeviceCalls, devices_are_listed_by_pages) {
    std::set<std::string> made;
    for (int i = 0; i < 5; ++i) made.insert(add_device());
    const auto walk = [&](const char* operation, object request) {
        std::set<std::string> seen;
        request["Limit"] = 2;
        for (int page = 0; page < 4; ++page) {
            const auto answer = call(operation, request);
            EXPECT_LE(answer.at("Devices").as_array().size(), 2U);
            for (const auto& device : answer.at("Devices").as_array())
                EXPECT_TRUE(seen.insert(text(device.as_object(), "DeviceKey")).second);
            if (!answer.contains("PaginationToken")) return seen;
            request["PaginationToken"] = answer.at("PaginationToken");
        }
        ADD_FAILURE() << "it does not end";
        return seen;
    };
    EXPECT_EQ(walk("ListDevices", {{"AccessToken", access}}), made);
    EXPECT_EQ(walk("AdminListDevices", {{"UserPoolId", pool}, {"Username", sub}}), made);
    EXPECT_EQ(call("ListDevices", {{"AccessToken", access}, {"Limit", 0}}).at("Devices").as_array().size(), 5U)
        << "0 is the default";
}

// Attack row 35.
TEST_F(DeviceCalls, a_page_token_is_of_one_user_and_operation) {
    for (int i = 0; i < 2; ++i) add_device();
    const auto token = text(call("ListDevices", {{"AccessToken", access}, {"Limit", 1}}), "PaginationToken");
    ASSERT_NE(token, "");
    add_user(pool, client, john);
    EXPECT_EQ(refusal("ListDevices", {{"AccessToken", access_token(john)}, {"PaginationToken", token}}), invalid_page);
    EXPECT_EQ(refusal("AdminListDevices", {{"UserPoolId", pool}, {"Username", sub}, {"PaginationToken", token}}),
              invalid_page);
    EXPECT_EQ(refusal("ListDevices", {{"AccessToken", access}, {"PaginationToken", token + "A"}}), invalid_page);
}

TEST_F(DeviceCalls, unknown_users_are_not_found) {
    const auto key = add_device();
    for (const char* operation : {"AdminGetDevice", "AdminListDevices", "AdminForgetDevice", "AdminUpdateDeviceStatus"})
        EXPECT_EQ(refusal(operation, with(of_user(key), {{"Username", nobody}})), unknown_user) << operation;
}

class DevicesOff : public DeviceCalls {
protected:
    const std::string off_pool = add_pool(with(tutorial(), {{"MfaConfiguration", nullptr}}));
    const std::string off_client = add_client(off_pool);
    const std::string off_sub = add_user(off_pool, off_client, john);
};

// Attack row 50.
TEST_F(DevicesOff, a_pool_that_does_not_track_devices_has_none) {
    const auto token = text(sign_in(off_client, john), "AuthenticationResult.AccessToken");
    const std::string key = "us-east-1_0";
    for (const char* operation : {"GetDevice", "ForgetDevice", "UpdateDeviceStatus"})
        EXPECT_EQ(refusal(operation, {{"AccessToken", token}, {"DeviceKey", key}}), no_tracking) << operation;
    EXPECT_EQ(refusal("ConfirmDevice", with(confirmation(key), {{"AccessToken", token}})), no_tracking);
    EXPECT_EQ(refusal("ListDevices", {{"AccessToken", token}}), no_tracking);
    const object named{{"UserPoolId", off_pool}, {"Username", off_sub}, {"DeviceKey", key}};
    for (const char* operation : {"AdminGetDevice", "AdminForgetDevice", "AdminUpdateDeviceStatus", "AdminListDevices"})
        EXPECT_EQ(refusal(operation, named), no_tracking) << operation;
}

class DevicesAsking : public DeviceCalls {
protected:
    const std::string asking = add_pool(settings({{"DeviceOnlyRememberedOnUserPrompt", true}}));
    const std::string asking_client = add_client(asking);
    const std::string asking_sub = add_user(asking, asking_client, john);
};

TEST_F(DevicesAsking, says_that_the_user_is_to_be_asked) {
    const auto found = run(catalog.get_pool(PoolId(asking)));
    const auto key = signin::offer_device(sealer, random, *found, UserId(asking_sub)).key;
    auto request = confirmation(key);
    request["AccessToken"] = text(sign_in(asking_client, john), "AuthenticationResult.AccessToken");
    EXPECT_EQ(call("ConfirmDevice", request), (object{{"UserConfirmationNecessary", true}}));
    const auto device =
        part(call("AdminGetDevice", {{"UserPoolId", asking}, {"Username", asking_sub}, {"DeviceKey", key}}), "Device");
    EXPECT_EQ(attribute(device.at("DeviceAttributes").as_array(), "dev:device_remembered_status"), "not_remembered");
}

}  // namespace
}  // namespace symbolon::aws
