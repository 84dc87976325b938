#include "voice/smart_home/home.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/models/json_read.hpp"
#include "voice/store.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

/// What the person hears of an error, and what it does to the link.
std::string error_text(const SmartHomeAnswer& answer) {
    const bool ends_link = answer.error_type == "INVALID_AUTHORIZATION_CREDENTIAL" ||
                           answer.error_type == "EXPIRED_AUTHORIZATION_CREDENTIAL";
    auto text = "The skill answered with " + answer.error_type + ": " + text_of(answer.payload, "message");
    if (ends_link) text += " The platform takes this as the end of the link: the person has to link again.";
    return text;
}

/// What a report calls itself, right or wrong.
std::string event_name(const json::object& whole) {
    const auto name = text_at(whole, "/event/header/name");
    return name.empty() ? "event" : name;
}

void add_devices(db::Transaction& tx, const json::object& payload, const std::string& skill_id,
                 const std::string& account, Instant now) {
    DeviceStore store(tx);
    for (const auto* endpoint : objects_of(payload, "endpoints")) {
        Device device{*endpoint, {}, now};
        if (const auto known = store.find(skill_id, account, device.id())) device.properties = known->properties;
        store.save(skill_id, account, device);
    }
}

/// The devices of a discovery in the place of those that were known. What is named again keeps its state.
void replace_devices(db::Transaction& tx, const json::object& payload, const std::string& skill_id,
                     const std::string& account, Instant now) {
    DeviceStore store(tx);
    const auto known = store.list(skill_id, account);
    store.clear(skill_id, account);
    for (const auto* endpoint : objects_of(payload, "endpoints")) {
        Device device{*endpoint, {}, now};
        const auto same = std::ranges::find(known, device.id(), &Device::id);
        if (same != known.end()) device.properties = same->properties;
        store.save(skill_id, account, device);
    }
}

void change_device(db::Transaction& tx, const json::object& whole, const std::string& skill_id,
                   const std::string& account, Instant now) {
    const auto& inner = whole.at("event").as_object();
    DeviceStore store(tx);
    auto device = store.find(skill_id, account, text_of(inner.at("endpoint").as_object(), "endpointId"));
    if (!device) return;
    merge_properties(device->properties, inner.at("payload").at("change").at("properties").as_array());
    if (const auto* context = object_of(whole, "context")) {
        const auto* rest = context->if_contains("properties");
        if (rest != nullptr && rest->is_array()) merge_properties(device->properties, rest->get_array());
    }
    device->at = now;
    store.save(skill_id, account, *device);
}

void remove_devices(db::Transaction& tx, const json::object& payload, const std::string& skill_id,
                    const std::string& account) {
    for (const auto* endpoint : objects_of(payload, "endpoints")) {
        DeviceStore(tx).remove(skill_id, account, text_of(*endpoint, "endpointId"));
    }
}

}  // namespace

SmartHome::SmartHome(const Assistant::Parts& parts, const Delivery& delivery, Journey& journey)
    : parts_(parts), delivery_(delivery), journey_(journey) {}

Task<DirectiveHead> SmartHome::head_for(std::string skill_id, std::string account) {
    const auto enablement = co_await journey_.current(std::move(skill_id), std::move(account));
    if (enablement.access_token.empty()) {
        throw Error(Errc::invalid_parameter, "The account is not linked: a smart-home skill gets no directives then.");
    }
    co_return DirectiveHead{parts_.random.uuid(), parts_.random.token(), enablement.access_token};
}

Task<void> SmartHome::keep(const std::string& skill_id, Exchange& exchange) {
    const auto work = [&](db::Transaction& tx) { ExchangeLog(tx, parts_.sealer).add(skill_id, exchange); };
    co_await parts_.db.write(work);
}

