#include "net/raw_connection.hpp"

#include "net/http.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>

RawConnection::RawConnection(const std::string& url) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("cannot connect to " + url);
    }
}

RawConnection::~RawConnection() {
    ::close(socket_);
}

void RawConnection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void RawConnection::end_input() {
    ::shutdown(socket_, SHUT_WR);
}

bool RawConnection::read_more() {
    std::array<char, 16384> chunk;
    const auto count = ::recv(socket_, chunk.data(), chunk.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        ADD_FAILURE() << "the server neither answers nor closes";
    if (count <= 0) return false;
    buffer_.append(chunk.data(), static_cast<std::size_t>(count));
    return true;
}

std::string RawConnection::read_head() {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
        if (!read_more()) return std::exchange(buffer_, {});
    }
    auto head = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    return head;
}

std::string RawConnection::read_response() {
    auto response = read_head();
    const auto length = field_of(response, "Content-Length");
    const auto size = length.empty() ? 0 : std::stoul(length);
    while (buffer_.size() < size && read_more()) {
    }
    const auto taken = std::min<std::size_t>(size, buffer_.size());
    response += buffer_.substr(0, taken);
    buffer_.erase(0, taken);
    return response;
}

std::string RawConnection::read_all() {
    while (read_more()) {
    }
    return std::exchange(buffer_, {});
}

int status_of(std::string_view response) {
    int status = 0;
    if (response.starts_with("HTTP/1.1 ") && response.size() > 12) {
        std::from_chars(response.data() + 9, response.data() + 12, status);
    }
    return status;
}

std::string field_of(std::string_view response, std::string_view name) {
    auto lines = response.substr(0, response.find("\r\n\r\n"));
    while (!lines.empty()) {
        const auto end = lines.find("\r\n");
        const auto line = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 2);
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos && symbolon::net::equal_without_case(line.substr(0, colon), name)) {
            return std::string(line.substr(colon + 2));
        }
    }
    return {};
}

std::string body_of(std::string_view response) {
    const auto end = response.find("\r\n\r\n");
    return end == std::string_view::npos ? std::string() : std::string(response.substr(end + 4));
}
