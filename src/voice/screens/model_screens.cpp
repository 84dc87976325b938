#include "base/encoding.hpp"
#include "base/error.hpp"
#include "net/respond.hpp"
#include "voice/models/model_store.hpp"
#include "voice/screens/readable_json.hpp"
#include "voice/screens/screens.hpp"
#include "voice/store.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_locale = 35;
constexpr std::string_view empty_model = R"({
  "languageModel": {
    "invocationName": "my skill",
    "intents": [
      {"name": "HelloIntent", "slots": [], "samples": ["say hello"]},
      {"name": "AMAZON.HelpIntent", "samples": []},
      {"name": "AMAZON.StopIntent", "samples": []}
    ],
    "types": []
  }
})";

/// The object in a text field, with or without the API's wrapper. Fails: invalid_parameter.
json::object parse_field(const std::string& text, std::string_view wrapper) {
    json::error_code problem;
    auto value = json::parse(text, problem);
    auto* object = problem ? nullptr : value.if_object();
    if (object == nullptr) throw Error(Errc::invalid_parameter, "That is no JSON object.");
    auto* inner = object->if_contains(wrapper);
    if (inner == nullptr) return std::move(*object);
    if (!inner->is_object()) throw Error(Errc::invalid_parameter, std::string(wrapper) + " must be an object.");
    return std::move(inner->get_object());
}

json::array intents_context(const InteractionModel& model) {
    json::array out;
    for (const auto& intent : model.intents) {
        json::array slots;
        for (const auto& slot : intent.slots) {
            slots.push_back(json::object{{"name", slot.name}, {"type", slot.type}});
        }
        json::array samples;
        for (const auto& sample : intent.samples) samples.push_back(json::object{{"text", sample}});
        out.push_back(json::object{{"name", intent.name},
                                   {"has_slots", !slots.empty()},
                                   {"slots", std::move(slots)},
                                   {"has_samples", !samples.empty()},
                                   {"samples", std::move(samples)},
                                   {"dialog", model.find_dialog(intent.name) != nullptr}});
    }
    return out;
}

json::array locales_context(const Skill& skill, const std::string& current, const std::string& url) {
    json::array out;
    for (const auto& locale : skill.locales()) {
        out.push_back(json::object{
            {"name", locale}, {"url", url + "?locale=" + percent_encode(locale)}, {"current", locale == current}});
    }
    return out;
}

}  // namespace

net::Response Screens::show_model(const Visit& visit, const SkillView& view, const std::string& locale,
                                  std::string model_json, const std::vector<ModelProblem>& problems) {
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, visit, view, base_url_);
    const auto url = base_url_ + "/skills/" + view.skill.id;
    context["locale"] = locale;
    context["locales"] = locales_context(view.skill, locale, url + "/model");
    context["several_locales"] = view.skill.locales().size() > 1;
    context["model_action"] = url + "/model";
    context["manifest_action"] = url + "/manifest";
    context["model_json"] = std::move(model_json);
    context["manifest_json"] = readable_json(json::value(view.skill.manifest));
    json::array list;
    for (const auto& problem : problems) list.push_back(json::object{{"path", problem.path}, {"text", problem.text}});
    context["has_problems"] = !problems.empty();
    context["problems"] = std::move(list);
    auto intents = intents_context(view.model);
    context["has_intents"] = !intents.empty();
    context["intents"] = std::move(intents);
    if (!problems.empty()) context["error"] = "Nothing was saved yet: the model cannot be built.";
    if (visit.query.find("saved")) context["notice"] = "Saved.";
    return screen_response(visit, problems.empty() ? 200 : 400, "model", context);
}

Task<net::Response> Screens::model(Visit visit) {
    auto view = co_await load(visit);
    const auto locale = visit.query.find("locale").value_or(view.locale);
    const auto find = [&](db::Transaction& tx) { return ModelStore(tx).find(view.skill.id, locale); };
    const auto stored = co_await parts_.db.read(find);
    view.model = stored ? read_model(stored->model) : InteractionModel{};
    auto text = stored ? readable_json(json::value(stored->model)) : std::string(empty_model);
    co_return show_model(visit, view, locale, std::move(text), {});
}

Task<net::Response> Screens::save_model(Visit visit) {
    const auto view = co_await load(visit);
    const auto locale = visit.form.get("locale");
    if (locale.empty() || locale.size() > longest_locale) throw Error(Errc::invalid_parameter, "That is no locale.");
    const auto model = parse_field(visit.form.get("model"), "interactionModel");
    const auto problems = find_model_problems(model);
    if (!problems.empty()) co_return show_model(visit, view, locale, visit.form.get("model"), problems);
    const auto work = [&](db::Transaction& tx) { ModelStore(tx).save(view.skill.id, locale, model); };
    co_await parts_.db.write(work);
    co_return back_to("/skills/" + view.skill.id + "/model?saved=true&locale=" + percent_encode(locale));
}

Task<net::Response> Screens::save_manifest(Visit visit) {
    auto view = co_await load(visit);
    view.skill.manifest = parse_field(visit.form.get("manifest"), "manifest");
    const auto work = [&](db::Transaction& tx) { Store(tx, parts_.sealer).save_skill(view.skill); };
    co_await parts_.db.write(work);
    co_return back_to("/skills/" + view.skill.id + "/model?saved=true");
}

}  // namespace symbolon::voice
