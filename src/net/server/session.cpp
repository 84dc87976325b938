#include "net/server/session.hpp"

#include "base/log.hpp"
#include "net/server/tls_context.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

namespace symbolon::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;
using error_code = boost::system::error_code;

template <class Stream>
class Session final : public SessionBase {
    static constexpr bool tls = std::is_same_v<Stream, TlsStream>;

public:
    Session(Worker& worker, Stream stream, const Address& peer, std::shared_ptr<const CertificateSet> certificates)
        : SessionBase(worker, peer, tls), certificates_(std::move(certificates)), stream_(std::move(stream)) {
        if constexpr (tls) choose_by_server_name(stream_.native_handle(), *certificates_);
    }

    /// Requests one after the other, until either side has had enough.
    Task<void> run() {
        error_code error;
        if constexpr (tls) {
            enter(Phase::handshake);
            co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                             asio::redirect_error(asio::use_awaitable, error));
            client_certificate_ = client_certificate_of(stream_.native_handle());
        }
        keep_alive_ = !error;
        while (keep_alive_) {
            enter(intake_.idle() ? Phase::idle : Phase::reading);
            if (worker_.draining() && intake_.idle() && !has_input()) co_return;
            auto step = intake_.advance();
            while (step == Intake::Step::more || step == Intake::Step::wants_continue) {
                if (step == Intake::Step::wants_continue) {
                    co_await asio::async_write(stream_, asio::buffer(continue_line),
                                               asio::redirect_error(asio::use_awaitable, error));
                }
                const auto room = intake_.room();
                const auto count =
                    co_await stream_.async_read_some(room, asio::redirect_error(asio::use_awaitable, error));
                if (error) co_return;
                const bool first = intake_.idle();
                intake_.commit(count);
                step = intake_.advance();
                if ((first || intake_.earns_time()) && step != Intake::Step::ready) enter(Phase::reading);
            }
            if (step == Intake::Step::refused) {
                refuse(intake_.refusal());
            } else {
                co_await handle();
            }
            if (!write_at_once(error)) co_await write_rest(error);
            if (error) co_return;
        }
        if (!error) co_await finish();
    }

private:
    static constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

    Task<void> handle() {
        auto request = begin_request();
        enter(Phase::handling);
        std::optional<Response> response;
        std::exception_ptr failure;
        try {
            response = co_await worker_.service().handler(std::move(request));
        } catch (...) {
            failure = std::current_exception();
        }
        if (handler_cancelled_) {
            co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
        }
        end_request(std::move(response), failure);
    }

    /// Most responses fit into the socket's buffer: then there is nothing to wait for. True when all is done, well or
    /// not. A TLS stream has no such way.
    bool write_at_once(error_code& error) {
        written_ = 0;
        if constexpr (tls) {
            return false;
        } else {
            const std::array<asio::const_buffer, 2> parts{asio::buffer(head_), asio::buffer(body_)};
            written_ = body_.empty() ? stream_.write_some(parts[0], error) : stream_.write_some(parts, error);
            if (error == asio::error::would_block) error.clear();
            return error || written_ == response_size();
        }
    }

    Task<void> write_rest(error_code& error) {
        enter(Phase::writing);
        std::array<asio::const_buffer, 2> parts{asio::buffer(head_), asio::buffer(body_)};
        const auto of_head = std::min(written_, head_.size());
        parts[0] += of_head;
        parts[1] += written_ - of_head;
        co_await asio::async_write(stream_, parts, asio::redirect_error(asio::use_awaitable, error));
    }

    /// Closes so that the client gets the last response: closing with unread bytes would reset the connection and take
    /// the response away from a client that is still sending (RFC 9112 §9.6).
    Task<void> finish() {
        enter(Phase::closing);
        error_code error;
        if constexpr (tls) {
            if (intake_.idle()) co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
        }
        auto& socket = tcp_socket();
        socket.shutdown(tcp::socket::shutdown_send, error);
        std::array<char, 4096> ignored;
        const auto room = asio::buffer(ignored);
        while (!error) co_await socket.async_read_some(room, asio::redirect_error(asio::use_awaitable, error));
    }

    tcp::socket& tcp_socket() {
        if constexpr (tls) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }

    void close() override {
        error_code ignored;
        tcp_socket().close(ignored);
    }

    void stop_waiting() override {
        error_code ignored;
        tcp_socket().cancel(ignored);
    }

    bool has_input() override {
        error_code ignored;
        return tcp_socket().available(ignored) > 0;
    }

    std::shared_ptr<const CertificateSet> certificates_;  ///< outlives the stream, which points into it
    Stream stream_;
    std::size_t written_ = 0;  ///< bytes of the response
};

template <class Stream>
void start(std::shared_ptr<Session<Stream>> session, const tcp::socket::executor_type& executor) {
    auto done = [session](const std::exception_ptr& failure) {
        if (!failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log::error("connection failed", {{"detail", error.what()}});
        }
    };
    auto& running = *session;
    asio::co_spawn(executor, running.run(), asio::bind_cancellation_slot(running.slot(), std::move(done)));
}

Address address_of(const tcp::endpoint& endpoint) {
    const auto address = endpoint.address();
    return address.is_v4() ? Address::from_v4(address.to_v4().to_bytes())
                           : Address::from_v6(address.to_v6().to_bytes());
}

}  // namespace

void serve(Worker& worker, tcp::socket socket, std::shared_ptr<const CertificateSet> certificates) {
    error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (!error) socket.set_option(tcp::no_delay(true), error);
    if (!error) socket.non_blocking(true, error);
    if (error) return;  // gone already
    const auto executor = socket.get_executor();
    if (certificates) {
        TlsStream stream(std::move(socket), certificates->default_context());
        start(std::make_shared<Session<TlsStream>>(worker, std::move(stream), address_of(peer), certificates),
              executor);
    } else {
        start(std::make_shared<Session<tcp::socket>>(worker, std::move(socket), address_of(peer), nullptr), executor);
    }
}

}  // namespace symbolon::net
