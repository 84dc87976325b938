#include "net/server/parser.hpp"

#include "net/server/target.hpp"

#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace symbolon::net {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t max_fields = 100;
constexpr std::size_t max_chunk_extensions = 128;  ///< bytes; nobody uses them for anything but attacks
constexpr std::size_t max_reserved = 64 * 1024;    ///< bytes set aside on the word of a Content-Length

bool is_number(boost::beast::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

int RequestParser::refusal(const error_code& error) {
    if (error == http::error::header_limit) return 431;
    if (error == http::error::body_limit) return 413;
    if (error == boost::system::errc::no_space_on_device) return 503;
    return 400;
}

void RequestParser::on_request_impl(http::verb, string_view method, string_view target, int version, error_code&) {
    request_.method = to_method(method);
    request_.method_name = method;
    request_.target = target;
    request_.headers.reserve(12);
    version_ = version;
}

void RequestParser::on_field_impl(field name, string_view name_text, string_view value, error_code& error) {
    if (in_trailer_) return;  // a trailer must not pass for a header (RFC 9110 §6.5.1)
    switch (name) {
        case field::host:
            if (++hosts_ > 1 || !is_authority(value)) error = http::error::bad_field;
            request_.host = to_lower(value);
            break;
        case field::content_length:
            if (++lengths_ > 1 || !is_number(value)) error = http::error::bad_content_length;
            break;
        case field::transfer_encoding:
            if (++codings_ > 1 || version_ < 11 || !equal_without_case(value, "chunked")) {
                error = http::error::bad_transfer_encoding;
            }
            break;
        case field::expect:
            expects_continue_ = equal_without_case(value, "100-continue");
            if (!expects_continue_) error = http::error::bad_value;
            break;
        default:
            break;
    }
    if (request_.headers.size() == max_fields) error = http::error::header_limit;
    if (!error) request_.headers.add(name_text, value);
}

void RequestParser::on_header_impl(error_code& error) {
    in_trailer_ = true;
    if (version_ == 11 && hosts_ == 0) error = http::error::bad_field;
    if (lengths_ > 0 && codings_ > 0) error = http::error::bad_transfer_encoding;
    if (!error && !resolve_target(request_)) error = http::error::bad_target;
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) {
    if (length && !spool_)
        request_.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, max_reserved)));
}

std::size_t RequestParser::take_body(string_view body, error_code& error) {
    if (!spool_)
        request_.body += body;
    else if (!spool_->append(body))
        error = boost::system::errc::make_error_code(boost::system::errc::no_space_on_device);
    return body.size();
}

std::size_t RequestParser::on_body_impl(string_view body, error_code& error) {
    return take_body(body, error);
}

void RequestParser::on_chunk_header_impl(std::uint64_t, string_view extensions, error_code& error) {
    if (extensions.size() > max_chunk_extensions) error = http::error::bad_chunk_extension;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, string_view body, error_code& error) {
    return take_body(body, error);
}

}  // namespace symbolon::net
