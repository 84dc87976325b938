#pragma once

#include "base/task.hpp"
#include "messaging/message.hpp"

#include <memory>
#include <string>

namespace symbolon::messaging {

/// Where messages go. One file per kind of sink.
class Sink {
public:
    virtual ~Sink() = default;
    /// Hands the message over. Fails: Error{code_delivery_failed}; the courier tries again later.
    virtual Task<void> send(Message message) = 0;
    /// True when a message that was sent stays readable in the outbox (the `outbox:` sink).
    virtual bool keeps() const { return false; }
};

/// From the --sms or --email URL: `outbox:` or `file:PATH`. Fails: Error{invalid_parameter} for any other.
std::unique_ptr<Sink> make_sink(const std::string& url);

}  // namespace symbolon::messaging
