#include "directory/pending_attributes.hpp"

#include <boost/describe/class.hpp>

#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_value = R"sql(
    SELECT value FROM pending_attributes WHERE pool_id = $1 AND user_id = $2 AND attribute = $3
)sql";

constexpr std::string_view save_value = R"sql(
    INSERT INTO pending_attributes (pool_id, user_id, attribute, value) VALUES ($1, $2, $3, $4)
    ON CONFLICT (pool_id, user_id, attribute) DO UPDATE SET value = $4
)sql";

constexpr std::string_view delete_value = R"sql(
    DELETE FROM pending_attributes WHERE pool_id = $1 AND user_id = $2 AND attribute = $3
)sql";

struct ValueRow {
    std::string value;
};
BOOST_DESCRIBE_STRUCT(ValueRow, (), (value))

}  // namespace

std::optional<std::string> PendingAttributes::find(const PoolId& pool, const UserId& user, std::string_view attribute) {
    auto row = tx_.row<ValueRow>(find_value, pool, user, attribute);
    if (!row) return std::nullopt;
    return std::move(row->value);
}

void PendingAttributes::save(const PoolId& pool, const UserId& user, std::string_view attribute,
                             std::string_view value) {
    tx_.execute(save_value, pool, user, attribute, value);
}

void PendingAttributes::erase(const PoolId& pool, const UserId& user, std::string_view attribute) {
    tx_.execute(delete_value, pool, user, attribute);
}

}  // namespace symbolon::directory
