#include "oauth/dpop.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "directory/codes.hpp"
#include "oauth/security_profile.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::size_t nonce_size = 16;  // bytes

/// The endpoint as the request named it, and as the metadata document does.
ProvenRequest describe(const Site& site, const net::Request& request, std::string access_token) {
    const auto path = request.path.substr(std::min(request.path.find("/oauth2/"), request.path.size()));
    return {request.method_name, {site.url + path, site.endpoints_url + path}, std::move(access_token)};
}

std::string proof_id_of(const DpopProof& proof) {
    return "dpop " + to_base64url(crypto::sha256(proof.jkt + proof.id));
}

Task<std::string> no_proof() {
    co_return std::string{};
}

}  // namespace

Task<std::string> DpopProofs::check(Site site, const net::Request& request, std::string access_token,
                                    bool nonce_required) {
    const auto headers = request.headers.find_all(dpop_scheme);
    if (headers.empty()) return no_proof();
    if (headers.size() > 1) throw Error{Errc::oauth_invalid_dpop_proof, "The request has two DPoP proofs."};
    auto proof =
        read_dpop_proof(headers.front(), describe(site, request, std::move(access_token)), services_.clock.now());
    if (!is_client_algorithm(*site.pool, proof.alg)) {
        throw Error{Errc::oauth_invalid_dpop_proof, "The DPoP proof's algorithm is not the pool's."};
    }
    const auto& pool = site.pool->id;
    if ((nonce_required || !proof.nonce.empty()) && !is_ours(pool, proof.nonce)) {
        throw Error{Errc::oauth_use_dpop_nonce, "The DPoP proof needs the nonce of the DPoP-Nonce header."};
    }
    return use(pool, std::move(proof));
}

Task<std::string> DpopProofs::use(PoolId pool, DpopProof proof) {
    const auto spend = [&](db::Transaction& tx) {
        return directory::SpentProofs(tx).spend(pool, proof_id_of(proof), proof.expires);
    };
    const bool fresh = co_await services_.db.write(spend);
    if (!fresh) throw Error{Errc::oauth_invalid_dpop_proof, "The DPoP proof was used before."};
    co_return std::move(proof.jkt);
}

std::string DpopProofs::nonce(const PoolId& pool) const {
    return nonce_of(pool, to_seconds(services_.clock.now()) / nonce_life.count());
}

std::string DpopProofs::nonce_of(const PoolId& pool, std::int64_t period) const {
    const auto hash = services_.sealer.keyed_hash("dpop nonce", pool.str(), std::to_string(period));
    return to_base64url(ByteView(hash).first(nonce_size));
}

bool DpopProofs::is_ours(const PoolId& pool, std::string_view nonce) const {
    const auto period = to_seconds(services_.clock.now()) / nonce_life.count();
    const bool now = crypto::equal_in_constant_time(nonce, nonce_of(pool, period));
    const bool before = crypto::equal_in_constant_time(nonce, nonce_of(pool, period - 1));
    return now || before;
}

}  // namespace symbolon::oauth
