#pragma once

#include "app/caretaker.hpp"
#include "crypto/random.hpp"
#include "db/database.hpp"

#include <vector>

namespace symbolon::app {

/// Everything that servers do by themselves, one process at a time, but for sending messages: those are claimed one by
/// one (messaging/outbox.hpp).
std::vector<Duty> make_duties(db::Database& db, crypto::Random& random);

}  // namespace symbolon::app
