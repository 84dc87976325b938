#include "signin/tally.hpp"

#include "directory/attempts.hpp"

namespace symbolon::signin {

bool Tally::take(std::string_view kind, std::string_view subject, int limit, std::chrono::seconds window) {
    directory::Attempts attempts(tx_);
    if (mode_ == Mode::look) return attempts.has_room(pool_, kind, subject, limit, now_);
    return attempts.count(pool_, kind, subject, limit, window, now_);
}

}  // namespace symbolon::signin
