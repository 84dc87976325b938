#include "directory/users.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

namespace symbolon::directory {
namespace {

constexpr std::int64_t sample = 1024;
constexpr std::size_t digits = 8;

constexpr std::string_view least_ids = R"sql(
    SELECT user_id FROM users WHERE pool_id = $1 ORDER BY user_id LIMIT $2
)sql";

struct IdRow {
    std::string user_id;
};
BOOST_DESCRIBE_STRUCT(IdRow, (), (user_id))

/// Where an id lies among all possible ones, by its first 32 bits, which are random in a UUID; above 0, at most 1.
/// Ids that are not UUIDs tell nothing: then it is 1, so that what was read is counted as all there is.
double position_of(std::string_view id) {
    std::uint32_t head = 0;
    const auto* end = id.data() + std::min(id.size(), digits);
    const auto [stop, failure] = std::from_chars(id.data(), end, head, 16);
    if (failure != std::errc{} || stop != end || id.size() < digits) return 1;
    return (static_cast<double>(head) + 1) / std::ldexp(1.0, 32);
}

}  // namespace

// Ids are spread evenly, so the greatest of the least n tells how dense they are ("k minimum values"). A COUNT would
// read the whole pool, on a thread that has requests to answer.
std::int64_t Users::count(const PoolId& pool) {
    const auto least = tx_.rows<IdRow>(least_ids, pool, sample);
    const auto read = static_cast<std::int64_t>(least.size());
    if (read < sample) return read;
    return std::llround(static_cast<double>(sample - 1) / position_of(least.back().user_id));
}

}  // namespace symbolon::directory
