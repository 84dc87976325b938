#pragma once

#include <algorithm>
#include <chrono>

namespace symbolon::app {

/// How much a duty does in one step, and how long it rests after it: a step is to hold the database's writer for some
/// milliseconds, and all steps of the duty together for at most a tenth of the time.
class Pace {
public:
    /// Rows that the next step may take.
    int limit() const { return limit_; }

    /// Notes how long a step took, waiting for its turn included, so that there are longer rests while others write
    /// much. Returns the rest that is due.
    std::chrono::milliseconds after(std::chrono::milliseconds took) {
        if (took > longest_step) limit_ = std::max(limit_ / 2, least);
        if (took < shortest_step) limit_ = std::min(limit_ * 2, most);
        // Neither a clock that is set forward nor a database that hangs makes a rest of hours.
        return std::clamp(took, shortest_took, longest_took) * (parts_of_time - 1);
    }

private:
    static constexpr int parts_of_time = 10;
    // Fewer would not make a step shorter whose time goes into reaching a database far away.
    static constexpr int least = 100;
    static constexpr int most = 2000;
    static constexpr std::chrono::milliseconds shortest_step{5};
    static constexpr std::chrono::milliseconds longest_step{20};
    static constexpr std::chrono::milliseconds shortest_took{1};
    static constexpr std::chrono::milliseconds longest_took{3000};

    int limit_ = 2 * least;
};

}  // namespace symbolon::app
