#pragma once

#include "net/server.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::skill::testing {

/// The side of AWS Lambda that a custom runtime talks to (Runtime API 2018-06-01): gives the events that a test queued,
/// takes answers and errors for the invocation that is under way, and refuses what Lambda refuses. When no event is
/// left it says that the container is broken, which ends the runtime's loop.
class LambdaEmulator {
public:
    LambdaEmulator();
    ~LambdaEmulator();

    std::string address() const;  ///< HOST:PORT, as in AWS_LAMBDA_RUNTIME_API

    struct Event {
        std::string body;
        net::Headers headers = {};  ///< beside the request id
    };
    struct Posted {
        std::string path;  ///< below /2018-06-01/runtime
        std::string error_type;
        std::string body;
    };
    /// Returns the id of its invocation.
    std::string queue(Event event);
    void set_max_answer(std::size_t bytes) { max_answer_ = bytes; }
    /// Lambda gave up on the invocation: its answers come too late.
    void expire(const std::string& request_id);

    const std::vector<Posted>& posted() const { return posted_; }
    int asked() const { return asked_; }

private:
    struct Queued {
        std::string request_id;
        Event event;
    };
    Task<net::Response> answer(net::Request request);
    net::Response respond_to(const net::Request& request);
    net::Response give_next();
    net::Response take(const net::Request& request, std::string_view path);

    std::mutex mutex_;
    std::deque<Queued> events_;
    std::string under_way_;
    std::vector<std::string> expired_;
    std::vector<Posted> posted_;
    std::size_t max_answer_ = 6 * 1024 * 1024;
    int made_ = 0;
    int asked_ = 0;
    net::Server server_;
};

}  // namespace symbolon::skill::testing
