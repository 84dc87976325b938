#include "db/postgres/cutting_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace symbolon::db::postgres {
namespace {

constexpr int short_wait_ms = 20;  // after which it is looked whether the end has come

sockaddr_in local_address() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int connect_to(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
        throw std::runtime_error("the proxy does not reach the server");
    return fd;
}

/// Carries what is there from one socket to the other, or nowhere (-1). False at the end.
bool carry_some(int from, int to) {
    std::array<char, 16384> buffer{};
    const auto size = recv(from, buffer.data(), buffer.size(), 0);
    if (size <= 0) return false;
    return to < 0 || send(to, buffer.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
}

}  // namespace

CuttingProxy::CuttingProxy(const std::string& folder, const std::string& port)
    : server_(folder + "/.s.PGSQL." + port), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = local_address();
    socklen_t size = sizeof(address);
    if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 || listen(listener_, 16) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("the proxy cannot listen");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
}

CuttingProxy::~CuttingProxy() {
    ending_ = true;
    acceptor_.join();
    for (auto& carrier : carriers_) carrier.join();
    close(listener_);
}

void CuttingProxy::accept_all() {
    while (!ending_) {
        pollfd ready{listener_, POLLIN, 0};
        if (poll(&ready, 1, short_wait_ms) != 1) continue;
        const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client >= 0) carriers_.emplace_back([this, client] { carry(client); });
    }
}

void CuttingProxy::carry(int client) {
    const int server = connect_to(server_);
    bool open = true;
    bool swallowing = false;
    while (open && !ending_) {
        std::array<pollfd, 2> ready{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
        if (poll(ready.data(), ready.size(), short_wait_ms) <= 0) continue;
        if (ready[0].revents != 0) {
            swallowing = swallowing || swallow_.exchange(false);
            open = carry_some(client, server);
        }
        if (open && ready[1].revents != 0) {
            open = carry_some(server, swallowing ? -1 : client) && !swallowing;
        }
    }
    close(client);
    close(server);
}

}  // namespace symbolon::db::postgres
