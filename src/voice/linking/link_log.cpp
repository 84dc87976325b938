#include "voice/linking/link_log.hpp"

#include "base/utf8.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <utility>

namespace symbolon::voice {

namespace {

constexpr std::int64_t most_lines = 200;
constexpr std::size_t longest_detail = 2000;

struct Number {
    std::int64_t n = 0;
};
BOOST_DESCRIBE_STRUCT(Number, (), (n))

struct LineRow {
    Instant at_ms{};
    std::string event;
    bool ok = true;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(LineRow, (), (at_ms, event, ok, detail))

constexpr std::string_view last_number_sql =
    "SELECT coalesce(max(number), 0) AS n FROM link_log WHERE skill_id = $1 AND account = $2";
constexpr std::string_view add_line_sql = R"sql(
    INSERT INTO link_log (skill_id, account, number, at_ms, event, ok, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql";
constexpr std::string_view delete_old_sql =
    "DELETE FROM link_log WHERE skill_id = $1 AND account = $2 AND number <= $3";
constexpr std::string_view list_lines_sql = R"sql(
    SELECT at_ms, event, ok, detail FROM link_log
     WHERE skill_id = $1 AND account = $2 ORDER BY number DESC LIMIT $3
)sql";

}  // namespace

void LinkLog::add(std::string_view skill_id, std::string_view account, const LinkLogLine& line) {
    const auto last = tx_.row<Number>(last_number_sql, skill_id, account);
    const auto number = (last ? last->n : 0) + 1;
    const auto detail = replace_invalid_utf8(line.detail.substr(0, longest_detail));
    tx_.execute(add_line_sql, skill_id, account, number, line.at, line.event, line.ok, detail);
    tx_.execute(delete_old_sql, skill_id, account, number - most_lines);
}

std::vector<LinkLogLine> LinkLog::list(std::string_view skill_id, std::string_view account, int limit) {
    std::vector<LinkLogLine> out;
    for (auto& row : tx_.rows<LineRow>(list_lines_sql, skill_id, account, limit)) {
        out.push_back({row.at_ms, std::move(row.event), row.ok, std::move(row.detail)});
    }
    return out;
}

}  // namespace symbolon::voice
