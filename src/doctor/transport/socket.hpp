#pragma once

#include "base/ip_address.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::doctor {

/// A connected TCP socket that does not block; closed at its end.
class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket();

    int get() const { return descriptor_; }
    explicit operator bool() const { return descriptor_ >= 0; }
    /// Waits until it can be read or written. False when the time is over.
    bool wait(bool for_reading, std::chrono::steady_clock::time_point until) const;

private:
    int descriptor_ = -1;
};

/// Connects within the limit; `problem` says why not.
Socket connect_socket(const IpAddress& address, std::uint16_t port, std::chrono::milliseconds limit,
                      std::string& problem);
/// The addresses of a name, or the numeric address itself; empty when there are none.
std::vector<IpAddress> look_up(const std::string& host);

}  // namespace symbolon::doctor
