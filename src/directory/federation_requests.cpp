#include "directory/federation_requests.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "directory/stored.hpp"

#include <boost/describe/class.hpp>

#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_request = R"sql(
    INSERT INTO federation_requests (pool_id, handle_hash, sealed_details, expires_ms) VALUES ($1, $2, $3, $4)
)sql";

constexpr std::string_view find_request = R"sql(
    SELECT sealed_details, expires_ms FROM federation_requests WHERE pool_id = $1 AND handle_hash = $2
)sql";

constexpr std::string_view delete_request = R"sql(
    DELETE FROM federation_requests WHERE pool_id = $1 AND handle_hash = $2
)sql";

constexpr std::string_view purpose = "federation_request";

struct RequestRow {
    Bytes sealed_details;
    Instant expires_ms{};
};
BOOST_DESCRIBE_STRUCT(RequestRow, (), (sealed_details, expires_ms))

struct StoredRequest {
    std::string provider;
    std::string browser;
    std::string callback;
    std::string query;
    std::string nonce;
    std::string verifier;
    std::string saml_id;
};
BOOST_DESCRIBE_STRUCT(StoredRequest, (), (provider, browser, callback, query, nonce, verifier, saml_id))

std::string context_of(const PoolId& pool, ByteView hash) {
    return "federation_requests|sealed_details|" + pool.str() + "|" + to_hex(hash);
}

}  // namespace

Bytes FederationRequests::hash_of(const PoolId& pool, std::string_view handle) const {
    return sealer_.keyed_hash(purpose, pool.str(), handle);
}

void FederationRequests::create(const PoolId& pool, std::string_view handle, const FederationRequest& request) {
    const auto hash = hash_of(pool, handle);
    const auto text = to_stored(StoredRequest{request.provider, request.browser, request.callback, request.query,
                                              request.nonce, request.verifier, request.saml_id});
    tx_.execute(insert_request, pool, hash, sealer_.seal(purpose, context_of(pool, hash), bytes_of(text)),
                request.expires);
}

std::optional<FederationRequest> FederationRequests::find(const PoolId& pool, std::string_view handle) {
    const auto hash = hash_of(pool, handle);
    const auto row = tx_.row<RequestRow>(find_request, pool, hash);
    if (!row) return std::nullopt;
    const auto opened = sealer_.open(purpose, context_of(pool, hash), row->sealed_details);
    if (!opened) throw Error(Errc::internal, {}, "federation_requests: a row that does not open: another master key?");
    auto stored = from_stored<StoredRequest>(text_of(*opened), "federation_requests.sealed_details");
    return FederationRequest{.provider = std::move(stored.provider),
                             .browser = std::move(stored.browser),
                             .callback = std::move(stored.callback),
                             .query = std::move(stored.query),
                             .nonce = std::move(stored.nonce),
                             .verifier = std::move(stored.verifier),
                             .saml_id = std::move(stored.saml_id),
                             .expires = row->expires_ms};
}

bool FederationRequests::use(const PoolId& pool, std::string_view handle) {
    return tx_.execute(delete_request, pool, hash_of(pool, handle)) == 1;
}

}  // namespace symbolon::directory
