#include "net/server/session_base.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "net/server/client_certificate.hpp"
#include "net/server/worker.hpp"

#include <fmt/format.h>

#include <utility>

namespace symbolon::net {
namespace {

constexpr std::chrono::seconds close_limit{1};   ///< for the client to close after us
constexpr std::chrono::seconds cancel_grace{5};  ///< for a cancelled handler to end before the connection is closed
constexpr std::size_t small_body = 8 * 1024;     ///< bytes that are cheaper to copy than to send apart
constexpr std::size_t kept_head = 32 * 1024;     ///< bytes of buffer that a connection keeps between responses

Response simple(int status, std::string_view message, std::string_view id) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.body = fmt::format(R"({{"message":"{}","requestId":"{}"}})", message, id);
    return response;
}

std::string_view message_of(int status) {
    switch (status) {
        case 413:
            return "Request body too large";
        case 431:
            return "Request header too large";
        default:
            return "Bad request";
    }
}

}  // namespace

SessionBase::SessionBase(Worker& worker, const Address& peer, bool tls)
    : worker_(worker),
      intake_(worker.service().options.max_header, worker.service().options.max_body,
              &worker.service().options.body_limit, &worker.service().options.spool),
      peer_(peer),
      peer_text_(peer.to_string()),
      tls_(tls),
      peer_trusted_(worker.service().proxies.trusts(peer)) {
    worker_.enrol(*this);
}

SessionBase::~SessionBase() {
    worker_.dismiss();
}

void SessionBase::enter(Phase phase) {
    const auto& options = worker_.service().options;
    const auto limit = [&]() -> Clock::duration {
        switch (phase) {
            case Phase::handshake:
            case Phase::reading:
                return options.read_limit;
            case Phase::idle:
                return options.idle_limit;
            case Phase::handling:
                return options.handler_limit;
            case Phase::writing:
                return options.write_limit;
            case Phase::closing:
                return close_limit;
        }
        return options.read_limit;
    };
    phase_ = phase;
    deadline_ = Clock::now() + limit();
}

void SessionBase::check_deadline(Clock::time_point now) {
    if (now < deadline_) return;
    if (phase_ != Phase::handling || handler_cancelled_) {
        deadline_ = Clock::time_point::max();
        close();
        return;
    }
    handler_cancelled_ = true;
    deadline_ = now + cancel_grace;
    signal_.emit(boost::asio::cancellation_type::terminal);
}

void SessionBase::drain() {
    close_if_idle();
}

bool SessionBase::close_if_idle() {
    if (phase_ != Phase::idle || has_input()) return false;
    enter(Phase::closing);
    stop_waiting();
    return true;
}

void SessionBase::kill() {
    close();
    if (phase_ != Phase::handling) return;
    handler_cancelled_ = true;
    signal_.emit(boost::asio::cancellation_type::terminal);
}

Request SessionBase::begin_request() {
    Worker::Counters::add(worker_.counters().requests);
    auto request = intake_.take();
    started_ = Clock::now();
    head_only_ = request.method == Method::head;
    request.request_id = worker_.request_ids().next();
    request.scheme = tls_ ? "https" : "http";
    request.client_address = peer_text_;
    request.client_certificate = client_certificate_;
    if (peer_trusted_) apply_proxy(request);
    summary_.id = request.request_id;
    if (worker_.service().options.access_log) {
        summary_.method = request.method_name;
        summary_.path = request.path;
        summary_.client = request.client_address;
    }
    return request;
}

void SessionBase::apply_proxy(Request& request) const {
    const auto& service = worker_.service();
    service.proxies.apply(request);
    // The proxy's own certificate is not its client's.
    const auto& header = service.options.client_certificate_header;
    if (!header.empty()) request.client_certificate = find_client_certificate(request.headers, header);
}

void SessionBase::end_request(std::optional<Response> response, const std::exception_ptr& failure) {
    keep_alive_ = intake_.keep_alive() && !worker_.draining() && !handler_cancelled_;
    try {
        compose(failure ? describe(failure) : std::move(*response));
    } catch (const Error&) {  // the response cannot be sent as it is
        compose(describe(std::current_exception()));
    }
}

void SessionBase::refuse(int status) {
    Worker::Counters::add(worker_.counters().bad_requests);
    started_ = Clock::now();
    keep_alive_ = false;
    head_only_ = false;
    summary_ = {worker_.request_ids().next(), {}, {}, peer_text_};
    compose(simple(status, message_of(status), summary_.id));
}

Response SessionBase::describe(const std::exception_ptr& failure) const {
    if (handler_cancelled_) {
        log::warning("request cancelled", {{"request_id", summary_.id}});
        return simple(503, "Timed out", summary_.id);
    }
    try {
        std::rethrow_exception(failure);
    } catch (const Error& error) {
        log::error("request failed",
                   {{"request_id", summary_.id}, {"message", error.message}, {"detail", error.detail}});
    } catch (const std::exception& error) {
        log::error("request failed", {{"request_id", summary_.id}, {"detail", error.what()}});
    } catch (...) {
        log::error("request failed", {{"request_id", summary_.id}, {"detail", "unknown exception"}});
    }
    return simple(500, "Internal error", summary_.id);
}

void SessionBase::compose(Response response) {
    if (head_.capacity() > kept_head) head_ = std::string();
    head_.clear();
    body_.clear();
    append_head(head_, response, {worker_.date().get(), intake_.version(), keep_alive_});
    if (!head_only_ && may_have_body(response.status)) {
        if (response.body.size() <= small_body) {
            head_ += response.body;
        } else {
            body_ = std::move(response.body);
        }
    }
    log_access(response.status);
}

void SessionBase::log_access(int status) const {
    if (!worker_.service().options.access_log) return;
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started_);
    log::info("request", {{"request_id", summary_.id},
                          {"method", summary_.method},
                          {"path", summary_.path},
                          {"status", status},
                          {"ms", static_cast<long long>(took.count())},
                          {"client", summary_.client}});
}

}  // namespace symbolon::net
