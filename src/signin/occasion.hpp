#pragma once

#include "triggers/answers.hpp"
#include "triggers/call.hpp"

#include <string>

namespace symbolon::signin {

/// What a message is sent for, as the pool's own functions are told: by CustomMessage before it is written, by a custom
/// sender when it is sent. Spec: cognito-api.md §6.2, §6.4.
struct Occasion {
    triggers::MessageSource source = triggers::MessageSource::authentication;
    std::string client_id = {};        ///< "": an administrator
    triggers::Metadata metadata = {};  ///< the request's ClientMetadata
};

}  // namespace symbolon::signin
