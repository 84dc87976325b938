#include "fuzz.hpp"
#include "net/address.hpp"
#include "net/origin.hpp"

#include <string>

using namespace symbolon;

namespace {

void check_address(std::string_view text) {
    const auto address = net::Address::parse(text);
    if (!address) return;
    fuzz::require(net::Address::parse(address->to_string()) == address, "an address is read as it is written");
    const auto own = net::AddressBlock::parse(text);
    fuzz::require(own && own->contains(*address), "an address is a block of one");
    fuzz::require(net::AddressBlock::parse("::/0")->contains(*address), "all addresses hold it");
    if (address->is_v4()) fuzz::require(address->to_string().find(':') == std::string::npos, "IPv4 has its own form");
    for (const auto* internal : {"127.0.0.0/8", "10.0.0.0/8", "192.168.0.0/16", "169.254.0.0/16", "::1", "fc00::/7"}) {
        if (net::AddressBlock::parse(internal)->contains(*address))
            fuzz::require(!address->is_public(), "what is internal is not public");
    }
}

void check_origin(std::string_view url, std::string_view host) {
    const auto authority = net::authority_of(url);
    fuzz::require(authority.find_first_of("/?#") == std::string_view::npos, "an authority ends where the path begins");
    fuzz::require(authority.starts_with(net::without_port(authority)), "the port is at its end");
    const auto origin = net::origin_of(url);
    fuzz::require(net::origin_of(origin) == origin, "an origin is its own");

    const net::OwnHosts hosts("127.0.0.1", "https://id.example:8400");
    if (!hosts.contains(host)) return;
    const auto name = net::without_port(host);
    const auto bare = name.starts_with('[') && name.ends_with(']') ? name.substr(1, name.size() - 2) : name;
    fuzz::require(name == "localhost" || name == "id.example" || net::Address::parse(bare).has_value(),
                  "a foreign name is none of our hosts");
}

}  // namespace

/// The lines: an address or a block of them, a URL, the Host field.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto rest = fuzz::text_of(data, size);
    const auto address = fuzz::take_part(rest);
    check_address(address);
    net::AddressBlock::parse(address);
    const auto url = fuzz::take_part(rest);
    check_origin(url, rest);
    return 0;
}
