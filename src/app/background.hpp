#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "messaging/outbox.hpp"

#include <memory>

namespace symbolon::app {

/// What the server does by itself, on one thread: sends messages, removes expired rows in small steps.
class Background {
public:
    Background(db::Database& db, messaging::Outbox& outbox, const Clock& clock);
    ~Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    void start();
    /// Ends what runs and joins the thread.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::app
