#include "directory/pool_certificates.hpp"

#include "base/error.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_certificate = R"sql(
    SELECT sealed_key, certificate FROM pool_certificates WHERE pool_id = $1
)sql";

constexpr std::string_view insert_certificate = R"sql(
    INSERT INTO pool_certificates (pool_id, sealed_key, certificate, created_ms) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view seal_purpose = "pool_certificate";

struct CertificateRow {
    Bytes sealed_key;
    Bytes certificate;
};
BOOST_DESCRIBE_STRUCT(CertificateRow, (), (sealed_key, certificate))

std::string seal_context(const PoolId& pool) {
    return "pool_certificates|sealed_key|" + pool.str();
}

}  // namespace

std::optional<Bytes> PoolCertificates::find(const PoolId& pool) {
    auto row = tx_.row<CertificateRow>(find_certificate, pool);
    if (!row) return std::nullopt;
    return std::move(row->certificate);
}

std::optional<crypto::SelfSigned> PoolCertificates::find_with_key(const PoolId& pool) {
    auto row = tx_.row<CertificateRow>(find_certificate, pool);
    if (!row) return std::nullopt;
    auto key = sealer_.open(seal_purpose, seal_context(pool), row->sealed_key);
    if (!key) throw Error(Errc::internal, {}, "pool_certificates.sealed_key does not open: another master key?");
    return crypto::SelfSigned{std::move(row->certificate), std::move(*key)};
}

Bytes PoolCertificates::create(const PoolId& pool, const crypto::SelfSigned& made, Instant now) {
    tx_.execute(insert_certificate, pool, sealer_.seal(seal_purpose, seal_context(pool), made.key), made.certificate,
                now);
    return find(pool).value();
}

}  // namespace symbolon::directory
