#include "base/encoding.hpp"
#include "fuzz.hpp"
#include "signin/risk/origin.hpp"

#include <algorithm>
#include <string>

using namespace symbolon;

namespace {

void check_shown(std::string_view text) {
    fuzz::require(text.size() <= 256, "what is kept of it is short");
    fuzz::require(std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7F'; }), "and plain text");
}

void check_origin(const signin::Caller& caller) {
    const auto origin = signin::origin_of(caller, PoolId("us-east-1_Pool12345"));
    check_shown(origin.device);
    check_shown(origin.device_name);
    check_shown(origin.timezone);
    const auto again = signin::origin_of(caller, PoolId("us-east-1_Pool12345"));
    fuzz::require(again.device == origin.device, "a device is known again");
}

}  // namespace

/// The lines: the User-Agent field, the address that a client tells, and what its library collected, as JSON before it
/// is base64 (EncodedData).
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto rest = fuzz::text_of(data, size);
    signin::Caller caller;
    caller.address = "192.0.2.1";
    caller.user_agent = fuzz::take_part(rest);
    caller.told_address = fuzz::take_part(rest);
    check_shown(signin::name_device(caller.user_agent));
    const auto network = signin::network_of(caller.told_address);
    fuzz::require(network.size() <= 64, "a network is short");
    check_origin(caller);
    caller.fingerprint = to_base64(bytes_of(rest));
    check_origin(caller);
    caller.fingerprint = rest;
    check_origin(caller);
    return 0;
}
