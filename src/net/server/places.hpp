#pragma once

#include <atomic>
#include <cstddef>

namespace symbolon::net {

/// How many connections may be open at once, over all workers. Looked at when a connection begins and when it ends,
/// never by a request. Two workers that look at the same moment may let in one too many. Threads: any.
class Places {
public:
    /// `count` 0: what the process's limit of descriptors leaves.
    explicit Places(std::size_t count);

    std::size_t count() const { return count_; }
    bool full() const { return taken_.load(std::memory_order_relaxed) >= count_; }
    void take() { taken_.fetch_add(1, std::memory_order_relaxed); }
    void give_back() { taken_.fetch_sub(1, std::memory_order_relaxed); }

private:
    const std::size_t count_;
    std::atomic<std::size_t> taken_{0};
};

/// What may be used for connections of so many descriptors: an eighth, 32 to 1,024, is kept for databases, outgoing
/// requests, files and connections on their way out; never more than half. At least 1.
std::size_t places_within(std::size_t descriptors);

}  // namespace symbolon::net
