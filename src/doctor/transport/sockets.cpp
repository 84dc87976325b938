#include "doctor/transport/sockets.hpp"

#include "doctor/transport/handshake.hpp"
#include "doctor/transport/socket.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace symbolon::doctor {

namespace {

constexpr std::chrono::milliseconds limit{8000};

std::uint16_t port_of(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (problem != std::errc{} || end != digits.data() + digits.size() || port == 0)
        throw Error(Errc::invalid_parameter, "Not a port: " + std::string(digits));
    return port;
}

}  // namespace

Detour parse_detour(const std::string& text) {
    std::vector<std::string> parts;
    std::size_t at = 0;
    while (at <= text.size()) {
        const auto end = std::min(text.find(':', at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    if (parts.size() != 4 || parts[0].empty() || parts[2].empty())
        throw Error(Errc::invalid_parameter, "Not HOST:PORT:TO_HOST:TO_PORT: " + text);
    return {net::to_lower(parts[0]), port_of(parts[1]), parts[2], port_of(parts[3])};
}

SocketNetwork::SocketNetwork(std::string ca_file, std::vector<Detour> detours, const Clock& clock)
    : ca_file_(std::move(ca_file)), detours_(std::move(detours)), clock_(clock) {}

std::optional<std::vector<IpAddress>> SocketNetwork::resolve(const std::string& host) {
    const bool directed =
        std::any_of(detours_.begin(), detours_.end(), [&](const Detour& detour) { return detour.host == host; });
    if (directed) return std::nullopt;
    return look_up(host);
}

std::string SocketNetwork::connect(const IpAddress& address, std::uint16_t port) {
    std::string problem;
    const auto socket = connect_socket(address, port, limit, problem);
    return problem;
}

TlsReport SocketNetwork::shake_hands(const std::string& host, std::uint16_t port, TlsOffer offer) {
    auto to_host = host;
    auto to_port = port;
    for (const auto& detour : detours_) {
        if (detour.host != host || detour.port != port) continue;
        to_host = detour.to_host;
        to_port = detour.to_port;
    }
    TlsReport out;
    out.problem = "the name has no address";
    for (const auto& address : look_up(to_host)) {
        std::string problem;
        const auto socket = connect_socket(address, to_port, limit, problem);
        if (!socket) {
            out.problem = problem;
            continue;
        }
        return handshake(socket, host, offer, ca_file_, clock_.now(), limit);
    }
    return out;
}

}  // namespace symbolon::doctor
