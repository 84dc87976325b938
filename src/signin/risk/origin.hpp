#pragma once

#include "base/id.hpp"
#include "signin/services.hpp"

#include <string>
#include <string_view>

namespace symbolon::signin {

/// Where a request comes from, as far as the caller says: all of it may be forged, so it is only ever a sign. What is
/// not known is "".
struct Origin {
    std::string address;      ///< numeric
    std::string device;       ///< by which the device is known again: of the fingerprint, or browser and system
    std::string device_name;  ///< "Chrome 126, Windows 10"
    std::string timezone;     ///< "-07:00"

    bool empty() const { return address.empty() && device.empty(); }
};

/// Reads the user agent, and the fingerprint (EncodedData) that the clients' libraries collect: base64 of a JSON object
/// whose `payload` is the JSON of contextData and userPoolId. Its signature is made with the client's id, which is
/// public, and proves nothing; one of another pool, a large one, or one that cannot be read is as good as none.
Origin origin_of(const Caller& caller, const PoolId& pool);

/// "Firefox 128, Linux"; "Other, Other" for what is no browser, "" for nothing.
std::string name_device(std::string_view user_agent);

/// What two addresses of one person have in common: an IPv4 address, or the first 64 bits of an IPv6 address, whose
/// rest changes by the day (RFC 8981). "" for what is no address.
std::string network_of(std::string_view address);

}  // namespace symbolon::signin
