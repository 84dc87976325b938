#pragma once

#include <algorithm>
#include <chrono>

namespace symbolon::messaging {

/// A one-time code is of no use a day later; an invitation would surprise.
inline constexpr std::chrono::hours give_up_after{24};

/// How long to wait after the n-th failed try (n from 1): 5 s, 10 s, 20 s, … at most an hour.
constexpr std::chrono::seconds pause_after(int tries) {
    constexpr std::chrono::seconds first{5};
    constexpr std::chrono::seconds longest{3600};
    const int doublings = std::clamp(tries - 1, 0, 10);
    return std::min(first * (1 << doublings), longest);
}

}  // namespace symbolon::messaging
