#pragma once

#include "app/options.hpp"
#include "crypto/encryption_sdk.hpp"
#include "triggers/options.hpp"

#include <optional>

namespace symbolon::app {

/// How the functions are reached that pools name for their triggers, and what wraps the codes of custom senders.
struct HookSettings {
    triggers::Options functions;
    std::optional<crypto::WrappingKey> sender_key;
};

/// From --lambda-endpoint and --hooks; where the former is not given, from AWS_ENDPOINT_URL_LAMBDA, and the key for it
/// from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. Fails: Error{invalid_parameter}, which names
/// the member and never a secret.
HookSettings load_hooks(const ServeOptions& options);

}  // namespace symbolon::app
