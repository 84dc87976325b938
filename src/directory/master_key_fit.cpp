#include "directory/master_key_fit.hpp"

#include "directory/signing_keys.hpp"

#include "base/error.hpp"
#include "base/id.hpp"

#include <boost/describe/class.hpp>

#include <string_view>

namespace symbolon::directory {
namespace {

constexpr std::string_view some_pool = "SELECT pool_id FROM signing_keys LIMIT 1";

struct SomePoolRow {
    PoolId pool_id;
};
BOOST_DESCRIBE_STRUCT(SomePoolRow, (), (pool_id))

}  // namespace

bool master_key_fits(db::Transaction& tx, const crypto::Sealer& sealer) {
    const auto found = tx.row<SomePoolRow>(some_pool);
    if (!found) return true;
    try {
        SigningKeys(tx, sealer).list(found->pool_id);
        return true;
    } catch (const Error& error) {
        if (error.code != Errc::internal) throw;
        return false;
    }
}

}  // namespace symbolon::directory
