#pragma once

#include "base/task.hpp"
#include "directory/device_authorizations.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Sign-in of devices that have no browser, or no keyboard (RFC 8628): the device shows a short code, a person types it
/// on a page elsewhere, signs in there and says yes, and the device, which asks meanwhile, gets tokens.
namespace symbolon::oauth {

inline constexpr std::string_view device_grant_type = "urn:ietf:params:oauth:grant-type:device_code";

/// Eight letters without vowels, so that they make no word, and without those that look alike (RFC 8628 §6.1). Read
/// without regard to case, and to whatever is between the letters; nothing for what is none.
std::optional<std::string> read_user_code(std::string_view typed);
/// "WDJB-MJHT".
std::string show_user_code(std::string_view code);

/// What a device gets, once.
struct DeviceCodes {
    std::string device_code;
    std::string user_code;  ///< as it is shown
};

/// Who let a device in, and with what.
struct DeviceApproval {
    signin::SignedIn signed_in;
    std::vector<std::string> scopes;
};

/// Why a device gets nothing, or not yet.
enum class DeviceRefusal { unknown, pending, too_fast, denied, expired };

/// Threads: any.
class DeviceAuthorizationService {
public:
    static constexpr std::chrono::minutes life{10};
    static constexpr std::chrono::seconds pause{5};  ///< between two questions, and what a hasty one adds
    static constexpr int most_guesses = 20;          ///< at user codes, from one address in ten minutes

    explicit DeviceAuthorizationService(signin::Services& services) : services_(services) {}

    Task<DeviceCodes> begin(signin::ClientPtr client, std::vector<std::string> scopes);
    /// What the device asks for again and again. An approval is given once.
    Task<std::variant<DeviceApproval, DeviceRefusal>> take(signin::ClientPtr client, std::string device_code);

    /// The device that waits under a code that somebody typed; nothing when none does. Fails: too_many_requests (too
    /// many guesses from that address).
    Task<std::optional<directory::DeviceAuthorization>> find(PoolId pool, std::string user_code, std::string address);
    /// The same of a code that was found before.
    Task<std::optional<directory::DeviceAuthorization>> find_again(PoolId pool, std::string user_code);
    /// Lets the device in. False when it does not wait any more.
    Task<bool> approve(directory::DeviceAuthorization device, signin::SignedIn signed_in);
    Task<bool> deny(directory::DeviceAuthorization device);

private:
    Bytes hash_user_code(const PoolId& pool, std::string_view code) const;
    Bytes hash_device_code(const PoolId& pool, std::string_view code) const;

    signin::Services& services_;
};

}  // namespace symbolon::oauth
