#pragma once

#include "machine.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::bench {

struct Answer {
    int status = 0;
    std::string_view head;  ///< status line and header fields
    std::string_view body;

    /// The first field of that name; "" when there is none.
    std::string_view field(std::string_view name) const;
};

/// What the connections of a load ask, each one request at a time.
class Script {
public:
    virtual ~Script() = default;
    /// The next request of a connection, whole. Nothing: it has none now and is asked again soon.
    virtual std::optional<std::string> next(std::size_t connection) = 0;
    /// Fails: std::runtime_error for an answer that should not come; a benchmark of refusals measures nothing.
    virtual void answered(std::size_t connection, const Answer& answer) = 0;
    /// True when there is nothing left to ask before the time is over.
    virtual bool finished() const { return false; }
};

/// Fails: std::runtime_error with the answer in it, unless it has that status.
void expect(const Answer& answer, int status);

using Fields = std::vector<std::pair<std::string, std::string>>;
/// The bytes of a request to 127.0.0.1. A body gets its Content-Length.
std::string to_request(std::string_view method, std::string_view target, const Fields& fields,
                       std::string_view body = {});

/// The fields of a call of the JSON API, without a signature.
Fields api_fields(const std::string& host, const std::string& operation);

struct Node {
    std::uint16_t port = 0;
    pid_t process = 0;  ///< whose CPU time is counted
};

struct Target {
    std::vector<Node> nodes;  ///< the connections are spread over them
    bool may_spin = false;    ///< the driver has a core to itself and need not sleep
};

/// Runs a script over so many keep-alive connections, from one thread, for a while; what is under way then is answered,
/// but not counted. Fails: std::runtime_error (a connection breaks, what the script throws).
Pace drive(const Target& target, std::size_t connections, Seconds duration, Script& script);

}  // namespace symbolon::bench
