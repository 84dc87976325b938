#include "oauth/pushed_requests.hpp"

#include "directory/pushed_requests.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::size_t max_request_uri = 256;

}  // namespace

Bytes PushedRequestService::hash_of(const crypto::Sealer& sealer, const PoolId& pool, std::string_view request_uri) {
    request_uri.remove_prefix(pushed_request_prefix.size());
    return sealer.keyed_hash("pushed request", pool.str(), request_uri);
}

Task<std::string> PushedRequestService::push(signin::ClientPtr client, std::string parameters, bool begun) {
    auto request_uri = std::string(pushed_request_prefix) + services_.random.token();
    const auto life = begun ? std::chrono::seconds(begun_request_life) : pushed_request_life;
    const directory::PushedRequest row{.pool_id = client->pool_id,
                                       .handle_hash = hash_of(services_.sealer, client->pool_id, request_uri),
                                       .client_id = client->id,
                                       .parameters = std::move(parameters),
                                       .begun = begun,
                                       .expires = services_.clock.now() + life};
    const auto create = [&](db::Transaction& tx) { directory::PushedRequests(tx).create(row); };
    co_await services_.db.write(create);
    co_return request_uri;
}

Task<std::optional<std::string>> PushedRequestService::find(PoolId pool, std::string client_id, std::string request_uri,
                                                            Arrival arrival) {
    if (!request_uri.starts_with(pushed_request_prefix) || request_uri.size() > max_request_uri) co_return std::nullopt;
    const auto hash = hash_of(services_.sealer, pool, request_uri);
    const auto read = [&](db::Transaction& tx) { return directory::PushedRequests(tx).find(pool, hash); };
    auto found = co_await services_.db.read(read);
    const auto now = services_.clock.now();
    if (!found || found->expires <= now || found->client_id.str() != client_id) co_return std::nullopt;
    if (!found->begun) {
        if (arrival == Arrival::goes_on) co_return std::nullopt;
        const auto begin = [&](db::Transaction& tx) {
            directory::PushedRequests(tx).begin(pool, hash, now + begun_request_life);
        };
        co_await services_.db.write(begin);
    }
    co_return std::move(found->parameters);
}

}  // namespace symbolon::oauth
