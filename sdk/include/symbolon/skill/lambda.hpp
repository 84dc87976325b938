#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/invocation.hpp"
#include "symbolon/skill/log.hpp"
#include "symbolon/skill/skill.hpp"
#include "symbolon/skill/smart_home/smart_home.hpp"

#include <boost/json/value.hpp>

#include <functional>
#include <string>

/// A skill as an AWS Lambda function with a runtime of its own: the program is the zip's `bootstrap` (provided.al2023).
/// Lambda has checked who calls, so no signature is verified here; the skill id still is, where the skill has one.
/// One invocation at a time, answered whole (no response streaming). Spec: AWS Lambda, "Using the Lambda runtime API
/// for custom runtimes", version 2018-06-01.
namespace symbolon::skill::lambda {

/// Answers one event. What it throws becomes the invocation's error, with its text as the message.
using Function = std::function<json::value(json::value event, const Invocation& invocation)>;

struct Options {
    std::string runtime_api = {};  ///< HOST:PORT; empty: what Lambda says in AWS_LAMBDA_RUNTIME_API
    Fetch fetch = http_fetch();
    Log log = stderr_log();
};

/// Whether Lambda started this program: AWS_LAMBDA_RUNTIME_API is set.
bool is_here();

/// Requests of the skill interface, in the envelope that HTTPS endpoints get too.
Function function_of(Skill skill);
/// Directives of the smart-home interface.
Function function_of(smart_home::SmartHome home);
/// Both through one door: an event with a `directive` is for the smart-home skill.
Function function_of(Skill skill, smart_home::SmartHome home);

/// The whole of main(): asks for an event, answers it, asks for the next. Lambda ends the process when it needs no more
/// of it. Returns 1 when the Runtime API fails or says that the process shall end.
int run(Function function, Options options = {});
int run(Skill skill, Options options = {});
/// The same for what has still to be made: what `make` throws is told to Lambda as the failure to start that it is,
/// which its log and its callers then name.
int run(const std::function<Function()>& make, Options options = {});
int run(const std::function<Skill()>& make, Options options = {});

}  // namespace symbolon::skill::lambda
