#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "messaging/message.hpp"
#include "messaging/sink.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace symbolon::messaging {

/// A message that could not be handed over, without what it says and where it was to go.
struct FailedSend {
    PoolId pool_id;
    std::string channel = {};  ///< sms | email
    std::string purpose = {};
    std::string username = {};
    std::string reason = {};
    std::int64_t tries = 0;
    bool given_up = false;  ///< it is not tried again
};

/// Told of it in the transaction that notes the failure, which may run more than once.
using OnFailedSend = std::function<void(db::Transaction&, const FailedSend&, Instant now)>;

/// Messages are rows written by the transaction that causes them, and sent after it: nothing is sent for what was
/// rolled back, and nothing that was answered is forgotten when the process dies.
class Outbox {
public:
    Outbox(db::Database& db, const crypto::Sealer& sealer, crypto::Random& random, const Clock& clock,
           std::unique_ptr<Sink> sms, std::unique_ptr<Sink> email, OnFailedSend on_failed_send = nullptr);
    ~Outbox();

    /// Inside a write: stores the message, sealed. Call wake() once the write has returned.
    void enqueue(db::Transaction& tx, Message message, Instant now);
    /// Tells the courier that there is something to send. Threads: any.
    void wake();

    /// Sends what is due until stop() is called; runs on an executor of its caller's choice. Retries with growing
    /// pauses; gives up after a day.
    Task<void> run();
    void stop();
    /// Sends what is due now and returns (tests, and run()'s body). Returns how many were handed over.
    Task<int> deliver_due();

    /// What the `outbox:` sink keeps: the newest first.
    Task<std::vector<Message>> list(PoolId pool, int limit);
    /// The same over all pools (for the demo's phone).
    Task<std::vector<Message>> list_all(int limit);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::messaging
