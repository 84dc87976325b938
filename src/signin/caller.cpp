#include "base/error.hpp"
#include "base/ip_address.hpp"
#include "directory/clients.hpp"
#include "signin/services.hpp"

#include <utility>

namespace symbolon::signin {

Caller as_told(const directory::Client& client, Caller caller) {
    const std::string told = std::exchange(caller.told_address, {});
    if (told.empty() || !client.tells_addresses()) return caller;
    const auto address = IpAddress::parse(told);
    if (!address) throw Error(Errc::invalid_parameter, "IpAddress is not a valid IP address.");
    caller.address = address->to_string();
    return caller;
}

}  // namespace symbolon::signin
