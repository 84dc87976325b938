#include "machine.hpp"

#include <sched.h>
#include <time.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <exception>
#include <fstream>
#include <system_error>
#include <thread>

namespace symbolon::bench {

namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

Seconds read(clockid_t clock) {
    timespec time{};
    if (clock_gettime(clock, &time) != 0) fail("clock_gettime");
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace

Cores choose_cores() {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) fail("sched_getaffinity");
    Cores cores{-1, -1};
    for (int core = 0; core < CPU_SETSIZE; ++core) {
        if (!CPU_ISSET(static_cast<unsigned>(core), &allowed)) continue;
        if (cores.server < 0) cores.server = core;
        cores.driver = core;
    }
    return cores;
}

void pin(pid_t thread, int core) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(core), &one);
    if (sched_setaffinity(thread, sizeof one, &one) != 0) fail("sched_setaffinity");
}

Unpinned::Unpinned() {
    if (sched_getaffinity(0, sizeof former_, &former_) != 0) fail("sched_getaffinity");
    cpu_set_t all;
    std::memset(&all, 0xff, sizeof all);  // the kernel leaves out those that there are not
    if (sched_setaffinity(0, sizeof all, &all) != 0) fail("sched_setaffinity");
}

Unpinned::~Unpinned() {
    sched_setaffinity(0, sizeof former_, &former_);
}

Seconds cpu_time_of(pid_t process) {
    clockid_t clock{};
    if (const int failure = clock_getcpuclockid(process, &clock); failure != 0) {
        throw std::system_error(failure, std::generic_category(), "clock_getcpuclockid");
    }
    return read(clock);
}

Seconds cpu_time_of_this_thread() {
    return read(CLOCK_THREAD_CPUTIME_ID);
}

Seconds Pace::latency_of(double share) const {
    if (latencies.empty()) return Seconds(0);
    auto ordered = latencies;
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(ordered.size() - 1));
    std::nth_element(ordered.begin(), ordered.begin() + place, ordered.end());
    return ordered[static_cast<std::size_t>(place)];
}

Pace faster_of(const Pace& before, const Pace& after) {
    return before.per_second() > after.per_second() ? before : after;
}

Pace repeat_on(int core, Seconds duration, const std::function<void()>& once) {
    Pace pace;
    std::exception_ptr failure;
    std::thread worker([&] {
        try {
            pin(0, core);
            once();  // not counted: it warms caches up
            const auto cpu = cpu_time_of_this_thread();
            const auto begin = std::chrono::steady_clock::now();
            do {
                once();
                ++pace.count;
                pace.wall = std::chrono::steady_clock::now() - begin;
            } while (pace.wall < duration);
            pace.cpu = cpu_time_of_this_thread() - cpu;
        } catch (...) {
            failure = std::current_exception();
        }
    });
    worker.join();
    if (failure) std::rethrow_exception(failure);
    return pace;
}

std::string processor_name() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    }
    return "unknown processor";
}

}  // namespace symbolon::bench
