#include "fuzz.hpp"
#include "net/server/forwarded.hpp"
#include "net/server/forwarded_element.hpp"
#include "net/server/target.hpp"

using namespace symbolon;

namespace {

const net::TrustedProxies& proxies() {
    static const net::TrustedProxies value({"10.0.0.0/8", "2001:db8::/32"});
    return value;
}

void check_parts(std::string_view field) {
    for (const auto item : net::split_list(field)) {
        const auto element = net::parse_forwarded_element(item);
        if (!element) continue;
        const auto node = net::parse_node(element->node);
        fuzz::require(!node || net::Address::parse(node->to_string()) == node, "an address is read as it is written");
    }
}

}  // namespace

/// The lines are the values of Forwarded, X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    net::Request request;
    request.client_address = "10.0.0.1";
    request.scheme = "http";
    request.host = "id.example";
    auto rest = fuzz::text_of(data, size);
    check_parts(rest);
    for (const auto* name : {"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"}) {
        const auto value = fuzz::take_part(rest);
        if (!value.empty()) request.headers.add(name, std::string(value));
    }
    proxies().apply(request);
    fuzz::require(net::Address::parse(request.client_address).has_value(), "a client's address is an address");
    fuzz::require(request.scheme == "http" || request.scheme == "https", "the scheme is http or https");
    fuzz::require(net::is_authority(request.host), "the host is a host");
    return 0;
}
