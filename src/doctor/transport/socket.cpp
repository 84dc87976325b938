#include "doctor/transport/socket.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

namespace symbolon::doctor {

namespace {

/// An address as sockets take it.
struct Target {
    sockaddr_storage storage{};
    socklen_t size = 0;
};

Target target_of(const IpAddress& address, std::uint16_t port) {
    Target out;
    if (address.is_v4()) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        std::memcpy(&v4.sin_addr, address.bytes().data() + 12, 4);
        std::memcpy(&out.storage, &v4, sizeof v4);
        out.size = sizeof v4;
        return out;
    }
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&v6.sin6_addr, address.bytes().data(), 16);
    std::memcpy(&out.storage, &v6, sizeof v6);
    out.size = sizeof v6;
    return out;
}

std::string text_of_error(int code) {
    return std::system_category().message(code);
}

}  // namespace

Socket::~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool Socket::wait(bool for_reading, std::chrono::steady_clock::time_point until) const {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    pollfd waiting{descriptor_, static_cast<short>(for_reading ? POLLIN : POLLOUT), 0};
    return left > 0 && ::poll(&waiting, 1, static_cast<int>(left)) > 0;
}

Socket connect_socket(const IpAddress& address, std::uint16_t port, std::chrono::milliseconds limit,
                      std::string& problem) {
    const auto target = target_of(address, port);
    Socket out(::socket(target.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!out) {
        problem = text_of_error(errno);
        return {};
    }
    if (::connect(out.get(), reinterpret_cast<const sockaddr*>(&target.storage), target.size) == 0) return out;
    if (errno != EINPROGRESS) {
        problem = text_of_error(errno);
        return {};
    }
    if (!out.wait(false, std::chrono::steady_clock::now() + limit)) {
        problem = "no answer within " + std::to_string(limit.count()) + " ms";
        return {};
    }
    int code = 0;
    socklen_t size = sizeof code;
    ::getsockopt(out.get(), SOL_SOCKET, SO_ERROR, &code, &size);
    if (code == 0) return out;
    problem = text_of_error(code);
    return {};
}

std::vector<IpAddress> look_up(const std::string& host) {
    if (const auto numeric = IpAddress::parse(host)) return {*numeric};
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0) return {};
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(list, ::freeaddrinfo);
    std::vector<IpAddress> out;
    for (const auto* entry = list; entry != nullptr; entry = entry->ai_next) {
        if (entry->ai_family == AF_INET) {
            sockaddr_in v4{};
            std::memcpy(&v4, entry->ai_addr, sizeof v4);
            std::array<std::uint8_t, 4> bytes{};
            std::memcpy(bytes.data(), &v4.sin_addr, bytes.size());
            out.push_back(IpAddress::from_v4(bytes));
        } else if (entry->ai_family == AF_INET6) {
            sockaddr_in6 v6{};
            std::memcpy(&v6, entry->ai_addr, sizeof v6);
            std::array<std::uint8_t, 16> bytes{};
            std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
            out.push_back(IpAddress::from_v6(bytes));
        }
    }
    return out;
}

}  // namespace symbolon::doctor
