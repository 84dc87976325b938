#pragma once

#include "base/clock.hpp"
#include "net/client.hpp"
#include "triggers/options.hpp"

#include <string>
#include <string_view>

/// The two requests that run a function, made and signed.
namespace symbolon::triggers {

/// POST of the event, with webhook-id, webhook-timestamp (seconds) and webhook-signature: `v1,` and the Base64 of
/// HMAC-SHA-256 over `id.timestamp.body`. Spec: Standard Webhooks 1.0.
net::ClientRequest make_hook_request(const Hook& hook, std::string_view id, std::string event, Instant now);

/// AWS Lambda's Invoke, signed with SigV4 when there is a key. An endpoint that ends in /invocations is taken as it is
/// (the runtime interface emulator has one function).
net::ClientRequest make_invoke_request(const Options& options, std::string_view function, std::string event,
                                       Instant now);

}  // namespace symbolon::triggers
