#include "federation/exchange.hpp"

#include "base/error.hpp"

#include <optional>
#include <utility>

namespace symbolon::federation {
namespace {

constexpr std::chrono::milliseconds longest_wait{5000};
constexpr std::size_t largest_answer = 256 * 1024;

std::string describe(net::Failure failure, const std::string& part) {
    if (failure == net::Failure::timeout) return "Timeout occurred in calling IdP " + part;
    if (failure == net::Failure::too_large) return "The answer of the IdP " + part + " is too large";
    return "Could not connect to the IdP " + part;
}

}  // namespace

void throw_failure(std::string description, std::string detail) {
    throw Error{Errc::oauth_invalid_request, std::move(description), std::move(detail)};
}

Task<net::ClientResponse> exchange(net::Fetcher& fetcher, net::ClientRequest request, std::string part) {
    request.limit = longest_wait;
    request.max_body = largest_answer;
    std::string description;
    std::string detail;
    try {
        co_return co_await fetcher.fetch(std::move(request));
    } catch (const net::ClientError& error) {
        description = describe(error.failure, part);
        detail = error.detail;
    }
    throw_failure(std::move(description), std::move(detail));
}

}  // namespace symbolon::federation
