#include "net/respond.hpp"
#include "voice/screens/screens.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

Task<net::Response> Screens::begin_linking(Visit visit) {
    Journey::Start start;
    start.account = visit.account;
    start.platform = visit.query.find("platform").value_or(start.platform);
    start.app = visit.query.get("app");
    start.login_hint = visit.query.get("login_hint");
    auto location = co_await services_.journey.begin(visit.path.at("skillId"), visit.browser, std::move(start));
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
    const auto outcome = co_await services_.journey.finish(std::move(answer), visit.browser);
    std::string name = "the skill";
    if (!outcome.skill_id.empty()) {
        visit.path["skillId"] = outcome.skill_id;
        const auto view = co_await load(visit);
        name = view.skill.name();
    }
    co_return show_outcome(visit, outcome, name);
}

void add_trace(json::object& context, const std::vector<LinkStep>& steps) {
    json::array trace;
    for (const auto& step : steps) {
        json::object line{{"title", step.title}, {"ok", step.ok}};
        if (!step.detail.empty()) line["detail"] = step.detail;
        if (step.milliseconds) line["duration"] = std::to_string(*step.milliseconds);
        if (!step.evidence.asked.empty()) line["evidence"] = step.evidence.asked + "\n\n" + step.evidence.answered;
        trace.push_back(std::move(line));
    }
    context["has_trace"] = !trace.empty();
    context["trace"] = std::move(trace);
}

net::Response Screens::show_outcome(const Visit& visit, const LinkOutcome& outcome, const std::string& skill_name,
                                    const std::string& go_on_url) {
    auto context = screen_context(visit, base_url_, beside_);
    const auto skill_path = outcome.skill_id.empty() ? std::string{} : "skills/" + outcome.skill_id;
    context["skill"] = json::object{{"name", skill_name}, {"id", outcome.skill_id}};
    context["app_url"] = base_url_ + (skill_path.empty() ? "/" : "/app/" + skill_path);
    context["skill_url"] = base_url_ + "/" + skill_path;
    add_trace(context, outcome.steps);
    if (outcome.linked) {
        context["success"] = true;
        context["platform_message"] = skill_name + " has been successfully linked.";
    } else {
        context["platform_message"] = outcome.platform_sentence.empty()
                                          ? "We were unable to link " + skill_name + " at this time."
                                          : outcome.platform_sentence;
        context["cause"] =
            json::object{{"code", outcome.cause}, {"text", outcome.explanation}, {"advice", outcome.advice}};
        if (!go_on_url.empty()) context["go_on_url"] = go_on_url;
        if (go_on_url.empty() && !skill_path.empty()) context["retry_url"] = base_url_ + "/app/" + skill_path + "/link";
    }
    return screen_response(visit, outcome.linked ? 200 : 400, "link_result", context);
}

Task<net::Response> Screens::unlink(Visit visit) {
    const auto view = co_await load(visit);
    co_await services_.journey.unlink(view.skill.id, view.account.id);
    co_return back_to("/app/skills/" + view.skill.id);
}

}  // namespace symbolon::voice
