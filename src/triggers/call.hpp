#pragma once

#include "base/id.hpp"

#include <functional>
#include <map>
#include <string>

namespace symbolon::triggers {

using Attributes = std::map<std::string, std::string, std::less<>>;
/// A request's ClientMetadata or ValidationData, which only hooks read.
using Metadata = std::map<std::string, std::string, std::less<>>;

/// What the events of all triggers say.
struct Call {
    std::string function;  ///< the ARN that the pool's LambdaConfig names
    PoolId pool_id;
    std::string client_id;  ///< "": none; the event says CLIENT_ID_NOT_APPLICABLE
    std::string username;
    Attributes attributes = {};  ///< request.userAttributes
    Metadata metadata = {};      ///< request.clientMetadata; left out when empty
};

}  // namespace symbolon::triggers
