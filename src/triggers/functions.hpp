#pragma once

#include "base/task.hpp"

#include <exception>
#include <string>
#include <utility>

namespace symbolon::triggers {

/// What a function answered.
struct Reply {
    std::string body;       ///< JSON, unproven
    bool is_error = false;  ///< the function raised; `body` says why, as {"errorMessage", "errorType"}
};

/// Thrown when a function could not be run, or did not answer in time. `reason` is shown to who asked, as the service
/// does: a code such as AccessDeniedException, never an address or a secret.
class NotRun : public std::exception {
public:
    std::string reason;
    explicit NotRun(std::string reason_) : reason(std::move(reason_)) {}
    const char* what() const noexcept override { return reason.c_str(); }
};

/// How the functions are reached that pools name by ARN: over HTTP (http_functions.hpp), or inside a test.
class Functions {
public:
    virtual ~Functions() = default;
    /// Runs the function with an event and waits for what it answers, however often that has to be tried. Fails:
    /// NotRun. Threads: any.
    virtual Task<Reply> invoke(std::string function, std::string event) = 0;
};

}  // namespace symbolon::triggers
