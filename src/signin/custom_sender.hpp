#pragma once

#include "crypto/encryption_sdk.hpp"
#include "db/database.hpp"
#include "messaging/sink.hpp"
#include "triggers/triggers.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace symbolon::signin {

/// What wraps the keys of codes, so that they are not read in a function's log; nothing: no code can be sent. May be
/// replaced while messages are sent. Threads: any.
class SenderKey {
public:
    explicit SenderKey(std::optional<crypto::WrappingKey> key) { set(std::move(key)); }

    void set(std::optional<crypto::WrappingKey> key);
    /// Null: there is none.
    std::shared_ptr<const crypto::WrappingKey> get() const;

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const crypto::WrappingKey> key_;
};

/// What a sink needs that hands messages to the functions of pools.
struct SenderParts {
    db::Database& db;
    triggers::Triggers& triggers;
    crypto::Random& random;
    const SenderKey& key;
};

/// A sink that lets the pool's CustomSMSSender or CustomEmailSender send where a message names one, and hands all
/// others on to `usual`. Spec: cognito-api.md §6.3.
std::unique_ptr<messaging::Sink> make_custom_sender(SenderParts parts, std::unique_ptr<messaging::Sink> usual);

}  // namespace symbolon::signin
