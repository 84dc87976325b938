#pragma once

#include "net/http.hpp"
#include "net/server/head_scanner.hpp"
#include "net/server/parser.hpp"

#include <boost/beast/core/flat_buffer.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

namespace symbolon::net {

/// Turns the bytes of one connection into requests, one after the other. Knows no socket: its user puts bytes into
/// room() and asks advance() what they came to.
class Intake {
public:
    enum class Step {
        more,            ///< put more bytes in
        wants_continue,  ///< the client waits for "100 Continue"; then as `more`
        ready,           ///< take() the request
        refused,         ///< answer refusal() and close: where the next request begins is not known
    };

    using BodyLimit = std::function<std::size_t(const Request& head)>;
    /// `larger`, if given, says how much more than `max_body` a request may have. Both belong to the caller.
    Intake(std::size_t max_header, std::size_t max_body, const BodyLimit* larger = nullptr,
           const SpoolRule* spool = nullptr);

    Step advance();
    int refusal() const { return refusal_; }
    /// True once for each further `body_for_more_time` bytes of a body that may be larger than max_body: it may take as
    /// long again. Who sends less than that in a read_limit holds no connection for ever.
    bool earns_time();
    static constexpr std::size_t body_for_more_time = 64 * 1024;
    /// True between two requests, when nothing of the next one has arrived.
    bool idle() const { return !parser_ && buffer_.size() == 0; }

    /// Where to put bytes that arrive; commit() says how many they were.
    auto room() { return buffer_.prepare(room_size()); }
    void commit(std::size_t count);

    /// The request that is ready. The intake then begins the next one.
    Request take();
    /// After take(): whether the connection may carry another request, and the request's HTTP version (10 or 11).
    bool keep_alive() const { return keep_alive_; }
    int version() const { return version_; }

private:
    std::string_view buffered() const;
    std::size_t room_size() const;
    bool holds_start_of_last_chunk() const;
    Step refuse(int status);
    Step advance_head();
    Step advance_body();
    bool limit_body();
    bool open_spool();

    std::size_t max_header_;
    std::size_t max_body_;
    const BodyLimit* larger_;
    const SpoolRule* spool_;
    std::size_t limit_ = 0;    ///< of the body of the request that is being read
    bool large_ = false;       ///< the same: more than max_body_
    std::size_t arrived_ = 0;  ///< of its body, since it earned time
    boost::beast::flat_buffer buffer_;
    HeadScanner scanner_;
    std::optional<RequestParser> parser_;  ///< from the end of the head until take()
    Request request_;
    int refusal_ = 0;
    int version_ = 11;
    bool keep_alive_ = false;
};

}  // namespace symbolon::net
