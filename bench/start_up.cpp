#include "start_up.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace symbolon::bench {

namespace {

constexpr int starts = 11;

/// One request for /readyz.
class Ready final : public Script {
public:
    explicit Ready(const Deployment& deployment)
        : request_(to_request("GET", "/readyz", {{"Host", deployment.host()}})) {}
    std::optional<std::string> next(std::size_t /*connection*/) override { return request_; }
    void answered(std::size_t /*connection*/, const Answer& answer) override {
        expect(answer, 200);
        ready_ = true;
    }
    bool finished() const override { return ready_; }

private:
    std::string request_;
    bool ready_ = false;
};

Seconds start_once(Deployment& deployment) {
    const auto begin = std::chrono::steady_clock::now();
    deployment.start();
    Ready script(deployment);
    drive(deployment.target(), 1, Seconds(5), script);
    if (!script.finished()) throw std::runtime_error("The server did not become ready.");
    return std::chrono::steady_clock::now() - begin;
}

}  // namespace

Seconds measure_start_up(Deployment& deployment) {
    std::vector<Seconds> took;
    for (int i = 0; i < starts; ++i) {
        took.push_back(start_once(deployment));
        deployment.stop();
    }
    std::ranges::sort(took);
    return took[took.size() / 2];
}

}  // namespace symbolon::bench
