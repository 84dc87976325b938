#include "voice/events/event_outbox.hpp"

#include "base/error.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::int64_t most_attempts = 5;
constexpr std::string_view purpose = "assistant";

struct EventRow {
    std::string event_id;
    std::string skill_id;
    Instant created_ms;
    std::int64_t attempts;
    Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (event_id, skill_id, created_ms, attempts, sealed))

constexpr std::string_view add_event_sql =
    "INSERT INTO skill_events (event_id, skill_id, created_ms, attempts, sealed) VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view list_events_sql = R"sql(
    SELECT event_id, skill_id, created_ms, attempts, sealed FROM skill_events
     WHERE skill_id = $1 ORDER BY created_ms, event_id LIMIT 20
)sql";
constexpr std::string_view fail_event_sql = "UPDATE skill_events SET attempts = attempts + 1 WHERE event_id = $1";
constexpr std::string_view remove_event_sql = "DELETE FROM skill_events WHERE event_id = $1";
constexpr std::string_view forget_events_sql = "DELETE FROM skill_events WHERE skill_id = $1";

std::string context_of(std::string_view id) {
    return "skill_events|" + std::string(id);
}

}  // namespace

void EventOutbox::add(const PendingEvent& event) {
    const auto plain = json::serialize(json::object{{"account", event.account}, {"body", event.body}});
    const auto sealed = sealer_.seal(purpose, context_of(event.id), bytes_of(plain));
    tx_.execute(add_event_sql, event.id, event.skill_id, event.created, event.attempts, sealed);
}

std::vector<PendingEvent> EventOutbox::list(std::string_view skill_id) {
    std::vector<PendingEvent> out;
    for (auto& row : tx_.rows<EventRow>(list_events_sql, skill_id)) {
        const auto plain = sealer_.open(purpose, context_of(row.event_id), row.sealed);
        if (!plain) throw Error(Errc::internal, "", "a skill event cannot be opened with this master key");
        auto value = json::parse(to_string(*plain));
        PendingEvent event{std::move(row.event_id), std::move(row.skill_id), {}, row.created_ms, row.attempts, {}};
        event.account = value.at("account").as_string();
        event.body = std::move(value.at("body").as_object());
        out.push_back(std::move(event));
    }
    return out;
}

void EventOutbox::fail(const PendingEvent& event) {
    if (event.attempts + 1 >= most_attempts) {
        remove(event.id);
    } else {
        tx_.execute(fail_event_sql, event.id);
    }
}

void EventOutbox::remove(std::string_view id) {
    tx_.execute(remove_event_sql, id);
}

void EventOutbox::forget(std::string_view skill_id) {
    tx_.execute(forget_events_sql, skill_id);
}

}  // namespace symbolon::voice
