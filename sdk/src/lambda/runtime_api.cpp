#include "runtime_api.hpp"

#include "base/encoding.hpp"
#include "net/http.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace symbolon::skill::lambda {
namespace {

namespace json = boost::json;

constexpr std::size_t max_event = 8 * 1024 * 1024;  // Lambda gives at most 6 MiB
constexpr std::chrono::hours no_limit{24 * 365};    // the clock may jump by days when the sandbox thaws
constexpr std::chrono::milliseconds answer_limit{10000};

/// Lambda's header of that name; "" when there is none.
std::string header(const HttpResponse& response, std::string_view wanted) {
    for (const auto& [name, value] : response.headers) {
        if (net::equal_without_case(name, wanted)) return value;
    }
    return {};
}

Time parse_deadline(const std::string& milliseconds) {
    std::int64_t value = 0;
    const char* const end = milliseconds.data() + milliseconds.size();
    const auto [stopped, failure] = std::from_chars(milliseconds.data(), end, value);
    if (failure != std::errc{} || stopped != end || value <= 0) return Time::max();
    return Time(std::chrono::milliseconds(value));
}

}  // namespace

RuntimeApi::RuntimeApi(std::string address, Fetch fetch)
    : base_url_("http://" + std::move(address) + "/2018-06-01/runtime"), fetch_(std::move(fetch)) {}

Event RuntimeApi::next() const {
    HttpResponse answer = send({.url = base_url_ + "/invocation/next", .limit = no_limit, .max_body = max_event});
    if (answer.status != 200) throw RuntimeApiError("the next event: HTTP " + std::to_string(answer.status));
    Event event;
    event.invocation = {.deadline = parse_deadline(header(answer, "Lambda-Runtime-Deadline-Ms")),
                        .request_id = header(answer, "Lambda-Runtime-Aws-Request-Id"),
                        .function_arn = header(answer, "Lambda-Runtime-Invoked-Function-Arn"),
                        .trace_id = header(answer, "Lambda-Runtime-Trace-Id"),
                        .client_context = header(answer, "Lambda-Runtime-Client-Context"),
                        .cognito_identity = header(answer, "Lambda-Runtime-Cognito-Identity")};
    if (event.invocation.request_id.empty()) throw RuntimeApiError("the next event has no request id");
    event.body = std::move(answer.body);
    return event;
}

Receipt RuntimeApi::respond(std::string_view request_id, std::string body) const {
    return post("/invocation/" + percent_encode(request_id) + "/response", std::move(body), {});
}

Receipt RuntimeApi::fail(std::string_view request_id, const Failure& failure) const {
    return post_failure("/invocation/" + percent_encode(request_id) + "/error", failure);
}

Receipt RuntimeApi::fail_init(const Failure& failure) const {
    return post_failure("/init/error", failure);
}

Receipt RuntimeApi::post_failure(const std::string& path, const Failure& failure) const {
    const json::object body{
        {"errorMessage", failure.message}, {"errorType", failure.type}, {"stackTrace", json::array{}}};
    return post(path, json::serialize(body), {{"Lambda-Runtime-Function-Error-Type", failure.type}});
}

Receipt RuntimeApi::post(const std::string& path, std::string body, HttpHeaders headers) const {
    headers.emplace_back("Content-Type", "application/json");
    const auto answer = send({.method = "POST",
                              .url = base_url_ + path,
                              .headers = std::move(headers),
                              .body = std::move(body),
                              .limit = answer_limit});
    if (answer.status >= 200 && answer.status < 300) return Receipt::accepted;
    if (answer.status == 413) return Receipt::too_large;
    if (answer.status >= 400 && answer.status < 500) return Receipt::refused;
    // "Container error, non-recoverable state. Runtime should exit promptly."
    throw RuntimeApiError("an answer: HTTP " + std::to_string(answer.status));
}

HttpResponse RuntimeApi::send(const FetchRequest& request) const {
    try {
        return fetch_(request);
    } catch (const FetchError& error) {
        throw RuntimeApiError(error.what());
    }
}

}  // namespace symbolon::skill::lambda
