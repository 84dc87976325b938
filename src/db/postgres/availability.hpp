#pragma once

#include <chrono>
#include <mutex>

namespace symbolon::db::postgres {

/// Keeps a server that cannot be reached from being asked by everybody at once: while it is down one connection at a
/// time is tried, with a pause between, and all others are refused at once. So nobody queues behind a time limit, and
/// the server is found again soon after it is back. Threads: any.
class Availability {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// False: do not try to connect now. True: try, and say how it ended by succeeded() or failed().
    bool may_connect(Time now);
    void succeeded();
    void failed(Time now);

private:
    std::mutex mutex_;
    bool down_ = false;
    bool trying_ = false;  // while down
    Time next_try_{};
};

}  // namespace symbolon::db::postgres
