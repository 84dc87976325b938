#include "voice/events/skill_events.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/models/json_read.hpp"
#include "voice/store.hpp"
#include "voice/talk/repeat.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

SkillEvents::SkillEvents(const Assistant::Parts& parts, const Delivery& delivery, std::string base_url)
    : parts_(parts), delivery_(delivery), base_url_(std::move(base_url)) {}

json::object SkillEvents::envelope_of(const Skill& skill, const Happened& happened, const std::string& id) const {
    const auto now = to_iso8601(parts_.clock.now());
    json::object user{{"userId", happened.user_id}};
    if (!happened.access_token.empty()) user["accessToken"] = happened.access_token;
    json::object request{{"type", happened.type},
                         {"requestId", id},
                         {"timestamp", now},
                         {"eventCreationTime", now},
                         {"eventPublishingTime", now}};
    if (!happened.body.empty()) request["body"] = happened.body;
    json::object system{
        {"application", {{"applicationId", skill.id}}}, {"user", std::move(user)}, {"apiEndpoint", base_url_}};
    return {{"version", "1.0"}, {"context", {{"System", std::move(system)}}}, {"request", std::move(request)}};
}

Task<std::optional<Skill>> SkillEvents::find_skill(std::string skill_id) {
    const auto work = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).find_skill(skill_id); };
    co_return co_await parts_.db.read(work);
}

Task<void> SkillEvents::take(LinkEvent event) {
    const auto skill = co_await find_skill(event.skill_id);
    if (!skill) co_return;
    Happened happened{{}, {}, event.account, event.user_id};
    switch (event.kind) {
        case LinkEvent::Kind::enabled:
            happened.subscription = "SKILL_ENABLED";
            happened.type = "AlexaSkillEvent.SkillEnabled";
            break;
        case LinkEvent::Kind::disabled:
            happened.subscription = "SKILL_DISABLED";
            happened.type = "AlexaSkillEvent.SkillDisabled";
            happened.body["userInformationPersistenceStatus"] = "NOT_PERSISTED";
            break;
        case LinkEvent::Kind::account_linked:
            happened.subscription = "SKILL_ACCOUNT_LINKED";
            happened.type = "AlexaSkillEvent.SkillAccountLinked";
            happened.access_token = event.access_token;
            happened.body["accessToken"] = event.access_token;
            break;
    }
    co_await announce(*skill, std::move(happened));
}

Task<void> SkillEvents::permissions_changed(Skill skill, std::string account, std::string user_id,
                                            std::vector<std::string> granted, bool first) {
    json::array accepted;
    for (const auto& scope : granted) accepted.push_back(json::object{{"scope", scope}});
    Happened happened{first ? "SKILL_PERMISSION_ACCEPTED" : "SKILL_PERMISSION_CHANGED",
                      first ? "AlexaSkillEvent.SkillPermissionAccepted" : "AlexaSkillEvent.SkillPermissionChanged",
                      std::move(account), std::move(user_id)};
    happened.body["acceptedPermissions"] = std::move(accepted);
    co_await announce(std::move(skill), std::move(happened));
}

Task<void> SkillEvents::announce(Skill skill, Happened happened) {
    if (skill.subscribes(happened.subscription) && !skill.events_endpoint().empty()) {
        PendingEvent event;
        event.id = parts_.random.uuid();
        event.skill_id = skill.id;
        event.account = happened.account;
        event.created = parts_.clock.now();
        event.body = envelope_of(skill, happened, event.id);
        const auto work = [&](db::Transaction& tx) { EventOutbox(tx, parts_.sealer).add(event); };
        co_await parts_.db.write(work);
    }
    co_await deliver_due(std::move(skill));
}

Task<void> SkillEvents::deliver_due(Skill skill) {
    const auto due = [&](db::Transaction& tx) { return EventOutbox(tx, parts_.sealer).list(skill.id); };
    const auto events = co_await parts_.db.read(due);
    for (const auto& event : events) {
        Message message;
        message.skill_id = skill.id;
        message.account = event.account;
        message.endpoint = skill.events_endpoint();
        message.access_token = token_in(event.body);
        message.body = event.body;
        std::optional<Exchange> exchange;
        try {
            exchange = co_await delivery_.send(std::move(message));
            exchange->type = text_of(event.body.at("request").as_object(), "type");
        } catch (const Error& e) {  // an endpoint that is no URL: the linking does not fail for it
            log::warning("skill_event_not_sent", {{"skill", skill.id}, {"message", e.message}});
        }
        const bool delivered = exchange && exchange->status == 200;
        const auto settle = [&](db::Transaction& tx) {
            EventOutbox outbox(tx, parts_.sealer);
            if (delivered) {
                outbox.remove(event.id);
            } else {
                outbox.fail(event);
            }
            if (exchange) ExchangeLog(tx, parts_.sealer).add(skill.id, *exchange);
        };
        co_await parts_.db.write(settle);
    }
}

}  // namespace symbolon::voice
