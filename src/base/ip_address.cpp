#include "base/ip_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace symbolon {
namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::vector<IpBlock> parse_blocks(std::initializer_list<std::string_view> texts) {
    std::vector<IpBlock> blocks;
    for (const auto text : texts) blocks.push_back(IpBlock::parse(text).value());
    return blocks;
}

bool in_any(const std::vector<IpBlock>& blocks, const IpAddress& address) {
    return std::any_of(blocks.begin(), blocks.end(), [&](const auto& block) { return block.contains(address); });
}

}  // namespace

IpAddress IpAddress::from_v4(const std::array<std::uint8_t, 4>& bytes) {
    std::array<std::uint8_t, 16> mapped{};
    std::copy(v4_prefix.begin(), v4_prefix.end(), mapped.begin());
    std::copy(bytes.begin(), bytes.end(), mapped.begin() + 12);
    return IpAddress(mapped);
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    const std::string terminated(text);
    if (terminated.size() != text.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
    std::array<std::uint8_t, 4> v4{};
    if (::inet_pton(AF_INET, terminated.c_str(), v4.data()) == 1) return from_v4(v4);
    std::array<std::uint8_t, 16> v6{};
    if (::inet_pton(AF_INET6, terminated.c_str(), v6.data()) == 1) return IpAddress(v6);
    return std::nullopt;
}

bool IpAddress::is_v4() const {
    return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes_.begin());
}

std::string IpAddress::to_string() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_v4()) {
        ::inet_ntop(AF_INET, bytes_.data() + 12, text.data(), text.size());
    } else {
        ::inet_ntop(AF_INET6, bytes_.data(), text.data(), text.size());
    }
    return text.data();
}

bool IpAddress::is_public() const {
    // IANA's special-purpose registries (RFC 6890 and its updates) and multicast.
    static const auto v4_special =
        parse_blocks({"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                      "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
                      "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"});
    // Of IPv6 only 2000::/3 is global unicast; in it lie Teredo and its kin, documentation, and 6to4.
    static const auto v6_global = IpBlock::parse("2000::/3").value();
    static const auto v6_special = parse_blocks({"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"});
    if (is_v4()) return !in_any(v4_special, *this);
    return v6_global.contains(*this) && !in_any(v6_special, *this);
}

std::optional<IpBlock> IpBlock::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto network = IpAddress::parse(text.substr(0, slash));
    if (!network) return std::nullopt;
    if (slash == std::string_view::npos) return IpBlock(*network, 128);
    const auto length = text.substr(slash + 1);
    std::size_t bits = 0;
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
    if (error != std::errc{} || end != length.data() + length.size() || length.empty()) return std::nullopt;
    const bool v4 = text.find(':') == std::string_view::npos;
    if (bits > (v4 ? 32U : 128U)) return std::nullopt;
    return IpBlock(*network, v4 ? bits + 96 : bits);
}

bool IpBlock::contains(const IpAddress& address) const {
    const auto whole = bits_ / 8;
    const auto& a = network_.bytes();
    const auto& b = address.bytes();
    if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
    const auto rest = bits_ % 8;
    return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

}  // namespace symbolon
