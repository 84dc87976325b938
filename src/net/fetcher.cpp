#include "net/fetcher.hpp"

#include "net/origin.hpp"

#include <utility>

namespace symbolon::net {

Task<ClientResponse> GuardedFetcher::fetch(ClientRequest request) {
    const bool guarded = reach_ == Reach::public_https;
    if (guarded && !request.url.starts_with("https://")) throw ClientError(Failure::other, "not an https URL");
    if (authority_of(request.url).find('@') != std::string_view::npos)
        throw ClientError(Failure::other, "a URL with a user");
    request.public_addresses_only = guarded;
    co_return co_await client_.send(std::move(request));
}

}  // namespace symbolon::net
