#include "symbolon/skill/lambda.hpp"

#include "runtime_api.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <utility>

namespace symbolon::skill::lambda {
namespace {

constexpr const char* runtime_api_variable = "AWS_LAMBDA_RUNTIME_API";
constexpr const char* trace_id_variable = "_X_AMZN_TRACE_ID";  // where X-Ray's SDKs look for it

/// The event is no JSON, or not of the kind that the function answers.
class MalformedEvent : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

template <class... Types>
bool is_any(const std::exception& error) {
    return (... || (dynamic_cast<const Types*>(&error) != nullptr));
}

Failure failure_of(const std::exception& error) {
    const char* type = "Function.Unhandled";
    if (is_any<MalformedEvent, MalformedRequest>(error)) type = "Function.MalformedEvent";
    if (is_any<WrongApplication>(error)) type = "Function.WrongApplication";
    if (is_any<NoHandler>(error)) type = "Function.NoHandler";
    if (is_any<InvalidResponse>(error)) type = "Function.InvalidResponse";
    return {type, error.what()};
}

std::string environment_address() {
    const char* address = std::getenv(runtime_api_variable);
    return address == nullptr ? std::string{} : address;
}

std::string address_of(const Options& options) {
    return options.runtime_api.empty() ? environment_address() : options.runtime_api;
}

json::value parse_event(const std::string& body) {
    boost::system::error_code failure;
    auto event = json::parse(body, failure);
    if (failure) throw MalformedEvent("the event is not JSON");
    return event;
}

json::object object_of(json::value event) {
    if (!event.is_object()) throw MalformedEvent("the event is not an object");
    return std::move(event.get_object());
}

/// Asks, answers, asks again.
class Loop {
public:
    explicit Loop(const Options& options) : api_(address_of(options), options.fetch), log_(options.log) {}

    int run(const Function& function) const {
        try {
            for (;;) answer(function, api_.next());
        } catch (const RuntimeApiError& error) {
            log_(LogLevel::error, "lambda_runtime_ended", error.what());
            return 1;
        }
    }

    int refuse_to_start(const std::exception& error) const {
        log_(LogLevel::error, "skill_cannot_start", error.what());
        try {
            api_.fail_init({"Runtime.InitError", error.what()});
        } catch (const RuntimeApiError& unreachable) {
            log_(LogLevel::error, "lambda_runtime_ended", unreachable.what());
        }
        return 1;
    }

private:
    void answer(const Function& function, const Event& event) const {
        const auto& invocation = event.invocation;
        ::setenv(trace_id_variable, invocation.trace_id.c_str(), 1);
        std::string body;
        try {
            body = json::serialize(function(parse_event(event.body), invocation));
        } catch (const std::exception& error) {
            fail(invocation.request_id, failure_of(error));
            return;
        }
        switch (api_.respond(invocation.request_id, std::move(body))) {
            case Receipt::accepted:
                return;
            case Receipt::too_large:
                return fail(invocation.request_id, {"Function.ResponseSizeTooLarge", "the answer is too large"});
            case Receipt::refused:  // too late, most often: nobody waits for it any more
                log_(LogLevel::warning, "answer_refused", invocation.request_id);
        }
    }

    void fail(const std::string& request_id, const Failure& failure) const {
        log_(LogLevel::error, "skill_failed", failure.type + ": " + failure.message);
        if (api_.fail(request_id, failure) != Receipt::accepted) log_(LogLevel::warning, "error_refused", request_id);
    }

    RuntimeApi api_;
    Log log_;
};

bool knows_its_runtime(const Options& options) {
    if (!address_of(options).empty()) return true;
    options.log(LogLevel::error, "not_in_lambda", std::string(runtime_api_variable) + " is not set");
    return false;
}

}  // namespace

bool is_here() {
    return !environment_address().empty();
}

Function function_of(Skill skill) {
    return [skill = std::move(skill)](json::value event, const Invocation& invocation) -> json::value {
        return skill.invoke(object_of(std::move(event)), invocation);
    };
}

Function function_of(smart_home::SmartHome home) {
    return [home = std::move(home)](json::value event, const Invocation& invocation) -> json::value {
        return home.handle(object_of(std::move(event)), invocation);
    };
}

Function function_of(Skill skill, smart_home::SmartHome home) {
    return [skill = function_of(std::move(skill)), home = function_of(std::move(home))](
               json::value event, const Invocation& invocation) -> json::value {
        const bool is_directive = event.is_object() && event.get_object().contains("directive");
        return is_directive ? home(std::move(event), invocation) : skill(std::move(event), invocation);
    };
}

int run(Function function, Options options) {
    return knows_its_runtime(options) ? Loop(options).run(function) : 1;
}

int run(Skill skill, Options options) {
    return run(function_of(std::move(skill)), std::move(options));
}

int run(const std::function<Function()>& make, Options options) {
    if (!knows_its_runtime(options)) return 1;
    const Loop loop(options);
    Function function;
    try {
        function = make();
    } catch (const std::exception& error) {
        return loop.refuse_to_start(error);
    }
    return loop.run(function);
}

int run(const std::function<Skill()>& make, Options options) {
    return run(std::function<Function()>([&make] { return function_of(make()); }), std::move(options));
}

}  // namespace symbolon::skill::lambda
