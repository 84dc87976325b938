#pragma once

#include "app/caretaker.hpp"
#include "crypto/random.hpp"
#include "db/database.hpp"
#include "directory/key_rotation.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace symbolon::app {

/// What the duties work with.
struct DutyParts {
    db::Database& db;
    crypto::Random& random;
    directory::KeyMaker keys;
    /// Tells apps that people signed out (oauth/logout_courier.hpp).
    std::function<Task<std::int64_t>(directory::Claim& claim, Instant now, int limit)> tell_apps;
};

/// Everything that servers do by themselves, one process at a time, but for sending messages: those are claimed one by
/// one (messaging/outbox.hpp).
std::vector<Duty> make_duties(const DutyParts& parts);

}  // namespace symbolon::app
