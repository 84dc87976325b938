#include "net/server/forwarded.hpp"

#include "base/error.hpp"
#include "net/server/forwarded_element.hpp"
#include "net/server/target.hpp"

#include <algorithm>

namespace symbolon::net {
namespace {

std::vector<std::string_view> list_of(const Headers& headers, std::string_view name) {
    std::vector<std::string_view> items;
    for (const auto value : headers.find_all(name)) {
        for (const auto item : split_list(value)) items.push_back(item);
    }
    return items;
}

std::optional<std::string> to_scheme(std::string_view text) {
    if (equal_without_case(text, "https")) return "https";
    if (equal_without_case(text, "http")) return "http";
    return std::nullopt;
}

std::optional<std::string> to_host(std::string_view text) {
    if (!is_authority(text)) return std::nullopt;
    return to_lower(text);
}

/// The element that the same hop wrote: lists grow at the right, and a proxy may have written a single value for all.
std::string_view item_at(const std::vector<std::string_view>& items, std::size_t from_right) {
    if (items.empty()) return {};
    return items[items.size() - 1 - std::min(from_right, items.size() - 1)];
}

}  // namespace

TrustedProxies::TrustedProxies(const std::vector<std::string>& blocks) {
    for (const auto& text : blocks) {
        const auto block = AddressBlock::parse(text);
        if (!block) throw Error{Errc::invalid_parameter, "Not an address or a block of addresses: " + text};
        blocks_.push_back(*block);
    }
}

bool TrustedProxies::trusts(const Address& address) const {
    return std::any_of(blocks_.begin(), blocks_.end(), [&](const auto& block) { return block.contains(address); });
}

TrustedProxies::Origin TrustedProxies::read_x_forwarded(const Headers& headers) const {
    Origin origin;
    std::size_t hop = 0;
    const auto hops = list_of(headers, "X-Forwarded-For");
    for (auto item = hops.rbegin(); item != hops.rend(); ++item) {
        const auto address = parse_node(*item);
        if (!address) break;
        origin.client = address->to_string();
        hop = static_cast<std::size_t>(item - hops.rbegin());
        if (!trusts(*address)) break;
    }
    origin.scheme = to_scheme(item_at(list_of(headers, "X-Forwarded-Proto"), hop));
    origin.host = to_host(item_at(list_of(headers, "X-Forwarded-Host"), hop));
    return origin;
}

TrustedProxies::Origin TrustedProxies::read_forwarded(const Headers& headers) const {
    Origin origin;
    const auto hops = list_of(headers, "Forwarded");
    for (auto item = hops.rbegin(); item != hops.rend(); ++item) {
        const auto element = parse_forwarded_element(*item);
        if (!element) break;
        // Each element is the word of the proxy to its right, or of the peer: so it is believed as long as those are.
        if (const auto scheme = to_scheme(element->proto)) origin.scheme = scheme;
        if (const auto host = to_host(element->host)) origin.host = host;
        const auto address = parse_node(element->node);
        if (!address) break;
        origin.client = address->to_string();
        if (!trusts(*address)) break;
    }
    return origin;
}

void TrustedProxies::apply(Request& request) const {
    const bool one = request.headers.find("X-Forwarded-For") || request.headers.find("X-Forwarded-Proto") ||
                     request.headers.find("X-Forwarded-Host");
    const bool other = request.headers.find("Forwarded").has_value();
    if (!one && !other) return;
    auto origin = one ? read_x_forwarded(request.headers) : read_forwarded(request.headers);
    if (one && other && origin != read_forwarded(request.headers)) return;
    if (origin.client) request.client_address = std::move(*origin.client);
    if (origin.scheme) request.scheme = std::move(*origin.scheme);
    if (origin.host) request.host = std::move(*origin.host);
}

}  // namespace symbolon::net
