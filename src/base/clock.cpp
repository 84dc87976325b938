#include "base/clock.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace symbolon {

Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string to_iso8601(Instant t) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(t);
    const auto fraction = (t - seconds).count();
    const std::time_t whole = seconds.time_since_epoch().count();
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03d}Z", fmt::gmtime(whole), fraction);
}

}  // namespace symbolon
