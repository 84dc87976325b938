#pragma once

#include "messaging/sink.hpp"

namespace symbolon::messaging {

/// `outbox:` — nothing leaves the house: messages stay readable in the database, where the console, the demo's phone
/// and tests find them.
class OutboxSink final : public Sink {
public:
    Task<void> send(Message message) override;
    bool keeps() const override { return true; }
};

}  // namespace symbolon::messaging
