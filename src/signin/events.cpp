#include "signin/events.hpp"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::string_view feedback_purpose = "feedback";
constexpr std::chrono::hours feedback_life(7 * 24);

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
    directory::AuthEvent event;
    if (former) {
        event = std::move(*former);
    } else {
        event.pool_id = pool.id;
        event.user_id = user;
        event.id = directory::make_event_id(services.random, now);
        event.details.CreationDate = now;
        if (!caller.address.empty()) event.details.EventContextData.IpAddress = caller.address;
    }
    event.details.EventType = happening.type;
    event.details.EventResponse = happening.response;
    event.details.ChallengeResponses = happening.challenges;
    events.put(event);
    return event.id;
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
