#include "triggers/http_functions.hpp"

#include "base/log.hpp"
#include "triggers/outcome.hpp"
#include "triggers/requests.hpp"

#include <optional>
#include <utility>
#include <variant>

namespace symbolon::triggers {
namespace {

constexpr std::size_t calls_at_once = 64;  // of all pools; each has its own limit (pool_queues.hpp)

/// What came of one attempt.
Task<Outcome> attempt(net::Client& client, net::ClientRequest request, bool is_hook) {
    std::optional<Outcome> failed;
    try {
        const auto response = co_await client.send(std::move(request));
        co_return is_hook ? read_hook_response(response) : read_invoke_response(response);
    } catch (const net::ClientError& error) {
        failed = to_outcome(error);
    }
    co_return std::move(*failed);
}

}  // namespace

HttpFunctions::HttpFunctions(Options options, crypto::Random& random, const Clock& clock)
    : random_(random), clock_(clock), client_(std::make_unique<net::Client>(calls_at_once)) {
    set_options(std::move(options));
}

void HttpFunctions::set_options(Options options) {
    check(options);
    auto next = std::make_shared<const Options>(std::move(options));
    const std::lock_guard lock(mutex_);
    options_.swap(next);
}

std::shared_ptr<const Options> HttpFunctions::options() const {
    const std::lock_guard lock(mutex_);
    return options_;
}

void HttpFunctions::stop() {
    client_.reset();
}

net::ClientRequest HttpFunctions::make_request(const Options& options, const std::string& function,
                                               const std::string& event, const std::string& id) const {
    const auto* hook = find_hook(options, function);
    auto request = hook ? make_hook_request(*hook, id, event, clock_.now())
                        : make_invoke_request(options, function, event, clock_.now());
    request.limit = options.attempt_limit;
    request.max_body = options.max_answer;
    return request;
}

Task<Reply> HttpFunctions::invoke(std::string function, std::string event) {
    const auto known = options();
    const bool is_hook = find_hook(*known, function) != nullptr;
    if (!is_hook && known->lambda_endpoint.empty()) {
        log::error("hook_without_endpoint",
                   {{"function", function}, {"help", "set --lambda-endpoint, or name it in the file of --hooks"}});
        throw NotRun("ResourceNotFoundException");
    }
    const std::string id = random_.uuid();  // the same in every attempt, so that a hook can tell
    for (int number = 1;; ++number) {
        auto request = make_request(*known, function, event, id);
        auto outcome = co_await attempt(*client_, std::move(request), is_hook);
        if (auto* reply = std::get_if<Reply>(&outcome)) co_return std::move(*reply);
        const auto& failure = std::get<Failure>(outcome);
        log::warning(
            "hook_attempt_failed",
            {{"function", function}, {"attempt", number}, {"reason", failure.reason}, {"detail", failure.detail}});
        if (!failure.may_pass || number >= known->attempts) throw NotRun(failure.reason);
    }
}

}  // namespace symbolon::triggers
