#pragma once

#include "net/address.hpp"
#include "net/http.hpp"
#include "net/server/intake.hpp"

#include <boost/asio/cancellation_signal.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <string>

namespace symbolon::net {

class Worker;

using SessionHook = boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

/// What a connection is besides its stream: the phase it is in and the phase's deadline, and everything about a request
/// and its answer that is not input or output. Used on its worker's thread only. Deadlines cost a request nothing but a
/// look at the clock: the worker goes through its connections every now and then and ends those that are late.
class SessionBase : public SessionHook {
public:
    using Clock = std::chrono::steady_clock;

    virtual ~SessionBase();
    SessionBase(const SessionBase&) = delete;
    SessionBase& operator=(const SessionBase&) = delete;

    /// Ends what is late: a handler is cancelled (and given a last while to notice), a connection closed.
    void check_deadline(Clock::time_point now);
    /// The server is stopping: an idle connection closes at once, another one behind its response.
    void drain();
    /// Closes the connection if it waits for a request; true when it did.
    bool close_if_idle();
    /// Closes the connection and cancels its handler.
    void kill();
    boost::asio::cancellation_slot slot() { return signal_.slot(); }

protected:
    enum class Phase { handshake, idle, reading, handling, writing, closing };

    SessionBase(Worker& worker, const Address& peer, bool tls);

    virtual void close() = 0;
    virtual bool has_input() = 0;
    /// Ends a wait for input, but loses no input that has been read and not yet been looked at, as close() would.
    virtual void stop_waiting() = 0;

    void enter(Phase phase);
    /// Counts the request and fills in what HTTP does not say: id, scheme, addresses.
    Request begin_request();
    /// Turns a handler's outcome into the bytes of the response's head, in head_; the body stays in response_.
    void end_request(std::optional<Response> response, const std::exception_ptr& failure);
    /// The same for a request that was refused before any handler saw it.
    void refuse(int status);
    std::size_t response_size() const { return head_.size() + body_.size(); }

    Worker& worker_;
    Intake intake_;
    std::string client_certificate_;  ///< DER, of the connection; "" for none
    std::string head_;                ///< of the response; with the body when that is small
    std::string body_;                ///< of the response, when it is not in head_
    bool keep_alive_ = true;
    bool handler_cancelled_ = false;

private:
    struct Summary {
        std::string id, method, path, client;
    };

    /// What a trusted proxy says of its client.
    void apply_proxy(Request& request) const;
    Response describe(const std::exception_ptr& failure) const;
    void compose(Response response);
    void log_access(int status) const;

    const Address peer_;
    const std::string peer_text_;
    const bool tls_;
    const bool peer_trusted_;
    boost::asio::cancellation_signal signal_;
    Phase phase_ = Phase::idle;
    Clock::time_point deadline_;
    Clock::time_point started_;
    Summary summary_;
    bool head_only_ = false;
};

using SessionList = boost::intrusive::list<SessionBase, boost::intrusive::constant_time_size<false>>;

}  // namespace symbolon::net
