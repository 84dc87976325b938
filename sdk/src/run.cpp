#include "symbolon/skill/lambda.hpp"
#include "symbolon/skill/serve.hpp"

#include <semaphore.h>
#include <signal.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace symbolon::skill {
namespace {

/// A handler rather than a blocked signal: threads that were started before run() would not know of the block.
class StopSignal {
public:
    StopSignal() {
        sem_init(&stopped_, 0, 0);
        struct sigaction action{};
        action.sa_handler = [](int) { sem_post(&stopped_); };
        sigaction(SIGTERM, &action, nullptr);
        sigaction(SIGINT, &action, nullptr);
    }
    void wait() {
        while (sem_wait(&stopped_) != 0 && errno == EINTR) continue;
    }

private:
    static inline sem_t stopped_;
};

}  // namespace

int run(Skill skill, ServeOptions options) {
    if (lambda::is_here()) {
        return lambda::run(std::move(skill), {.fetch = options.endpoint.fetch, .log = options.endpoint.log});
    }
    StopSignal signal;
    Server server = serve(std::move(skill), std::move(options));
    for (const auto& url : server.urls()) std::printf("listening on %s\n", url.c_str());
    std::fflush(stdout);
    signal.wait();
    server.stop();
    return 0;
}

}  // namespace symbolon::skill
