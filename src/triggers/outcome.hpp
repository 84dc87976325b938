#pragma once

#include "net/client.hpp"
#include "triggers/functions.hpp"

#include <string>
#include <variant>

/// What an answer over HTTP means. Pure functions.
namespace symbolon::triggers {

struct Failure {
    std::string reason;       ///< shown to who asked
    std::string detail = {};  ///< for the log
    bool may_pass = false;    ///< worth another attempt
};

using Outcome = std::variant<Reply, Failure>;

/// Of AWS Lambda's Invoke. Spec: AWS Lambda API, Invoke.
Outcome read_invoke_response(const net::ClientResponse& response);
/// Of a web hook: 2xx is the event; 4xx with an errorMessage is the function's refusal.
Outcome read_hook_response(const net::ClientResponse& response);
/// Of no answer.
Outcome to_outcome(const net::ClientError& error);

}  // namespace symbolon::triggers
