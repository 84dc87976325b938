#pragma once

#include <atomic>
#include <thread>
#include <vector>

namespace symbolon::storage {

/// Runs `count` calls on several threads at once, as many requests do.
template <class F>
void run_in_parallel(int count, F call) {
    std::vector<std::thread> threads;
    std::atomic<int> left = count;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            while (left-- > 0) call();
        });
    for (auto& thread : threads) thread.join();
}

}  // namespace symbolon::storage
