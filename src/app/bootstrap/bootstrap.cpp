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

void take(directory::Claim& claim, std::chrono::seconds longest_wait) {
    const auto end = std::chrono::steady_clock::now() + longest_wait;
    while (!run(claim.take())) {
        if (std::chrono::steady_clock::now() > end)
            throw Error(Errc::unavailable, "Another server has been making what a bootstrap file says for too long.");
        std::this_thread::sleep_for(look_again);
    }
}

}  // namespace

void bootstrap(const std::string& file, aws::Door& door, db::Database& db, const crypto::Sealer& sealer,
               const directory::Claimant& claimant, std::chrono::seconds longest_wait) {
    auto plans = read_plan(file);
    directory::Claim claim(db, claimant, "bootstrap");
    take(claim, longest_wait);
    Maker maker({door, db, sealer}, claim, file);
    run(claim.during(maker.make(std::move(plans))));
}

}  // namespace symbolon::app
