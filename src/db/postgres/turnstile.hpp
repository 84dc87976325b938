#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace symbolon::db::postgres {

/// Lets writes run beside each other, and one that lost against others again and again run alone in this process: a row
/// that everybody writes (a counter under attack) starves nobody. Threads: any.
class Turnstile {
public:
    enum class Pass { beside_others, alone };

    explicit Turnstile(std::chrono::milliseconds longest_wait = std::chrono::milliseconds(100))
        : longest_wait_(longest_wait) {}

    /// A write between its beginning and its end. `alone` waits for those that run, while new ones wait for it; after a
    /// moment it goes ahead all the same, so that a write that hangs holds up nobody for long.
    class Turn {
    public:
        Turn(Turnstile& turnstile, Pass pass);
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn();

    private:
        Turnstile& turnstile_;
        Pass pass_;
    };

private:
    const std::chrono::milliseconds longest_wait_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t running_ = 0;
    std::size_t alone_ = 0;  // that run alone or wait for it
};

}  // namespace symbolon::db::postgres
