#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon {

/// A numeric IP address. An IPv4 address equals the IPv6 address that maps it (RFC 4291 §2.5.5.2).
class IpAddress {
public:
    /// "192.0.2.1" or "2001:db8::1", without brackets, port or zone; nothing for anything else.
    static std::optional<IpAddress> parse(std::string_view text);
    static IpAddress from_v4(const std::array<std::uint8_t, 4>& bytes);
    static IpAddress from_v6(const std::array<std::uint8_t, 16>& bytes) { return IpAddress(bytes); }

    std::string to_string() const;
    bool is_v4() const;
    /// False for what is not reached over the public Internet: loopback, private, link-local (with the metadata
    /// services of clouds), shared, multicast, documentation, reserved, and tunnels that hide such an address.
    bool is_public() const;
    const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }

    friend bool operator==(const IpAddress&, const IpAddress&) = default;

private:
    explicit IpAddress(const std::array<std::uint8_t, 16>& bytes) : bytes_(bytes) {}

    std::array<std::uint8_t, 16> bytes_;
};

/// A block of addresses, "10.0.0.0/8"; a single address is a block of one.
class IpBlock {
public:
    static std::optional<IpBlock> parse(std::string_view text);
    bool contains(const IpAddress& address) const;

private:
    IpBlock(const IpAddress& network, std::size_t bits) : network_(network), bits_(bits) {}

    IpAddress network_;
    std::size_t bits_;  ///< of 128
};

}  // namespace symbolon
