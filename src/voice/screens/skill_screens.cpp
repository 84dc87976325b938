#include "base/error.hpp"
#include "net/respond.hpp"
#include "voice/screens/screens.hpp"
#include "voice/store.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t longest_endpoint = 2000;

/// A manifest with what the form asks for; the rest is edited as JSON.
json::object manifest_of(const net::Form& form) {
    const auto name = form.get("name");
    const auto endpoint = form.get("endpoint");
    if (name.empty() || name.size() > longest_name) {
        throw Error(Errc::invalid_parameter, "A skill's name must have 1 to 60 characters.");
    }
    const bool is_url = endpoint.starts_with("http://") || endpoint.starts_with("https://");
    if (!is_url || endpoint.size() > longest_endpoint) {
        throw Error(Errc::invalid_parameter, "The endpoint must be an http or https URL.");
    }
    const json::object to{{"endpoint", {{"uri", endpoint}, {"sslCertificateType", "SelfSigned"}}}};
    json::object apis;
    if (form.get("kind") == "smartHome") {
        apis["smartHome"] = to;
        apis["smartHome"].as_object()["protocolVersion"] = "3";
    } else {
        apis["custom"] = to;
    }
    const json::object locales{{"en-US", {{"name", name}}}};
    return {{"manifestVersion", "1.0"}, {"publishingInformation", {{"locales", locales}}}, {"apis", std::move(apis)}};
}

}  // namespace

Task<net::Response> Screens::skills(Visit visit) {
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        std::vector<SkillView> views;
        for (auto& skill : store.list_skills()) {
            SkillView view;
            view.linking = store.find_linking(skill.id);
            view.enablement = store.find_enablement(skill.id, visit.account);
            view.skill = std::move(skill);
            views.push_back(std::move(view));
        }
        return views;
    };
    const auto views = co_await parts_.db.read(work);
    auto context = screen_context(visit, base_url_, beside_);
    json::array list;
    for (const auto& view : views) {
        const bool custom = !view.skill.endpoint().empty();
        json::object line{{"id", view.skill.id},
                          {"name", view.skill.name()},
                          {"url", base_url_ + "/skills/" + view.skill.id},
                          {"app_url", base_url_ + "/app/skills/" + view.skill.id},
                          {"endpoint", custom ? view.skill.endpoint() : view.skill.smart_home_endpoint()},
                          {"link", link_context(view)}};
        if (custom) line["invocation_name"] = view.skill.name();
        list.push_back(std::move(line));
    }
    context["has_skills"] = !views.empty();
    context["skills"] = std::move(list);
    context["make_action"] = base_url_ + "/skills";
    co_return screen_response(visit, 200, "skills", context);
}

Task<net::Response> Screens::make_skill(Visit visit) {
    Skill skill;
    skill.manifest = manifest_of(visit.form);
    skill.id = "amzn1.ask.skill." + parts_.random.uuid();
    skill.created = parts_.clock.now();
    const auto work = [&](db::Transaction& tx) { Store(tx, parts_.sealer).add_skill(skill); };
    co_await parts_.db.write(work);
    co_return back_to("/skills/" + skill.id + "/model");
}

net::Response Screens::show_skill(const Visit& visit, const SkillView& view, const LinkingForm* refused) {
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, visit, view, base_url_);
    const auto url = base_url_ + "/skills/" + view.skill.id;
    context["ask"].as_object()["action"] = url + "/ask#test";
    context["talks"] = !view.skill.endpoint().empty();
    context["can_fulfill"] = view.skill.has_interface("CAN_FULFILL_INTENT_REQUEST");
    if (const auto session = services_.conversation.open_session(view.skill.id, view.account.id)) {
        context["session"] = session_context(*session);
    }
    context["account_linking"] = linking_form_context(view.linking, refused, url + "/accountLinking");
    json::array urls;
    for (const auto& redirect : redirect_urls(identity_.vendor_id)) {
        urls.push_back(json::object{{"region", redirect.region}, {"url", base_url_ + redirect.path}});
    }
    context["redirect_urls"] = std::move(urls);
    if (refused != nullptr) {
        context["error"] = "Nothing was saved yet. See what is marked under Account linking.";
    } else if (visit.query.find("saved")) {
        context["notice"] = "Saved.";
    }
    return screen_response(visit, refused != nullptr ? 400 : 200, "skill", context);
}

Task<net::Response> Screens::skill(Visit visit) {
    co_await services_.conversation.let_time_pass(visit.path.at("skillId"), visit.account);
    const auto view = co_await load(visit);
    co_return show_skill(visit, view, nullptr);
}

Task<net::Response> Screens::save_skill(Visit visit) {
    const auto view = co_await load(visit);
    const auto id = view.skill.id;
    std::optional<StoredLinking> changed;
    if (!visit.form.find("remove")) {
        auto form = read_linking_form(visit.form, view.linking);
        if (!form.problems.empty()) co_return show_skill(visit, view, &form);
        changed = std::move(form.linking);
        changed->etag = "\"" + parts_.random.token(12) + "\"";
    }
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        if (changed) {
            store.save_linking(id, *changed);
        } else {
            store.delete_linking(id);
        }
    };
    co_await parts_.db.write(work);
    co_return back_to("/skills/" + id + "?saved=true");
}

}  // namespace symbolon::voice
