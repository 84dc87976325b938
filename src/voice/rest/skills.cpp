#include "base/error.hpp"
#include "net/respond.hpp"
#include "voice/events/event_outbox.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/models/model_store.hpp"
#include "voice/platforms/lwa.hpp"
#include "voice/rest/body.hpp"
#include "voice/rest/rest.hpp"
#include "voice/smart_home/device_store.hpp"
#include "voice/store.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

json::array apis_of(const Skill& skill) {
    json::array out;
    const auto* apis = skill.manifest.if_contains("apis");
    if (apis == nullptr || !apis->is_object()) return out;
    for (const auto& api : apis->get_object()) out.emplace_back(api.key());
    return out;
}

json::object summary_of(const Skill& skill) {
    json::object names;
    for (const auto& locale : skill.locales()) names[locale] = skill.name(locale);
    if (names.empty()) names[skill.locale()] = skill.name();
    return {{"skillId", skill.id},
            {"stage", "development"},
            {"apis", apis_of(skill)},
            {"publicationStatus", "DEVELOPMENT"},
            {"lastUpdated", to_iso8601(skill.created)},
            {"nameByLocale", std::move(names)}};
}

/// A build is done when the model is stored: the steps of the platform's, all of them.
json::object build_status(const ModelStore::Stored& stored) {
    json::array steps;
    for (const auto* step : {"DIALOG_MODEL_BUILD", "LANGUAGE_MODEL_QUICK_BUILD", "LANGUAGE_MODEL_FULL_BUILD"}) {
        steps.push_back(json::object{{"name", step}, {"status", "SUCCEEDED"}});
    }
    const json::object details{{"steps", std::move(steps)}};
    return {{"lastUpdateRequest", {{"status", "SUCCEEDED"}, {"buildDetails", details}}},
            {"eTag", etag_of(stored.model)},
            {"version", std::to_string(stored.version)}};
}

/// Everything that other tables know of a skill.
void forget_skill(db::Transaction& tx, const crypto::Sealer& sealer, const std::string& skill_id) {
    Store store(tx, sealer);
    store.delete_skill(skill_id);
    store.delete_setting(messaging_secret_name(skill_id));
    ModelStore(tx).delete_all(skill_id);
    ExchangeLog(tx, sealer).forget(skill_id);
    Accounts(tx).forget_skill(skill_id);
    EventOutbox(tx, sealer).forget(skill_id);
    DeviceStore(tx).forget_skill(skill_id);
}

}  // namespace

Task<net::Response> Rest::list_vendors(Request, Path) {
    const json::object vendor{
        {"name", "This machine"}, {"id", identity_.vendor_id}, {"roles", json::array{"ROLE_ADMINISTRATOR"}}};
    co_return net::json(200, json::object{{"vendors", json::array{vendor}}});
}

Task<net::Response> Rest::list_skills(Request, Path) {
    const auto work = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).list_skills(); };
    const auto skills = co_await parts_.db.read(work);
    json::array out;
    for (const auto& skill : skills) out.push_back(summary_of(skill));
    co_return net::json(200, json::object{{"skills", std::move(out)}, {"isTruncated", false}});
}

Task<net::Response> Rest::create_skill(Request request, Path) {
    Skill skill;
    skill.manifest = unwrap(parse_body(request), "manifest");
    skill.id = "amzn1.ask.skill." + parts_.random.uuid();
    skill.created = parts_.clock.now();
    const auto work = [&](db::Transaction& tx) { Store(tx, parts_.sealer).add_skill(skill); };
    co_await parts_.db.write(work);
    auto response = net::json(202, json::object{{"skillId", skill.id}});
    response.headers.set("Location", "/v1/skills/" + skill.id + "/status");
    co_return response;
}

Task<net::Response> Rest::delete_skill(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) { forget_skill(tx, parts_.sealer, skill.id); };
    co_await parts_.db.write(work);
    co_return empty_answer(204);
}

Task<net::Response> Rest::get_manifest(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    auto response = net::json(200, json::object{{"manifest", skill.manifest}});
    response.headers.set("ETag", etag_of(skill.manifest));
    co_return response;
}

Task<net::Response> Rest::put_manifest(Request request, Path path) {
    auto manifest = unwrap(parse_body(request), "manifest");
    const auto id = path.at("skillId");
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        auto skill = store.find_skill(id);
        if (!skill) throw Error(Errc::resource_not_found, "There is no such skill.");
        check_if_match(request, etag_of(skill->manifest));
        skill->manifest = manifest;
        store.save_skill(*skill);
    };
    co_await parts_.db.write(work);
    auto response = empty_answer(202);
    response.headers.set("ETag", etag_of(manifest));
    response.headers.set("Location", "/v1/skills/" + id + "/status?resource=manifest");
    co_return response;
}

Task<net::Response> Rest::get_status(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) { return ModelStore(tx).list(skill.id); };
    const auto models = co_await parts_.db.read(work);
    json::object by_locale;
    for (const auto& stored : models) by_locale[stored.locale] = build_status(stored);
    json::object out{
        {"manifest", {{"lastUpdateRequest", {{"status", "SUCCEEDED"}}}, {"eTag", etag_of(skill.manifest)}}}};
    if (!by_locale.empty()) out["interactionModel"] = std::move(by_locale);
    co_return net::json(200, out);
}

}  // namespace symbolon::voice
