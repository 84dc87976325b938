#include "directory/log_lines.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace symbolon::directory {
namespace {

constexpr std::chrono::hours longest_wait(24);

constexpr std::string_view put_line = R"sql(
    INSERT INTO log_lines (pool_id, line_id, destination, line, expires_ms) VALUES ($1, $2, $3, $4, $5)
)sql";

constexpr std::string_view find_any = "SELECT EXISTS (SELECT 1 FROM log_lines) AS found";

constexpr std::string_view take_lines = R"sql(
    DELETE FROM log_lines
     WHERE (pool_id, line_id) IN (SELECT pool_id, line_id FROM log_lines ORDER BY line_id LIMIT $1)
    RETURNING pool_id, line_id, destination, line
)sql";

struct FoundRow {
    bool found = false;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (found))

}  // namespace

std::optional<std::string> find_log_destination(db::Transaction& tx, const PoolId& pool, EventSourceName source) {
    const auto configurations = LogDelivery(tx).get(pool);
    const auto found = std::find_if(configurations.begin(), configurations.end(),
                                    [&](const auto& one) { return one.EventSource == source; });
    if (found == configurations.end()) return std::nullopt;
    const auto& group = found->CloudWatchLogsConfiguration;
    const auto& bucket = found->S3Configuration;
    const auto& stream = found->FirehoseConfiguration;
    if (group && group->LogGroupArn) return group->LogGroupArn->str();
    if (bucket && bucket->BucketArn) return bucket->BucketArn->str();
    if (stream && stream->StreamArn) return stream->StreamArn->str();
    return std::nullopt;
}

void LogLines::put(const LogLine& line, Instant now) {
    tx_.execute(put_line, line.pool_id, line.line_id, line.destination, line.line, now + longest_wait);
}

bool LogLines::any() {
    return tx_.row<FoundRow>(find_any)->found;
}

std::vector<LogLine> LogLines::take(int limit) {
    auto lines = tx_.rows<LogLine>(take_lines, limit);
    std::sort(lines.begin(), lines.end(), [](const LogLine& a, const LogLine& b) { return a.line_id < b.line_id; });
    return lines;
}

}  // namespace symbolon::directory
