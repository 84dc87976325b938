#pragma once

#include <time.h>

#include <algorithm>
#include <chrono>

namespace symbolon {

/// The least time on the processor that the calling thread spent on one of `rounds` calls of `work`. Unlike a clock on
/// the wall it does not count what other processes take.
template <class Work>
std::chrono::nanoseconds least_cpu_time(int rounds, Work work) {
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    };
    std::chrono::nanoseconds least = std::chrono::nanoseconds::max();
    for (int round = 0; round < rounds; ++round) {
        const std::chrono::nanoseconds start = now();
        work();
        least = std::min(least, now() - start);
    }
    return least;
}

}  // namespace symbolon
