#include "triggers/http_functions.hpp"

#include "base/log.hpp"
#include "triggers/outcome.hpp"
#include "triggers/requests.hpp"

#include <optional>
#include <utility>
#include <variant>

namespace symbolon::triggers {
namespace {

constexpr std::size_t calls_at_once = 16;

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
    : options_((check(options), std::move(options))),
      random_(random),
      clock_(clock),
      client_(std::make_unique<net::Client>(calls_at_once)) {}

void HttpFunctions::stop() {
    client_.reset();
}

net::ClientRequest HttpFunctions::make_request(const std::string& function, const std::string& event,
                                               const std::string& id) const {
    const auto* hook = find_hook(options_, function);
    auto request = hook ? make_hook_request(*hook, id, event, clock_.now())
                        : make_invoke_request(options_, function, event, clock_.now());
    request.limit = options_.attempt_limit;
    request.max_body = options_.max_answer;
    return request;
}

Task<Reply> HttpFunctions::invoke(std::string function, std::string event) {
    const bool is_hook = find_hook(options_, function) != nullptr;
    if (!is_hook && options_.lambda_endpoint.empty()) {
        log::error("hook_without_endpoint",
                   {{"function", function}, {"help", "set --lambda-endpoint, or name it in the file of --hooks"}});
        throw NotRun("ResourceNotFoundException");
    }
    const std::string id = random_.uuid();  // the same in every attempt, so that a hook can tell
    for (int number = 1;; ++number) {
        auto request = make_request(function, event, id);
        auto outcome = co_await attempt(*client_, std::move(request), is_hook);
        if (auto* reply = std::get_if<Reply>(&outcome)) co_return std::move(*reply);
        const auto& failure = std::get<Failure>(outcome);
        log::warning(
            "hook_attempt_failed",
            {{"function", function}, {"attempt", number}, {"reason", failure.reason}, {"detail", failure.detail}});
        if (!failure.may_pass || number >= options_.attempts) throw NotRun(failure.reason);
    }
}

}  // namespace symbolon::triggers
