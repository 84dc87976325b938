#include "app/bootstrap/bootstrap.hpp"

#include "app/bootstrap/maker.hpp"
#include "app/bootstrap/plan.hpp"
#include "base/error.hpp"
#include "base/run.hpp"

#include <chrono>
#include <thread>

namespace symbolon::app {

namespace {

using namespace std::chrono_literals;

constexpr auto look_again = 200ms;
constexpr auto longest_wait = 5min;

void take(directory::Claim& claim) {
    const auto end = std::chrono::steady_clock::now() + longest_wait;
    while (!run(claim.take())) {
        if (std::chrono::steady_clock::now() > end)
            throw Error(Errc::unavailable, "Another server has been making what a bootstrap file says for too long.");
        std::this_thread::sleep_for(look_again);
    }
}

}  // namespace

void bootstrap(const std::string& file, aws::Door& door, db::Database& db, const directory::Claimant& claimant) {
    auto plans = read_plan(file);
    directory::Claim claim(db, claimant, "bootstrap");
    take(claim);
    Maker maker(door, claim, file);
    run(claim.during(maker.make(std::move(plans))));
}

}  // namespace symbolon::app
