#include "directory/pushed_requests.hpp"

#include <boost/describe/class.hpp>

#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_request = R"sql(
    INSERT INTO pushed_requests (pool_id, handle_hash, client_id, parameters, begun, expires_ms)
    VALUES ($1, $2, $3, $4, $5, $6)
)sql";

constexpr std::string_view find_request = R"sql(
    SELECT client_id, parameters, begun, expires_ms
      FROM pushed_requests
     WHERE pool_id = $1 AND handle_hash = $2
)sql";

constexpr std::string_view begin_request = R"sql(
    UPDATE pushed_requests SET begun = TRUE, expires_ms = $3 WHERE pool_id = $1 AND handle_hash = $2 AND NOT begun
)sql";

constexpr std::string_view delete_request = "DELETE FROM pushed_requests WHERE pool_id = $1 AND handle_hash = $2";

struct RequestRow {
    ClientId client_id;
    std::string parameters;
    bool begun = false;
    Instant expires_ms{};
};
BOOST_DESCRIBE_STRUCT(RequestRow, (), (client_id, parameters, begun, expires_ms))

}  // namespace

void PushedRequests::create(const PushedRequest& request) {
    tx_.execute(insert_request, request.pool_id, request.handle_hash, request.client_id, request.parameters,
                request.begun, request.expires);
}

std::optional<PushedRequest> PushedRequests::find(const PoolId& pool, ByteView handle_hash) {
    auto row = tx_.row<RequestRow>(find_request, pool, handle_hash);
    if (!row) return std::nullopt;
    return PushedRequest{.pool_id = pool,
                         .handle_hash = Bytes(handle_hash.begin(), handle_hash.end()),
                         .client_id = std::move(row->client_id),
                         .parameters = std::move(row->parameters),
                         .begun = row->begun,
                         .expires = row->expires_ms};
}

void PushedRequests::begin(const PoolId& pool, ByteView handle_hash, Instant expires) {
    tx_.execute(begin_request, pool, handle_hash, expires);
}

bool PushedRequests::consume(const PoolId& pool, ByteView handle_hash) {
    return tx_.execute(delete_request, pool, handle_hash) == 1;
}

}  // namespace symbolon::directory
