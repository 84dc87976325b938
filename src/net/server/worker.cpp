#include "net/server/worker.hpp"

#include "base/log.hpp"
#include "net/server/session.hpp"
#include "net/server/sockets.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds accept_pause{100};  ///< when no descriptor is left
constexpr std::chrono::milliseconds room_pause{2};      ///< for a closed connection to let go of its descriptor
constexpr std::chrono::seconds complaint_pause{1};
constexpr int most_looks = 64;  ///< at connections, for an idle one
constexpr int most_reads = 16;  ///< of what a client sends that is turned away
constexpr std::chrono::seconds certificate_period{3};
constexpr std::chrono::seconds kill_grace{2};  ///< for cancelled handlers when the drain's limit is over

/// Deadlines are kept to within an eighth of the shortest limit.
std::chrono::milliseconds sweep_period(const ServerOptions& options) {
    const auto shortest =
        std::min({options.read_limit, options.idle_limit, options.handler_limit, options.write_limit});
    return std::clamp(shortest / 8, std::chrono::milliseconds{10}, std::chrono::milliseconds{500});
}

bool is_out_of_descriptors(const error_code& error) {
    return error == boost::system::errc::too_many_files_open ||
           error == boost::system::errc::too_many_files_open_in_system;
}

std::string refusal(std::string_view date) {
    Response response;
    response.status = 503;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("Retry-After", "1");
    response.body = R"({"message":"Too many connections"})";
    std::string out;
    append_head(out, response, {.date = date, .keep_alive = false});
    return out + response.body;
}

}  // namespace

Worker::Worker(const Service& service) : service_(service), sweep_period_(sweep_period(service.options)) {}

Worker::~Worker() {
    join();
}

tcp::endpoint Worker::bind(const tcp::endpoint& endpoint) {
    auto& acceptor = acceptors_.emplace_back(context_);
    net::bind(acceptor, endpoint);
    return acceptor.local_endpoint();
}

void Worker::watch_certificates() {
    asio::co_spawn(context_, look_at_certificates(), asio::detached);
}

void Worker::start() {
    for (std::size_t listener = 0; listener < acceptors_.size(); ++listener) {
        acceptors_[listener].listen();
        asio::co_spawn(context_, accept(listener), asio::detached);
    }
    thread_ = std::thread([this] { context_.run(); });
}

void Worker::drain() {
    asio::post(context_, [this] { begin_drain(); });
}

void Worker::join() {
    if (thread_.joinable()) thread_.join();
}

void Worker::enrol(SessionBase& session) {
    sessions_.push_back(session);
    Counters::add(counters_.connections);
    Counters::add(counters_.open_connections);
    service_.places->take();
    if (sweeping_) return;
    sweeping_ = true;
    asio::co_spawn(context_, sweep(), asio::detached);
}

void Worker::dismiss() {
    Counters::add(counters_.open_connections, -1);
    service_.places->give_back();
}

Task<void> Worker::accept(std::size_t listener) {
    auto& acceptor = acceptors_[listener];
    while (acceptor.is_open()) {
        error_code error;
        auto socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (!error) {
            open(std::move(socket), listener);
        } else if (error != asio::error::operation_aborted && error != asio::error::connection_aborted) {
            complain("cannot accept", error.message());
            const bool room = is_out_of_descriptors(error) && close_idle_connection();
            asio::steady_timer pause(context_, room ? room_pause : accept_pause);
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        }
    }
}

void Worker::open(tcp::socket socket, std::size_t listener) {
    const auto& certificates = service_.certificates[listener];
    if (service_.places->full() && !close_idle_connection()) {
        turn_away(std::move(socket), certificates != nullptr);
        return;
    }
    serve(*this, std::move(socket), certificates ? certificates->current() : nullptr);
}

