#include "voice/screens/screens.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "net/respond.hpp"
#include "voice/store.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr int most_skills = 100;
constexpr std::size_t longest_utterance = 500;
constexpr int see_other = 303;

std::string said(const Visit& visit) {
    auto text = visit.form.find("suggestion").value_or(visit.form.get("utterance"));
    if (text.size() > longest_utterance) throw Error(Errc::invalid_parameter, "That is too long to say.");
    return text;
}

}  // namespace

Screens::Screens(const Assistant::Parts& parts, const Identity& identity, Journey& journey, Conversation& conversation,
                 std::string base_url, Beside beside)
    : parts_(parts),
      identity_(identity),
      journey_(journey),
      conversation_(conversation),
      base_url_(std::move(base_url)),
      beside_(std::move(beside)) {}

void Screens::add(net::Router& router, net::Method method, std::string pattern, Handler handler) {
    router.add(method, std::move(pattern), [this, handler](net::Request request, net::PathParameters path) {
        return guarded(handler, std::move(request), std::move(path));
    });
}

void Screens::add_routes(net::Router& router) {
    using net::Method;
    add(router, Method::get, "/", &Screens::skills);
    add(router, Method::get, "/skills/{skillId}", &Screens::skill);
    add(router, Method::post, "/skills/{skillId}/accountLinking", &Screens::save_skill);
    add(router, Method::post, "/skills/{skillId}/ask", &Screens::ask_console);
    add(router, Method::get, "/app/skills/{skillId}", &Screens::app);
    add(router, Method::post, "/app/skills/{skillId}/ask", &Screens::ask_app);
    add(router, Method::get, "/app/skills/{skillId}/link", &Screens::begin_linking);
    add(router, Method::post, "/app/skills/{skillId}/unlink", &Screens::unlink);
    for (const auto& url : redirect_urls(identity_.vendor_id)) {
        add(router, Method::get, url.path, &Screens::end_linking);
        add(router, Method::post, url.path, &Screens::end_linking);
    }
}

Task<net::Response> Screens::guarded(Handler handler, net::Request request, net::PathParameters path) {
    Visit visit;
    std::optional<Error> refused;
    try {
        visit = begin_visit(std::move(request), std::move(path), parts_.random);
        // The answer of the implicit grant comes in a form of ours without token: its state proves it.
        const bool form_of_ours = visit.request.method == net::Method::post && visit.path.contains("skillId");
        if (form_of_ours && !is_from_our_page(visit, base_url_)) {
            throw Error(Errc::access_denied, "This form was not sent from this page. Reload it and try again.");
        }
        co_return co_await (this->*handler)(visit);
    } catch (const Error& e) {
        refused = e;
    }
    auto context = screen_context(visit, base_url_, beside_);
    const bool missing = refused->code == Errc::resource_not_found;
    const int status = missing                                    ? 404
                       : refused->code == Errc::access_denied     ? 403
                       : refused->code == Errc::invalid_parameter ? 400
                                                                  : 500;
    if (status == 500) log::error("assistant_page_error", {{"message", refused->message}, {"detail", refused->detail}});
    context["title"] = missing ? "There is nothing here" : "That did not work";
    context["text"] = status == 500 ? "Something went wrong. The log says more." : refused->message;
    co_return screen_response(visit, status, "error", context);
}

Task<SkillView> Screens::load(std::string skill_id) {
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        auto skill = store.find_skill(skill_id);
        if (!skill) throw Error(Errc::resource_not_found, "There is no such skill.");
        return SkillView{std::move(*skill), store.find_linking(skill_id), store.find_enablement(skill_id), {}};
    };
    auto view = co_await parts_.db.read(work);
    view.last = conversation_.last(view.skill.id);
    co_return view;
}

Task<net::Response> Screens::skills(Visit visit) {
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        std::vector<SkillView> views;
        for (auto& skill : store.list_skills(most_skills)) {
            SkillView view{std::move(skill), {}, {}, {}};
            view.linking = store.find_linking(view.skill.id);
            view.enablement = store.find_enablement(view.skill.id);
            views.push_back(std::move(view));
        }
        return views;
    };
    const auto views = co_await parts_.db.read(work);
    auto context = screen_context(visit, base_url_, beside_);
    json::array list;
    for (const auto& view : views) {
        list.push_back(json::object{{"id", view.skill.id},
                                    {"name", view.skill.name()},
                                    {"invocation_name", view.skill.name()},
                                    {"url", base_url_ + "/skills/" + view.skill.id},
                                    {"app_url", base_url_ + "/app/skills/" + view.skill.id},
                                    {"endpoint", view.skill.endpoint()},
                                    {"link", link_context(view)}});
    }
    context["has_skills"] = !views.empty();
    context["skills"] = std::move(list);
    context["token_hint"] = "the assistant's token";
    co_return screen_response(visit, 200, "skills", context);
}

