#pragma once

#include <string>
#include <string_view>

/// A TCP connection to a server under test that sends exactly the bytes it is told to. Reads give up after some seconds
/// so that a server that does not answer fails the test instead of hanging it.
class RawConnection {
public:
    explicit RawConnection(const std::string& url);
    ~RawConnection();
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    /// What cannot be sent since the server has closed is left out.
    void send(std::string_view bytes);
    void end_input();
    /// The next response, head and body (by its Content-Length); what there is when the server closes before its end.
    std::string read_response();
    /// The next response to HEAD, or any head.
    std::string read_head();
    /// Everything until the server closes.
    std::string read_all();
    /// True when the server has closed; waits for it.
    bool closed() { return read_all().empty(); }

private:
    bool read_more();

    int socket_;
    std::string buffer_;
};

/// The status of a response's text, 0 when it is none.
int status_of(std::string_view response);
/// The value of a field, "" when absent.
std::string field_of(std::string_view response, std::string_view name);
std::string body_of(std::string_view response);
