#pragma once

#include <sched.h>
#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace symbolon::bench {

using Seconds = std::chrono::duration<double>;

/// The server has a core to itself, and so has the program that asks it.
struct Cores {
    int server = 0;
    int driver = 0;
    bool are_apart() const { return server != driver; }
};

/// The first and the last core that this process may use.
Cores choose_cores();
/// Keeps a thread on one core; 0: the calling one. Fails: std::system_error.
void pin(pid_t thread, int core);

/// Lets the calling thread, and what it starts, run on every core again while this lives.
class Unpinned {
public:
    Unpinned();
    ~Unpinned();
    Unpinned(const Unpinned&) = delete;
    Unpinned& operator=(const Unpinned&) = delete;

private:
    cpu_set_t former_{};
};

/// CPU time that a process has used so far, in all its threads. Fails: std::system_error.
Seconds cpu_time_of(pid_t process);
/// The same of the calling thread.
Seconds cpu_time_of_this_thread();

/// How often something was done in some time.
struct Pace {
    double count = 0;
    Seconds wall{0};
    Seconds cpu{0};                    ///< of who did it
    std::vector<Seconds> latencies{};  ///< of each, where they were asked for one by one

    double per_second() const { return count / wall.count(); }
    double per_cpu_second() const { return count / cpu.count(); }
    /// What that share of them (0.5, 0.99) did not exceed. Zero when there were none.
    Seconds latency_of(double share) const;
};

/// The faster of a limit that was measured before and after: something else was in the other one's way.
Pace faster_of(const Pace& before, const Pace& after);

/// Does the same again and again for a while, on a thread that has `core` to itself.
Pace repeat_on(int core, Seconds duration, const std::function<void()>& once);

/// The processor's name, for the head of the report.
std::string processor_name();

}  // namespace symbolon::bench
