#include "signin/events.hpp"

#include "signin/log_lines.hpp"
#include "signin/risk/origin.hpp"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::string_view feedback_purpose = "feedback";
constexpr std::chrono::hours feedback_life(7 * 24);

/// An event with its time and where it comes from.
directory::AuthEvent begin_event(Services& services, const PoolId& pool, const UserId& user, const Caller& caller,
                                 Instant now) {
    auto origin = origin_of(caller, pool);
    directory::AuthEvent event{.pool_id = pool, .user_id = user, .id = {}, .details = {}};
    event.id = directory::make_event_id(services.random, now);
    event.device = std::move(origin.device);
    event.details.CreationDate = now;
    auto& context = event.details.EventContextData;
    if (!origin.address.empty()) context.IpAddress = std::move(origin.address);
    if (!origin.device_name.empty()) context.DeviceName = std::move(origin.device_name);
    if (!origin.timezone.empty()) context.Timezone = std::move(origin.timezone);
    return event;
}

std::string feedback_context(const PoolId& pool, const UserId& user, std::string_view event_id) {
    return pool.str() + "|" + user.str() + "|" + std::string(event_id);
}

}  // namespace

std::string record_event(Services& services, db::Transaction& tx, const directory::Pool& pool, const UserId& user,
                         const Happening& happening, const Caller& caller, Instant now) {
    if (!directory::keeps_auth_events(pool)) return {};
    directory::AuthEvents events(tx);
    std::optional<directory::AuthEvent> former;
    if (!happening.continues.empty()) former = events.find(pool.id, user, happening.continues);
    auto event = former ? std::move(*former) : begin_event(services, pool.id, user, caller, now);
    event.details.EventType = happening.type;
    event.details.EventResponse = happening.response;
    event.details.ChallengeResponses = happening.challenges;
    event.details.EventRisk = happening.risk;
    events.put(event);
    log_event(services, tx, event, {.client_id = happening.client_id, .request_id = caller.request_id}, now);
    return event.id;
}

void rate_event(Services& services, db::Transaction& tx, const directory::Pool& pool, const UserId& user,
                const std::string& event_id, directory::FeedbackValueType value, std::string provider, Instant now) {
    directory::AuthEvents events(tx);
    events.rate(pool.id, user, event_id, {value, std::move(provider), Timestamp(now)});
    if (const auto event = events.find(pool.id, user, event_id)) log_event(services, tx, *event, {}, now);
}

std::string seal_feedback_token(const crypto::Sealer& sealer, const PoolId& pool, const UserId& user,
                                std::string_view event_id, Instant now) {
    return sealer.seal_text(feedback_purpose, feedback_context(pool, user, event_id),
                            std::to_string(to_ms(now + feedback_life)));
}

bool proves_feedback(const crypto::Sealer& sealer, const PoolId& pool, const UserId& user, std::string_view event_id,
                     std::string_view token, Instant now) {
    const auto plain = sealer.open_text(feedback_purpose, feedback_context(pool, user, event_id), token);
    if (!plain) return false;
    std::int64_t expires = 0;
    const auto read = std::from_chars(plain->data(), plain->data() + plain->size(), expires);
    return read.ec == std::errc{} && now < from_ms(expires);
}

}  // namespace symbolon::signin
