#include "app/signals.hpp"

#include <csignal>

namespace symbolon::app {

namespace {

sigset_t handled() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    return set;
}

}  // namespace

void block_signals() {
    const auto set = handled();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a failed write, as on a full disk
}

void wait_for_the_end(const std::function<void()>& on_hangup) {
    const auto set = handled();
    for (;;) {
        int signal = 0;
        if (sigwait(&set, &signal) != 0) continue;
        if (signal != SIGHUP) return;
        on_hangup();
    }
}

}  // namespace symbolon::app
