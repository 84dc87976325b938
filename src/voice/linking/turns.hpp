#pragma once

#include "base/task.hpp"

#include <memory>
#include <string>

namespace symbolon::voice {

/// Lets one coroutine at a time work on what a key names; the others wait for their turn in the order in which they
/// came. Threads: any. Must outlive every turn.
class Turns {
    struct Queue;

public:
    Turns();
    ~Turns();

    /// Held while it is one's turn; its end gives the turn to the next.
    class Turn {
    public:
        Turn(Queue& queue, std::string key) : queue_(&queue), key_(std::move(key)) {}
        Turn(Turn&& other) noexcept : queue_(std::exchange(other.queue_, nullptr)), key_(std::move(other.key_)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn();

    private:
        Queue* queue_;
        std::string key_;
    };

    /// Waits for the turn. A wait that is cancelled fails with boost::system::system_error.
    Task<Turn> take(std::string key);

private:
    std::unique_ptr<Queue> queue_;
};

}  // namespace symbolon::voice
