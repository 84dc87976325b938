#pragma once

#include "base/clock.hpp"
#include "voice/tap/explain.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace symbolon::voice {

/// One exchange that passed through the tap, secrets masked.
struct TapExchange {
    std::int64_t number = 0;
    Instant at{};
    std::string asked;     ///< request line, fields, body
    std::string answered;  ///< status, fields, body; why there is none
    int status = 0;        ///< 0: no answer
    std::int64_t milliseconds = 0;
    TapExplanation explanation;
};

boost::json::object to_json(const TapExchange& exchange);

/// The last 500 exchanges, in memory. Threads: any.
class TapLog {
public:
    /// `on_line` gets every exchange as a line of JSON, for a file; may be empty.
    explicit TapLog(std::function<void(const std::string&)> on_line = {}) : on_line_(std::move(on_line)) {}

    /// Numbers and keeps it.
    void add(TapExchange exchange);
    /// The latest first, at most `most`.
    std::vector<TapExchange> list(std::size_t most = 500) const;

    /// Remembers the state of an authorization request; only its hash stays.
    void remember_state(const std::string& state);
    bool knows_state(const std::string& state) const;

private:
    mutable std::mutex mutex_;
    std::function<void(const std::string&)> on_line_;
    std::deque<TapExchange> exchanges_;
    std::deque<std::string> states_;
    std::int64_t next_ = 1;
};

}  // namespace symbolon::voice
