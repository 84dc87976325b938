#pragma once

#include "crypto/encryption_sdk.hpp"
#include "db/database.hpp"
#include "messaging/sink.hpp"
#include "triggers/triggers.hpp"

#include <memory>
#include <optional>

namespace symbolon::signin {

/// What a sink needs that hands messages to the functions of pools.
struct SenderParts {
    db::Database& db;
    triggers::Triggers& triggers;
    crypto::Random& random;
    /// Wraps the keys of codes, so that they are not read in the function's log; nothing: no code can be sent.
    std::optional<crypto::WrappingKey> key;
};

/// A sink that lets the pool's CustomSMSSender or CustomEmailSender send where a message names one, and hands all
/// others on to `usual`. Spec: cognito-api.md §6.3.
std::unique_ptr<messaging::Sink> make_custom_sender(SenderParts parts, std::unique_ptr<messaging::Sink> usual);

}  // namespace symbolon::signin
