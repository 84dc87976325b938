#include "load.hpp"

#include "net/http.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace symbolon::bench {

namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

class Descriptor {
public:
    Descriptor(int fd, const char* what) : fd_(fd) {
        if (fd < 0) fail(what);
    }
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

private:
    int fd_;
};

/// One keep-alive connection with at most one request under way. Requests here fit into a socket's buffer, so that they
/// are written in one call, blocking; answers are read when epoll says so.
class Connection {
public:
    explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket") {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("connect");
        const int on = 1;
        ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }

    int socket() const { return socket_.get(); }
    /// Since the request that was answered last was sent.
    Seconds waited() const { return std::chrono::steady_clock::now() - asked_; }
    bool busy() const { return busy_; }

    void send(const std::string& request) {
        asked_ = std::chrono::steady_clock::now();
        if (::send(socket_.get(), request.data(), request.size(), MSG_NOSIGNAL) != std::ssize(request)) fail("send");
        busy_ = true;
        received_.clear();
    }

    /// Reads what has arrived; the answer once it is complete.
    std::optional<Answer> receive() {
        std::array<char, 16384> buffer;
        const auto count = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
        if (count <= 0) throw std::runtime_error("The server closed a connection:\n" + received_);
        received_.append(buffer.data(), static_cast<std::size_t>(count));
        return parse();
    }

private:
    std::optional<Answer> parse() {
        const auto head_end = received_.find("\r\n\r\n");
        if (head_end == std::string::npos) return std::nullopt;
        Answer answer;
        answer.head = std::string_view(received_).substr(0, head_end + 2);
        std::from_chars(received_.data() + 9, received_.data() + 12, answer.status);
        std::size_t length = 0;
        const auto text = answer.field("Content-Length");
        std::from_chars(text.data(), text.data() + text.size(), length);
        if (received_.size() < head_end + 4 + length) return std::nullopt;
        answer.body = std::string_view(received_).substr(head_end + 4);
        busy_ = false;
        return answer;
    }

    Descriptor socket_;
    std::string received_;
    bool busy_ = false;
    std::chrono::steady_clock::time_point asked_;
};

Seconds cpu_time_of_all(const Target& target) {
    Seconds sum{0};
    for (const auto& node : target.nodes) sum += cpu_time_of(node.process);
    return sum;
}

/// The connections of a load, and the loop that serves them.
class Driver {
public:
    Driver(const std::vector<Node>& nodes, std::size_t count, Script& script)
        : script_(script), epoll_(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1") {
        connections_.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            connections_.emplace_back(nodes[i % nodes.size()].port);
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, connections_[i].socket(), &event) != 0) fail("epoll_ctl");
        }
    }

    /// Asks on every idle connection.
    void feed() {
        starved_ = false;
        for (std::size_t i = 0; i < connections_.size(); ++i) {
            if (!connections_[i].busy()) ask(i);
        }
    }
    /// True when a connection was idle for want of a request.
    bool starved() const { return starved_; }

    /// Waits for answers and notes how long each took. `go_on`: connections that got one ask again at once.
    void wait(int milliseconds, bool go_on, std::vector<Seconds>& latencies) {
        std::array<epoll_event, 64> events;
        const int ready = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), milliseconds);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        for (int i = 0; i < ready; ++i) {
            const auto index = static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
            const auto answer = connections_[index].receive();
            if (!answer) continue;
            latencies.push_back(connections_[index].waited());
            script_.answered(index, *answer);
            if (go_on) ask(index);
        }
    }

    bool any_busy() const {
        for (const auto& connection : connections_) {
            if (connection.busy()) return true;
        }
        return false;
    }

private:
    void ask(std::size_t index) {
        if (const auto request = script_.next(index)) {
            connections_[index].send(*request);
        } else {
            starved_ = true;
        }
    }

    Script& script_;
    Descriptor epoll_;
    std::vector<Connection> connections_;
    bool starved_ = false;
};

}  // namespace

std::string_view Answer::field(std::string_view name) const {
    for (auto at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at)) {
        at += 2;
        const auto line = head.substr(at, head.find("\r\n", at) - at);
        const auto colon = line.find(':');
        if (net::equal_without_case(line.substr(0, colon), name)) return line.substr(std::min(colon + 2, line.size()));
    }
    return {};
}

void expect(const Answer& answer, int status) {
    if (answer.status == status) return;
    throw std::runtime_error("Expected " + std::to_string(status) + ", got\n" + std::string(answer.head) + "\n" +
                             std::string(answer.body));
}

std::string to_request(std::string_view method, std::string_view target, const Fields& fields, std::string_view body) {
    std::string out;
    out.append(method).append(" ").append(target).append(" HTTP/1.1\r\n");
    for (const auto& [name, value] : fields) out.append(name).append(": ").append(value).append("\r\n");
    if (!body.empty()) out.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    out.append("\r\n").append(body);
    return out;
}

Fields api_fields(const std::string& host, const std::string& operation) {
    return {{"Host", host},
            {"Content-Type", "application/x-amz-json-1.1"},
            {"X-Amz-Target", "AWSCognitoIdentityProviderService." + operation}};
}

Pace drive(const Target& target, std::size_t connections, Seconds duration, Script& script) {
    using Clock = std::chrono::steady_clock;
    Driver driver(target.nodes, connections, script);
    Pace pace;
    const auto cpu = cpu_time_of_all(target);
    const auto begin = Clock::now();
    driver.feed();
    while (pace.wall < duration && !script.finished()) {
        // Without sleep where that is possible: a server whose client sleeps pays for waking it up with every answer.
        const int patience = target.may_spin && !driver.starved() ? 0 : 1;
        driver.wait(patience, true, pace.latencies);
        if (driver.starved()) driver.feed();
        pace.wall = Clock::now() - begin;
    }
    pace.count = static_cast<double>(pace.latencies.size());
    pace.cpu = cpu_time_of_all(target) - cpu;
    const auto deadline = Clock::now() + std::chrono::seconds(10);
    std::vector<Seconds> not_counted;
    while (driver.any_busy() && Clock::now() < deadline) driver.wait(100, false, not_counted);
    return pace;
}

}  // namespace symbolon::bench
