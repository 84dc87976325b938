#include "triggers/outcome.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <string_view>

namespace symbolon::triggers {
namespace {

bool is_success(int status) {
    return status >= 200 && status < 300;
}

/// Throttled, or the other side's own trouble.
bool may_pass(int status) {
    return status == 429 || status >= 500;
}

/// An error code as AWS writes them. Anything else is not repeated to who asked.
bool is_code(std::string_view text) {
    const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, fits);
}

std::string reason_of(const net::ClientResponse& response) {
    auto code = response.headers.find("X-Amzn-ErrorType").value_or("");
    code = code.substr(0, code.find(':'));  // some services add an address
    return is_code(code) ? std::string(code) : "HTTP " + std::to_string(response.status);
}

bool has_error_message(std::string_view body) {
    boost::json::error_code failure;
    const auto value = boost::json::parse(boost::json::string_view(body.data(), body.size()), failure);
    return !failure && value.is_object() && value.get_object().contains("errorMessage");
}

}  // namespace

Outcome read_invoke_response(const net::ClientResponse& response) {
    if (is_success(response.status))
        return Reply{.body = response.body, .is_error = response.headers.find("X-Amz-Function-Error").has_value()};
    return Failure{.reason = reason_of(response), .detail = {}, .may_pass = may_pass(response.status)};
}

Outcome read_hook_response(const net::ClientResponse& response) {
    if (response.status == 204) return Reply{.body = "{}", .is_error = false};
    if (is_success(response.status)) return Reply{.body = response.body, .is_error = false};
    const bool refuses = response.status >= 400 && response.status < 500;
    if (refuses && has_error_message(response.body)) return Reply{.body = response.body, .is_error = true};
    return Failure{
        .reason = "HTTP " + std::to_string(response.status), .detail = {}, .may_pass = may_pass(response.status)};
}

Outcome to_outcome(const net::ClientError& error) {
    switch (error.failure) {
        case net::Failure::timeout:
            return Failure{"Socket timeout while invoking Lambda function", error.detail, true};
        case net::Failure::dns:
        case net::Failure::connect:
            return Failure{"Connection failure while invoking Lambda function", error.detail, true};
        case net::Failure::tls:
            return Failure{"Connection failure while invoking Lambda function", error.detail, false};
        case net::Failure::too_large:
            return Failure{"ResponseSizeTooLarge", error.detail, false};
        case net::Failure::other:
            break;
    }
    return Failure{"ServiceException", error.detail, false};
}

}  // namespace symbolon::triggers
