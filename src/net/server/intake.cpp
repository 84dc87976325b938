#include "net/server/intake.hpp"

#include "base/error.hpp"
#include "base/log.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace symbolon::net {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t first_room = 4096;         ///< bytes; most heads are smaller, and idle connections keep it
constexpr std::size_t body_room = 16 * 1024;     ///< bytes
constexpr std::size_t max_chunk_framing = 8192;  ///< bytes that may be held between two pieces of a chunked body

/// True when a chunk's line is whole and a quoted extension does not end in it (RFC 9112 §7.1.1). Beast would look for
/// the quote's end in what follows, and count the chunk's size against the limit again with every piece.
bool leaves_quote_open(std::string_view framing) {
    if (framing.starts_with("\r\n")) framing.remove_prefix(2);  // of the chunk before
    const auto end = framing.find("\r\n");
    if (end == std::string_view::npos) return false;
    bool open = false;
    for (std::size_t at = 0; at < end; ++at) {
        if (framing[at] == '"') open = !open;
        if (framing[at] == '\\' && open) ++at;
    }
    return open;
}

}  // namespace

Intake::Intake(std::size_t max_header, std::size_t max_body, const BodyLimit* larger, const SpoolRule* spool)
    : max_header_(max_header),
      max_body_(max_body),
      larger_(larger),
      spool_(spool),
      buffer_(std::max(max_header, body_room)) {}

std::string_view Intake::buffered() const {
    const auto data = buffer_.data();
    return {static_cast<const char*>(data.data()), data.size()};
}

std::size_t Intake::room_size() const {
    const auto spare = buffer_.capacity() - buffer_.size();
    const auto wanted = parser_ ? std::max(spare, body_room) : spare > 0 ? spare : first_room;
    return std::min(wanted, buffer_.max_size() - buffer_.size());
}

Intake::Step Intake::refuse(int status) {
    refusal_ = status;
    return Step::refused;
}

Intake::Step Intake::advance() {
    return parser_ ? advance_body() : advance_head();
}

Intake::Step Intake::advance_head() {
    const auto state = scanner_.scan(buffered());
    if (state == HeadScanner::State::broken) return refuse(400);
    const bool complete = state == HeadScanner::State::complete;
    if ((complete ? scanner_.size() : buffer_.size() + 1) > max_header_) return refuse(431);
    if (!complete) return Step::more;

    parser_.emplace(request_);
    parser_->header_limit(static_cast<std::uint32_t>(max_header_));
    parser_->body_limit(boost::none);  // limit_body() decides, when the head is known
    boost::beast::error_code error;
    const auto taken = parser_->put(boost::asio::buffer(buffered().substr(0, scanner_.size())), error);
    if (error && error != http::error::need_more) return refuse(RequestParser::refusal(error));
    if (!parser_->is_header_done() || taken != scanner_.size()) return refuse(400);
    buffer_.consume(taken);
    if (!limit_body()) return refuse(413);
    if (!open_spool()) return refuse(503);
    parser_->eager(true);
    const bool waits = parser_->expects_continue() && parser_->version() == 11 && !parser_->is_done();
    return waits && buffer_.size() == 0 ? Step::wants_continue : advance_body();
}

/// False when the body is longer than it may be, as far as its head says.
bool Intake::limit_body() {
    const auto length = parser_->content_length();
    std::size_t limit = max_body_;
    if (larger_ && *larger_ && (parser_->chunked() || (length && *length > limit)))
        limit = std::max(limit, (*larger_)(request_));
    limit_ = limit;
    large_ = limit > max_body_;
    arrived_ = 0;
    parser_->body_limit(limit);
    return !length || *length <= limit;
}

/// False when there is no file for a body that needs one.
bool Intake::open_spool() {
    if (!spool_ || spool_->folder.empty() || limit_ <= spool_->from) return true;
    try {
        auto file = std::make_shared<SpoolFile>(spool_->folder);
        parser_->spool_to(*file);
        request_.spooled = std::move(file);
        return true;
    } catch (const Error& error) {
        log::error("body_not_spooled", {{"detail", error.detail}});
        return false;
    }
}

void Intake::commit(std::size_t count) {
    buffer_.commit(count);
    if (parser_ && large_) arrived_ += count;
}

bool Intake::earns_time() {
    if (!parser_ || !large_ || arrived_ < body_for_more_time) return false;
    arrived_ = 0;
    return true;
}

/// Once it has seen the line of the last chunk, Beast 1.81 asserts that at least five bytes are there: "0\r\n" and one
/// byte more are too few. A chunked message is never complete with these four, whether they are that line or data.
bool Intake::holds_start_of_last_chunk() const {
    return parser_->chunked() && buffer_.size() == 4 && buffered().starts_with("0\r\n");
}

Intake::Step Intake::advance_body() {
    while (!parser_->is_done()) {
        if (buffer_.size() == 0 || holds_start_of_last_chunk()) return Step::more;
        boost::beast::error_code error;
        buffer_.consume(parser_->put(buffer_.data(), error));
        if (error == http::error::need_more) {
            const bool broken = parser_->chunked() && leaves_quote_open(buffered());
            if (broken || buffer_.size() >= max_chunk_framing) return refuse(400);
            return Step::more;
        }
        if (error) return refuse(RequestParser::refusal(error));
    }
    return Step::ready;
}

Request Intake::take() {
    keep_alive_ = parser_->keep_alive();
    version_ = parser_->version();
    parser_.reset();
    scanner_ = HeadScanner{};
    return std::exchange(request_, Request{});
}

}  // namespace symbolon::net