net::Response Screens::show_skill(const Visit& visit, const SkillView& view, const LinkingForm* refused) {
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, view, base_url_);
    const auto url = base_url_ + "/skills/" + view.skill.id;
    context["ask"].as_object()["action"] = url + "/ask#test";
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
    const auto view = co_await load(visit.path.at("skillId"));
    co_return show_skill(visit, view, nullptr);
}

Task<net::Response> Screens::save_skill(Visit visit) {
    const auto view = co_await load(visit.path.at("skillId"));
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
    co_return net::redirect(see_other, base_url_ + "/skills/" + id + "?saved=true");
}

Task<void> Screens::ask(const Visit& visit, Skill skill) {
    co_await conversation_.say(std::move(skill), said(visit));
}

Task<net::Response> Screens::ask_console(Visit visit) {
    auto view = co_await load(visit.path.at("skillId"));
    const auto id = view.skill.id;
    co_await ask(visit, std::move(view.skill));
    co_return net::redirect(see_other, base_url_ + "/skills/" + id + "#test");
}

Task<net::Response> Screens::ask_app(Visit visit) {
    auto view = co_await load(visit.path.at("skillId"));
    const auto id = view.skill.id;
    co_await ask(visit, std::move(view.skill));
    co_return net::redirect(see_other, base_url_ + "/app/skills/" + id);
}

Task<net::Response> Screens::app(Visit visit) {
    const auto view = co_await load(visit.path.at("skillId"));
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, view, base_url_);
    const auto url = base_url_ + "/app/skills/" + view.skill.id;
    context["ask"].as_object()["action"] = url + "/ask";
    const bool linked = view.enablement && view.enablement->status == LinkStatus::linked;
    if (linked) context["unlink_action"] = url + "/unlink";
    if (view.linking && !linked) context["link_url"] = url + "/link";
    co_return screen_response(visit, 200, "app", context);
}

Task<net::Response> Screens::begin_linking(Visit visit) {
    auto location = co_await journey_.begin(visit.path.at("skillId"), visit.browser);
    auto response = net::redirect(302, std::move(location));
    response.headers.set("Cache-Control", "no-store");
    keep_browser(visit, response);
    co_return response;
}

Task<net::Response> Screens::end_linking(Visit visit) {
    const bool post = visit.request.method == net::Method::post;
    if (!post && visit.query.empty()) {
        auto context = screen_context(visit, base_url_, beside_);
        context["action"] = visit.request.path;
        co_return screen_response(visit, 200, "fragment", context);
    }
    auto answer = post ? visit.form : visit.query;
    const auto outcome = co_await journey_.finish(std::move(answer), visit.browser);
    std::string name = "the skill";
    if (!outcome.skill_id.empty()) {
        const auto view = co_await load(outcome.skill_id);
        name = view.skill.name();
    }
    co_return show_outcome(visit, outcome, name);
}

net::Response Screens::show_outcome(const Visit& visit, const LinkOutcome& outcome, const std::string& skill_name) {
    auto context = screen_context(visit, base_url_, beside_);
    const auto skill_path = outcome.skill_id.empty() ? std::string{} : "skills/" + outcome.skill_id;
    context["skill"] = json::object{{"name", skill_name}, {"id", outcome.skill_id}};
    context["app_url"] = base_url_ + (skill_path.empty() ? "/" : "/app/" + skill_path);
    context["skill_url"] = base_url_ + "/" + skill_path;
    json::array trace;
    for (const auto& step : outcome.steps) {
        json::object line{{"title", step.title}, {"ok", step.ok}};
        if (!step.detail.empty()) line["detail"] = step.detail;
        if (step.milliseconds) line["duration"] = std::to_string(*step.milliseconds);
        trace.push_back(std::move(line));
    }
    context["has_trace"] = !trace.empty();
    context["trace"] = std::move(trace);
    if (outcome.linked) {
        context["success"] = true;
        context["platform_message"] = skill_name + " has been successfully linked.";
    } else {
        context["platform_message"] = "We were unable to link " + skill_name + " at this time.";
        context["cause"] =
            json::object{{"code", outcome.cause}, {"text", outcome.explanation}, {"advice", outcome.advice}};
        if (!skill_path.empty()) context["retry_url"] = base_url_ + "/app/" + skill_path + "/link";
    }
    return screen_response(visit, outcome.linked ? 200 : 400, "link_result", context);
}

Task<net::Response> Screens::unlink(Visit visit) {
    const auto view = co_await load(visit.path.at("skillId"));
    co_await journey_.unlink(view.skill.id);
    co_return net::redirect(see_other, base_url_ + "/app/skills/" + view.skill.id);
}

}  // namespace symbolon::voice
