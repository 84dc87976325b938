#pragma once

#include "net/http.hpp"

#include <ctime>
#include <string>
#include <string_view>

namespace symbolon::net {

/// The Date field's value (RFC 9110 §5.6.7), formatted once a second. Threads: one.
class DateLine {
public:
    std::string_view get();

private:
    std::time_t second_ = -1;
    std::string text_;
};

struct ResponseFacts {
    std::string_view date;
    int version = 11;        ///< of the request
    bool keep_alive = true;  ///< the connection stays open behind this response
};

/// True when a response may have a body at all (RFC 9110 §6.4.1).
bool may_have_body(int status);

/// Appends status line, the server's own fields, the response's fields and the empty line to `out`. Content-Length is
/// the body's, so for HEAD the response must still have the body of GET. The fields that frame the message
/// (Content-Length, Transfer-Encoding, Connection) and Date are the server's alone.
/// Fails: Error{internal} when a status or field would break the framing.
void append_head(std::string& out, const Response& response, const ResponseFacts& facts);

}  // namespace symbolon::net
