#include "sdk/lambda_emulator.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::skill::testing {
namespace {

constexpr std::string_view root = "/2018-06-01/runtime";
constexpr std::string_view invocations = "/invocation/";

net::ServerOptions one_listener() {
    net::ServerOptions options;
    options.listeners.resize(1);
    options.threads = 1;
    options.max_body = 8 * 1024 * 1024;
    return options;
}

net::Response status(int code, std::string body) {
    net::Response response;
    response.status = code;
    response.headers.add("Content-Type", "application/json");
    response.body = std::move(body);
    return response;
}

net::Response refusal(int code, std::string_view type) {
    return status(code, R"({"errorMessage":"refused","errorType":")" + std::string(type) + R"("})");
}

}  // namespace

LambdaEmulator::LambdaEmulator()
    : server_(one_listener(), [this](net::Request request) { return answer(std::move(request)); }) {
    server_.start();
}

LambdaEmulator::~LambdaEmulator() {
    server_.stop();
}

std::string LambdaEmulator::address() const {
    return server_.urls().front().substr(std::string_view("http://").size());
}

std::string LambdaEmulator::queue(Event event) {
    const std::lock_guard lock(mutex_);
    auto id = "8476a536-e9f4-11e8-9739-" + std::to_string(100000000000 + made_++);
    events_.push_back({id, std::move(event)});
    return id;
}

void LambdaEmulator::expire(const std::string& request_id) {
    const std::lock_guard lock(mutex_);
    expired_.push_back(request_id);
}

Task<net::Response> LambdaEmulator::answer(net::Request request) {
    co_return respond_to(request);
}

net::Response LambdaEmulator::respond_to(const net::Request& request) {
    const std::lock_guard lock(mutex_);
    std::string_view path = request.path;
    if (!path.starts_with(root)) return refusal(404, "NotFound");
    path.remove_prefix(root.size());
    if (request.method == net::Method::get && path == "/invocation/next") return give_next();
    if (request.method == net::Method::post) return take(request, path);
    return refusal(404, "NotFound");
}

net::Response LambdaEmulator::give_next() {
    ++asked_;
    under_way_.clear();
    if (events_.empty()) return refusal(500, "ContainerError");
    auto [id, event] = std::move(events_.front());
    events_.pop_front();
    under_way_ = id;
    auto response = status(200, std::move(event.body));
    response.headers.add("Lambda-Runtime-Aws-Request-Id", id);
    for (const auto& [name, value] : event.headers) response.headers.add(name, value);
    return response;
}

net::Response LambdaEmulator::take(const net::Request& request, std::string_view path) {
    posted_.push_back({std::string(path),
                       std::string(request.headers.find("Lambda-Runtime-Function-Error-Type").value_or("")),
                       request.body});
    if (path == "/init/error") return status(202, R"({"status":"OK"})");
    if (!path.starts_with(invocations)) return refusal(404, "NotFound");
    path.remove_prefix(invocations.size());
    const auto slash = path.find('/');
    const std::string id(path.substr(0, slash));
    const auto what = slash == path.npos ? std::string_view() : path.substr(slash);
    if (what != "/response" && what != "/error") return refusal(404, "NotFound");
    if (id != under_way_ || std::ranges::find(expired_, id) != expired_.end()) return refusal(400, "InvalidRequestID");
    if (request.body.size() > max_answer_) return refusal(413, "RequestEntityTooLarge");
    under_way_.clear();
    return status(202, R"({"status":"OK"})");
}

}  // namespace symbolon::skill::testing
