#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/invocation.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace symbolon::skill::lambda {

/// Nothing is left but to end the process: Lambda said so, or cannot be reached.
class RuntimeApiError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Event {
    Invocation invocation;
    std::string body;
};

/// Why an invocation or the start failed. `type` is category.Reason, for Lambda's metrics.
struct Failure {
    std::string type;
    std::string message;
};

/// What Lambda made of an answer.
enum class Receipt { accepted, too_large, refused };

/// The calls of the Runtime API, version 2018-06-01. Threads: one.
class RuntimeApi {
public:
    RuntimeApi(std::string address, Fetch fetch);

    /// Waits for the next event, however long: the sandbox may be frozen meanwhile. Fails: RuntimeApiError.
    Event next() const;
    /// Fails: RuntimeApiError.
    Receipt respond(std::string_view request_id, std::string body) const;
    Receipt fail(std::string_view request_id, const Failure& failure) const;
    Receipt fail_init(const Failure& failure) const;

private:
    HttpResponse send(const FetchRequest& request) const;
    Receipt post(const std::string& path, std::string body, HttpHeaders headers) const;
    Receipt post_failure(const std::string& path, const Failure& failure) const;

    std::string base_url_;
    Fetch fetch_;
};

}  // namespace symbolon::skill::lambda
