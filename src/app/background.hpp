#pragma once

#include "app/caretaker.hpp"
#include "db/database.hpp"
#include "directory/claim.hpp"
#include "messaging/outbox.hpp"

#include <memory>
#include <vector>

namespace symbolon::app {

/// What the server does by itself, on one thread: sends messages, and does its duties when it is its turn.
class Background {
public:
    Background(db::Database& db, messaging::Outbox& outbox, const directory::Claimant& claimant,
               std::vector<Duty> duties);
    ~Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    void start();
    /// Ends what runs, hands the duties over, and joins the thread.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::app
