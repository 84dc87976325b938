#include "base/error.hpp"
#include "net/respond.hpp"
#include "voice/models/json_read.hpp"
#include "voice/models/model_store.hpp"
#include "voice/rest/body.hpp"
#include "voice/rest/rest.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_locale = 35;

/// Every problem at once, each with the place where it is.
net::Response model_refusal(const std::vector<ModelProblem>& problems) {
    json::array violations;
    for (const auto& problem : problems) {
        violations.push_back(
            json::object{{"code", "INVALID_INTERACTION_MODEL"}, {"message", problem.path + " " + problem.text}});
    }
    const auto& first = problems.front();
    return net::json(400,
                     json::object{{"message", first.path + " " + first.text}, {"violations", std::move(violations)}});
}

std::string_view dialog_act_name(DialogStep::Kind kind) {
    if (kind == DialogStep::Kind::confirm_slot) return "Dialog.ConfirmSlot";
    return kind == DialogStep::Kind::confirm_intent ? "Dialog.ConfirmIntent" : "Dialog.ElicitSlot";
}

json::array intents_json(const std::vector<SpokenIntent>& intents) {
    json::array out;
    for (const auto& intent : intents) out.push_back(intent_json(intent));
    return out;
}

}  // namespace

Task<net::Response> Rest::get_model(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto locale = path.at("locale");
    const auto work = [&](db::Transaction& tx) { return ModelStore(tx).find(skill.id, locale); };
    const auto stored = co_await parts_.db.read(work);
    if (!stored) throw Error(Errc::resource_not_found, "The skill has no interaction model in this locale.");
    auto response =
        net::json(200, json::object{{"version", std::to_string(stored->version)}, {"interactionModel", stored->model}});
    response.headers.set("ETag", etag_of(stored->model));
    co_return response;
}

Task<net::Response> Rest::put_model(Request request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto locale = path.at("locale");
    if (locale.size() > longest_locale) throw Error(Errc::invalid_parameter, "That is no locale.");
    const auto model = unwrap(parse_body(request), "interactionModel");
    const auto problems = find_model_problems(model);
    if (!problems.empty()) co_return model_refusal(problems);
    const auto work = [&](db::Transaction& tx) {
        ModelStore store(tx);
        const auto stored = store.find(skill.id, locale);
        check_if_match(request, stored ? etag_of(stored->model) : std::string());
        store.save(skill.id, locale, model);
    };
    co_await parts_.db.write(work);
    auto response = empty_answer(202);
    response.headers.set("ETag", etag_of(model));
    response.headers.set("Location", "/v1/skills/" + skill.id + "/status?resource=interactionModel");
    co_return response;
}

/// What an utterance is understood as, and what a dialog would ask next; the skill is not called.
Task<net::Response> Rest::profile_nlu(Request request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto locale = path.at("locale");
    const auto body = parse_body(request);
    const auto utterance = require_text(body, "/utterance");
    const auto work = [&](db::Transaction& tx) { return ModelStore(tx).find(skill.id, locale); };
    const auto stored = co_await parts_.db.read(work);
    if (!stored) throw Error(Errc::resource_not_found, "The skill has no interaction model in this locale.");
    const auto model = read_model(stored->model);
    const auto now = parts_.clock.now();
    const Listening listening{model, skill.id, now, {}, locale};
    const Topic topic{skill, listening, locale};
    auto earlier = profiles_.find(text_of(body, "multiTurnToken"));
    Session session = earlier ? std::move(*earlier) : Session(parts_.random.uuid(), locale);
    auto understood = session.hear(topic, utterance);
    json::object out{{"sessionEnded", understood.kind == Understood::Kind::leave},
                     {"consideredIntents", intents_json(understood.considered)}};
    if (understood.kind == Understood::Kind::intent) {
        const auto intent = understood.intent;
        out["selectedIntent"] = intent_json(intent);
        const auto step = next_step(model, intent);
        if (step.kind != DialogStep::Kind::complete) {
            session.ask(intent, step);
            const auto token = parts_.random.uuid();
            json::object act{{"type", dialog_act_name(step.kind)}};
            if (!step.slot.empty()) act["targetSlot"] = step.slot;
            out["multiTurn"] = json::object{{"dialogAct", std::move(act)}, {"token", token}, {"prompt", step.prompt}};
            profiles_.put(token, std::move(session));
        }
    }
    co_return net::json(200, out);
}

}  // namespace symbolon::voice
