#pragma once

#include "net/http.hpp"
#include "net/spool.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>
#include <cstdint>

namespace symbolon::net {

/// Beast's HTTP parser, writing straight into a Request, with the rules that Beast leaves to its user: one Host with a
/// sensible value, one plain Content-Length, "chunked" and nothing else as Transfer-Encoding and never in HTTP/1.0
/// (RFC 9112 §3.2, §6), short chunk extensions, trailers dropped, a bounded number of fields.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    using error_code = boost::beast::error_code;
    using string_view = boost::beast::string_view;
    using field = boost::beast::http::field;

    explicit RequestParser(Request& request) : request_(request) {}

    /// The body goes there from now on.
    void spool_to(SpoolFile& file) { spool_ = &file; }

    int version() const { return version_; }  ///< 10 or 11
    bool expects_continue() const { return expects_continue_; }
    /// The status that refuses a request which the parser gave up with `error`.
    static int refusal(const error_code& error);

private:
    void on_request_impl(boost::beast::http::verb, string_view method, string_view target, int version,
                         error_code& error) override;
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_field_impl(field name, string_view name_text, string_view value, error_code& error) override;
    void on_header_impl(error_code& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& error) override;
    std::size_t on_body_impl(string_view body, error_code& error) override;
    void on_chunk_header_impl(std::uint64_t size, string_view extensions, error_code& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t remaining, string_view body, error_code& error) override;
    void on_finish_impl(error_code&) override {}

    std::size_t take_body(string_view body, error_code& error);

    Request& request_;
    SpoolFile* spool_ = nullptr;  ///< where the body goes; null: into the request
    int version_ = 11;
    unsigned hosts_ = 0;
    unsigned lengths_ = 0;
    unsigned codings_ = 0;
    bool expects_continue_ = false;
    bool in_trailer_ = false;
};

}  // namespace symbolon::net
