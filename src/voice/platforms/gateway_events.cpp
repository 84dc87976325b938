#include "voice/platforms/gateway_events.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <utility>

namespace symbolon::voice {

namespace {

constexpr std::int64_t most_events = 100;

struct Number {
    std::int64_t n = 0;
};
BOOST_DESCRIBE_STRUCT(Number, (), (n))

struct EventRow {
    std::string account;
    Instant at_ms{};
    std::string gateway;
    std::string event;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (account, at_ms, gateway, event))

constexpr std::string_view last_number_sql =
    "SELECT coalesce(max(number), 0) AS n FROM gateway_events WHERE skill_id = $1";
constexpr std::string_view add_event_sql = R"sql(
    INSERT INTO gateway_events (skill_id, number, account, at_ms, gateway, event) VALUES ($1, $2, $3, $4, $5, $6)
)sql";
constexpr std::string_view delete_old_sql = "DELETE FROM gateway_events WHERE skill_id = $1 AND number <= $2";
constexpr std::string_view list_events_sql = R"sql(
    SELECT account, at_ms, gateway, event FROM gateway_events WHERE skill_id = $1 ORDER BY number DESC LIMIT 100
)sql";

}  // namespace

void GatewayEvents::add(std::string_view skill_id, const GatewayEvent& event) {
    const auto last = tx_.row<Number>(last_number_sql, skill_id);
    const auto number = (last ? last->n : 0) + 1;
    tx_.execute(add_event_sql, skill_id, number, event.account, event.at, event.gateway, event.event);
    tx_.execute(delete_old_sql, skill_id, number - most_events);
}

std::vector<GatewayEvent> GatewayEvents::list(std::string_view skill_id) {
    std::vector<GatewayEvent> out;
    for (auto& row : tx_.rows<EventRow>(list_events_sql, skill_id)) {
        out.push_back({std::move(row.account), row.at_ms, std::move(row.gateway), std::move(row.event)});
    }
    return out;
}

}  // namespace symbolon::voice
