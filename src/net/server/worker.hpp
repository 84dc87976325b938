#pragma once

#include "net/server/certificates.hpp"
#include "net/server/forwarded.hpp"
#include "net/server/places.hpp"
#include "net/server/request_ids.hpp"
#include "net/server/response_head.hpp"
#include "net/server/session_base.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace symbolon::net {

/// What all workers share; but for the places it does not change while they run.
struct Service {
    ServerOptions options;
    Handler handler;
    TrustedProxies proxies;
    std::vector<std::unique_ptr<Certificates>> certificates;  ///< by listener; null: plain HTTP
    std::unique_ptr<Places> places;
};

/// One thread, its event loop, its listening sockets and its connections. Nothing of it is touched by another thread
/// but start(), drain(), join() and the counters.
class Worker {
public:
    explicit Worker(const Service& service);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Binds the next listener's socket; returns where it is bound.
    boost::asio::ip::tcp::endpoint bind(const boost::asio::ip::tcp::endpoint& endpoint);
    /// Looks at the certificate files every few seconds, on this worker's thread.
    void watch_certificates();
    void start();
    void drain();
    void join();

    struct Counters {
        std::atomic<std::uint64_t> connections{0}, open_connections{0}, requests{0}, bad_requests{0};
        std::atomic<std::uint64_t> refused_connections{0}, displaced_connections{0};
        /// Cheaper than a locked increment: each counter has one writer.
        static void add(std::atomic<std::uint64_t>& counter, std::int64_t amount = 1) {
            counter.store(counter.load(std::memory_order_relaxed) + static_cast<std::uint64_t>(amount),
                          std::memory_order_relaxed);
        }
    };

    // For sessions, on this worker's thread.
    const Service& service() const { return service_; }
    Counters& counters() { return counters_; }
    const Counters& counters() const { return counters_; }
    RequestIds& request_ids() { return request_ids_; }
    DateLine& date() { return date_; }
    bool draining() const { return draining_; }
    /// A connection begins, and ends: it has a place in between.
    void enrol(SessionBase& session);
    void dismiss();

private:
    Task<void> accept(std::size_t listener);
    Task<void> sweep();
    Task<void> look_at_certificates();
    void open(boost::asio::ip::tcp::socket socket, std::size_t listener);
    bool close_idle_connection();
    void turn_away(boost::asio::ip::tcp::socket socket, bool tls);
    void complain(std::string_view what, const std::string& detail);
    void begin_drain();
    void take_waiting_connections();
    Task<void> end_drain();

    const Service& service_;
    const std::chrono::milliseconds sweep_period_;
    Counters counters_;
    RequestIds request_ids_;
    DateLine date_;
    bool draining_ = false;
    bool sweeping_ = false;
    SessionBase::Clock::time_point complained_{};
    SessionList sessions_;
    boost::asio::io_context context_{1};  ///< ends before the sessions' list: it still holds sessions
    boost::asio::steady_timer sweep_timer_{context_};
    boost::asio::steady_timer certificate_timer_{context_};
    boost::asio::steady_timer drain_timer_{context_};
    std::vector<boost::asio::ip::tcp::acceptor> acceptors_;  ///< by listener
    std::thread thread_;
};

}  // namespace symbolon::net
