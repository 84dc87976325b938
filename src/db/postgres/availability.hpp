#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>

namespace symbolon::db::postgres {

/// Keeps a server that cannot be reached from being asked by everybody at once: while it is down one connection at a
/// time is tried, with a pause between, and all others are refused at once. So nobody queues behind a time limit, and
/// the server is found again soon after it is back. Threads: any.
class Availability {
public:
    using Time = std::chrono::steady_clock::time_point;

    enum class Attempt { ordinary, probe };

    /// Nothing: do not try to connect now. Else: try, and say how it ended.
    std::optional<Attempt> begin(Time now);
    void end(Attempt attempt, bool connected, Time now);
    /// True while somebody connects who began before the server was found to be down.
    bool has_hope();

private:
    std::mutex mutex_;
    bool down_ = false;
    bool probing_ = false;
    std::size_t ordinary_ = 0;
    Time next_try_{};
};

}  // namespace symbolon::db::postgres
