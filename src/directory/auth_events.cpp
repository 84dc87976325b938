#include "directory/auth_events.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "directory/pools.hpp"
#include "directory/stored.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::chrono::hours memory_of_events(2 * 365 * 24);

constexpr std::string_view put_event = R"sql(
    INSERT INTO auth_events (pool_id, user_id, event_id, details, expires_ms) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (pool_id, user_id, event_id) DO UPDATE SET details = excluded.details
)sql";

constexpr std::string_view find_event = R"sql(
    SELECT event_id, details FROM auth_events WHERE pool_id = $1 AND user_id = $2 AND event_id = $3
)sql";

constexpr std::string_view list_events = R"sql(
    SELECT event_id, details
      FROM auth_events
     WHERE pool_id = $1 AND user_id = $2 AND event_id < $3
     ORDER BY event_id DESC
     LIMIT $4
)sql";

constexpr std::string_view remove_older = R"sql(
    DELETE FROM auth_events
     WHERE pool_id = $1 AND user_id = $2 AND event_id <
           (SELECT MIN(event_id) FROM (SELECT event_id FROM auth_events
                                        WHERE pool_id = $1 AND user_id = $2
                                        ORDER BY event_id DESC
                                        LIMIT $3) AS kept)
)sql";

struct EventRow {
    std::string event_id;
    std::string details;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (event_id, details))

struct StoredEvent : AuthEventDetails {
    std::optional<std::string> Device;
};
BOOST_DESCRIBE_STRUCT(StoredEvent, (AuthEventDetails), (Device))

AuthEvent to_event(const PoolId& pool, const UserId& user, EventRow row) {
    auto stored = from_stored<StoredEvent>(row.details, "auth_events.details");
    AuthEvent event{.pool_id = pool, .user_id = user, .id = std::move(row.event_id), .details = {}};
    event.device = stored.Device.value_or(std::string());
    event.details = std::move(stored);
    return event;
}

std::string to_details(const AuthEvent& event) {
    StoredEvent stored;
    static_cast<AuthEventDetails&>(stored) = event.details;
    if (!event.device.empty()) stored.Device = event.device;
    return to_stored(stored);
}

}  // namespace

bool keeps_auth_events(const Pool& pool) {
    const auto& add_ons = pool.settings.UserPoolAddOns;
    return add_ons && add_ons->AdvancedSecurityMode != AdvancedSecurityModeType::OFF;
}

void check_threat_protection(const Pool& pool) {
    if (!keeps_auth_events(pool))
        throw Error(Errc::add_on_not_enabled, "User pool add-ons are not enabled for this user pool.");
}

std::string make_event_id(crypto::Random& random, Instant now) {
    std::array<std::uint8_t, 16> raw{};
    random.fill(raw);
    const auto ms = static_cast<std::uint64_t>(to_ms(now));
    for (std::size_t i = 0; i < 6; ++i) raw[i] = static_cast<std::uint8_t>(ms >> (8 * (5 - i)));
    raw[6] = static_cast<std::uint8_t>((raw[6] & 0x0F) | 0x70);  // version 7
    raw[8] = static_cast<std::uint8_t>((raw[8] & 0x3F) | 0x80);  // variant of RFC 9562
    std::string out = to_hex(raw);
    for (const std::size_t at : {std::size_t{8}, std::size_t{13}, std::size_t{18}, std::size_t{23}})
        out.insert(at, 1, '-');
    return out;
}

void AuthEvents::put(const AuthEvent& event) {
    const Instant expires = event.details.CreationDate.instant + memory_of_events;
    tx_.execute(put_event, event.pool_id, event.user_id, event.id, to_details(event), expires);
    tx_.execute(remove_older, event.pool_id, event.user_id, most_of_a_user);
}

std::optional<AuthEvent> AuthEvents::find(const PoolId& pool, const UserId& user, std::string_view id) {
    auto row = tx_.row<EventRow>(find_event, pool, user, id);
    if (!row) return std::nullopt;
    return to_event(pool, user, std::move(*row));
}

std::vector<AuthEvent> AuthEvents::list(const PoolId& pool, const UserId& user, std::string_view before, int limit) {
    const std::string_view after_all = "~";  // ids are hexadecimal
    std::vector<AuthEvent> events;
    for (EventRow& row : tx_.rows<EventRow>(list_events, pool, user, before.empty() ? after_all : before, limit))
        events.push_back(to_event(pool, user, std::move(row)));
    return events;
}

void AuthEvents::rate(const PoolId& pool, const UserId& user, std::string_view id, const EventFeedbackType& feedback) {
    auto event = find(pool, user, id);
    if (!event) throw Error(Errc::invalid_parameter, "Event does not exist.");
    event->details.EventFeedback = feedback;
    put(*event);
}

}  // namespace symbolon::directory