Task<Exchange> SmartHome::deliver(const Skill& skill, const std::string& account, const DirectiveHead& head,
                                  json::object directive, SmartHomeAnswer& answer) {
    Message message;
    message.skill_id = skill.id;
    message.account = account;
    message.endpoint = skill.smart_home_endpoint();
    message.access_token = head.access_token;
    message.grant_code = text_at(directive, "/directive/payload/grant/code");
    message.body = directive;
    auto exchange = co_await delivery_.send(std::move(message));
    exchange.type = text_of(directive.at("directive").at("header").as_object(), "name");
    if (exchange.status == 200) {
        answer = read_smart_home_answer(exchange.response, directive);
        if (!answer.problem.empty()) {
            exchange.failure = "The device's skill gave an answer that the platform refuses (" + answer.problem + ").";
        } else if (!answer.error_type.empty()) {
            exchange.failure = error_text(answer);
        }
    }
    co_await keep(skill.id, exchange);
    co_return exchange;
}

Task<Exchange> SmartHome::discover(Skill skill, std::string account) {
    const auto head = co_await head_for(skill.id, account);
    auto directive = discover_directive(head);
    SmartHomeAnswer answer;
    auto exchange = co_await deliver(skill, account, head, std::move(directive), answer);
    if (!exchange.failure.empty()) co_return exchange;
    const auto now = parts_.clock.now();
    const auto work = [&](db::Transaction& tx) { replace_devices(tx, answer.payload, skill.id, account, now); };
    co_await parts_.db.write(work);
    co_return exchange;
}

Task<void> SmartHome::discover_after_link(std::string skill_id, std::string account) {
    const auto find = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).find_skill(skill_id); };
    const auto skill = co_await parts_.db.read(find);
    if (!skill || skill->smart_home_endpoint().empty()) co_return;
    try {
        co_await discover(*skill, std::move(account));
    } catch (const Error& e) {
        log::warning("discovery_failed", {{"skill", skill->id}, {"message", e.message}});
    }
}

Task<Exchange> SmartHome::send(Skill skill, std::string account, Command command) {
    const auto find = [&](db::Transaction& tx) { return DeviceStore(tx).find(skill.id, account, command.endpoint_id); };
    auto device = co_await parts_.db.read(find);
    if (!device) throw Error(Errc::resource_not_found, "There is no such device.");
    const auto head = co_await head_for(skill.id, account);
    auto directive = endpoint_directive(head, device->endpoint, command.interface, command.directive, command.instance,
                                        std::move(command.payload));
    SmartHomeAnswer answer;
    auto exchange = co_await deliver(skill, account, head, std::move(directive), answer);
    if (!exchange.failure.empty()) co_return exchange;
    merge_properties(device->properties, answer.properties);
    device->at = parts_.clock.now();
    const auto work = [&](db::Transaction& tx) { DeviceStore(tx).save(skill.id, account, *device); };
    co_await parts_.db.write(work);
    co_return exchange;
}

Task<std::optional<std::string>> SmartHome::accept_grant(std::string skill_id, std::string account, std::string code) {
    const auto find = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).find_skill(skill_id); };
    const auto skill = co_await parts_.db.read(find);
    if (!skill) co_return std::optional<std::string>("There is no such skill.");
    const auto head = co_await head_for(skill_id, account);
    auto directive = accept_grant_directive(head, code);
    SmartHomeAnswer answer;
    const auto exchange = co_await deliver(*skill, account, head, std::move(directive), answer);
    co_return exchange.failure.empty() ? std::optional<std::string>() : std::optional(exchange.failure);
}

Task<void> SmartHome::take_event(json::object event, std::string skill_id, std::string account) {
    const auto problem = event_problem(event);
    const auto now = parts_.clock.now();
    Exchange exchange;
    exchange.account = account;
    exchange.at_ms = to_ms(now);
    exchange.response = json::serialize(event);
    exchange.status = 202;
    exchange.type = event_name(event);
    if (!problem.empty()) exchange.failure = "The platform refuses this report (" + problem + ").";
    const auto work = [&](db::Transaction& tx) {
        if (problem.empty()) {
            const auto& inner = event.at("event").as_object();
            const auto& name = exchange.type;
            const auto& payload = inner.at("payload").as_object();
            if (name == "AddOrUpdateReport") add_devices(tx, payload, skill_id, account, now);
            if (name == "ChangeReport") change_device(tx, event, skill_id, account, now);
            if (name == "DeleteReport") remove_devices(tx, payload, skill_id, account);
        }
        ExchangeLog(tx, parts_.sealer).add(skill_id, exchange);
    };
    co_await parts_.db.write(work);
}

}  // namespace symbolon::voice
