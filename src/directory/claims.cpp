#include "directory/claims.hpp"

#include <boost/describe/class.hpp>

#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_claim = "SELECT holder, until_ms FROM claims WHERE work = $1";

constexpr std::string_view take_claim = R"sql(
    INSERT INTO claims (work, holder, until_ms) VALUES ($1, $2, $4)
    ON CONFLICT (work) DO UPDATE
       SET holder = excluded.holder, until_ms = excluded.until_ms
     WHERE claims.holder = excluded.holder OR claims.until_ms <= $3
)sql";

constexpr std::string_view renew_claim = "UPDATE claims SET until_ms = $3 WHERE work = $1 AND holder = $2";
constexpr std::string_view delete_claim = "DELETE FROM claims WHERE work = $1 AND holder = $2";

struct ClaimRow {
    NodeId holder;
    Instant until_ms{};
};
BOOST_DESCRIBE_STRUCT(ClaimRow, (), (holder, until_ms))

}  // namespace

std::optional<Claims::Holder> Claims::find(std::string_view work) {
    auto row = tx_.row<ClaimRow>(find_claim, work);
    if (!row) return std::nullopt;
    return Holder{std::move(row->holder), row->until_ms};
}

bool Claims::acquire(std::string_view work, const NodeId& node, Instant now, Instant until) {
    return tx_.execute(take_claim, work, node, now, until) == 1;
}

bool Claims::renew(std::string_view work, const NodeId& node, Instant until) {
    return tx_.execute(renew_claim, work, node, until) == 1;
}

void Claims::release(std::string_view work, const NodeId& node) {
    tx_.execute(delete_claim, work, node);
}

}  // namespace symbolon::directory
