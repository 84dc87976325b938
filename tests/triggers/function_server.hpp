#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/run.hpp"
#include "crypto/random.hpp"
#include "net/test_server.hpp"
#include "triggers/http_functions.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::triggers {

/// A real HTTP server of this process that runs functions, and what reaches them. The clock stands still.
class FunctionServer : public testing::Test {
protected:
    static constexpr std::string_view arn = "arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up";
    static constexpr std::string_view event = R"({"triggerSource":"PreSignUp_SignUp","response":{}})";

    FunctionServer() { log::set_level(log::Level::error); }

    /// What the server answers the next requests; the last answer is repeated.
    void answer(std::vector<net::Response> responses) {
        const std::lock_guard lock(mutex);
        answers = std::move(responses);
    }
    static net::Response response(int status, std::string body, std::vector<std::pair<std::string, std::string>> = {});

    Reply invoke(HttpFunctions& functions, std::string_view function = arn) {
        return run(functions.invoke(std::string(function), std::string(event)));
    }
    /// Why the function was not run.
    std::string failure(HttpFunctions& functions, std::string_view function = arn) {
        try {
            invoke(functions, function);
        } catch (const NotRun& failed) {
            return failed.reason;
        }
        return "(it was run)";
    }
    std::vector<net::Request> requests() {
        const std::lock_guard lock(mutex);
        return seen;
    }

    std::mutex mutex;
    std::vector<net::Response> answers{response(200, "{}")};
    std::vector<net::Request> seen;
    std::atomic<int> begun{0};  ///< requests, also those that get no answer
    std::function<Task<void>()> before_answer;

    static net::ServerOptions quick() {
        net::ServerOptions out;
        out.drain_limit = std::chrono::milliseconds(50);  // a function that hangs holds up no test
        return out;
    }
    Task<net::Response> serve(net::Request request) {
        ++begun;
        if (before_answer) co_await before_answer();
        const std::lock_guard lock(mutex);
        seen.push_back(std::move(request));
        auto next = answers.front();
        if (answers.size() > 1) answers.erase(answers.begin());
        co_return next;
    }
    TestServer server{[this](net::Request request) { return serve(std::move(request)); }, quick()};
    ManualClock clock{from_ms(1'800'000'000'000)};
    crypto::SeededRandom random{3};
};

inline net::Response FunctionServer::response(int status, std::string body,
                                              std::vector<std::pair<std::string, std::string>> fields) {
    net::Response out;
    out.status = status;
    out.body = std::move(body);
    for (auto& [name, value] : fields) out.headers.add(std::move(name), std::move(value));
    return out;
}

}  // namespace symbolon::triggers