/// Closes the idle connection that has been open for longest, as far as a look at a few can tell: a server full of busy
/// connections must not go through all of them for each one that it turns away. The next look is at others.
bool Worker::close_idle_connection() {
    const SessionBase* first = sessions_.empty() ? nullptr : &sessions_.front();
    for (int looks = 0; looks < most_looks && first != nullptr; ++looks) {
        auto& session = sessions_.front();
        if (looks > 0 && &session == first) break;
        sessions_.splice(sessions_.end(), sessions_, sessions_.begin());
        if (session.close_if_idle()) {
            Counters::add(counters_.displaced_connections);
            return true;
        }
    }
    return false;
}

void Worker::turn_away(tcp::socket socket, bool tls) {
    Counters::add(counters_.refused_connections);
    complain("no place for a connection", std::to_string(service_.places->count()) + " are open");
    if (tls) return;  // an answer would need a handshake first
    error_code error;
    socket.non_blocking(true, error);
    if (!error) socket.write_some(asio::buffer(refusal(date_.get())), error);
    if (!error) socket.shutdown(tcp::socket::shutdown_send, error);
    // Closing over unread bytes would reset the connection and could take the answer away.
    std::array<char, 4096> ignored;
    for (int reads = 0; reads < most_reads && !error; ++reads) socket.read_some(asio::buffer(ignored), error);
}

/// Once a second at most: what goes wrong here goes wrong with every connection.
void Worker::complain(std::string_view what, const std::string& detail) {
    const auto now = SessionBase::Clock::now();
    if (now - complained_ < complaint_pause) return;
    complained_ = now;
    log::error(what, {{"detail", detail}});
}

/// Runs while there are connections, so that an idle server sleeps.
Task<void> Worker::sweep() {
    error_code stopped;
    while (!sessions_.empty() && !stopped) {
        sweep_timer_.expires_after(sweep_period_);
        co_await sweep_timer_.async_wait(asio::redirect_error(asio::use_awaitable, stopped));
        const auto now = SessionBase::Clock::now();
        for (auto session = sessions_.begin(); session != sessions_.end();) (session++)->check_deadline(now);
    }
    sweeping_ = false;
}

Task<void> Worker::look_at_certificates() {
    error_code stopped;
    while (!stopped) {
        certificate_timer_.expires_after(certificate_period);
        co_await certificate_timer_.async_wait(asio::redirect_error(asio::use_awaitable, stopped));
        if (stopped) break;
        for (const auto& certificates : service_.certificates) {
            if (certificates) certificates->reload();
        }
    }
}

void Worker::begin_drain() {
    if (std::exchange(draining_, true)) return;
    take_waiting_connections();
    for (auto& acceptor : acceptors_) acceptor.close();
    certificate_timer_.cancel();
    for (auto& session : sessions_) session.drain();
    asio::co_spawn(context_, end_drain(), asio::detached);
}

/// The kernel has completed these connections: their clients believe to be connected and may have sent a request.
void Worker::take_waiting_connections() {
    for (std::size_t listener = 0; listener < acceptors_.size(); ++listener) {
        error_code error;
        acceptors_[listener].non_blocking(true, error);
        while (!error) {
            tcp::socket socket(context_);
            acceptors_[listener].accept(socket, error);
            if (!error) open(std::move(socket), listener);
        }
    }
}

Task<void> Worker::end_drain() {
    const auto until = SessionBase::Clock::now() + service_.options.drain_limit;
    bool killed = false;
    constexpr std::chrono::milliseconds look{20};
    while (!sessions_.empty()) {
        const auto now = SessionBase::Clock::now();
        if (!killed && now >= until) {
            killed = true;
            for (auto& session : sessions_) session.kill();
        }
        if (now >= until + kill_grace) {
            context_.stop();
            co_return;
        }
        drain_timer_.expires_after(look);
        co_await drain_timer_.async_wait(asio::use_awaitable);
    }
    sweep_timer_.cancel();
}

}  // namespace symbolon::net
