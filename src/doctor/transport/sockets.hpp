#pragma once

#include "doctor/transport.hpp"

#include <string>
#include <vector>

namespace symbolon::doctor {

/// The real Network: the system's resolver, sockets, OpenSSL. Every wait has a limit.
class SocketNetwork final : public Network {
public:
    /// `ca_file`: PEM roots beside the system's; "" for these alone.
    SocketNetwork(std::string ca_file, std::vector<Detour> detours, const Clock& clock);

    std::optional<std::vector<IpAddress>> resolve(const std::string& host) override;
    std::string connect(const IpAddress& address, std::uint16_t port) override;
    TlsReport shake_hands(const std::string& host, std::uint16_t port, TlsOffer offer) override;

private:
    std::string ca_file_;
    std::vector<Detour> detours_;
    const Clock& clock_;
};

}  // namespace symbolon::doctor
