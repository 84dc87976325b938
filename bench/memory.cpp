#include "memory.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

namespace symbolon::bench {

double measure_idle_memory(Deployment& deployment) {
    deployment.start();
    const auto answer = deployment.http().send_now(
        {.method = "GET", .url = deployment.url() + "/" + deployment.pool_id() + "/.well-known/jwks.json"});
    if (answer.status != 200) throw std::runtime_error("The keys cannot be read: " + answer.body);
    std::this_thread::sleep_for(std::chrono::seconds(1));  // whatever begins after the start has begun
    return deployment.process().resident();
}

}  // namespace symbolon::bench
