#include "base/error.hpp"
#include "net/respond.hpp"
#include "voice/screens/screens.hpp"

#include <boost/json/array.hpp>

#include <charconv>
#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::int64_t most_days = 3660;

std::string duration_text(std::chrono::milliseconds ahead) {
    const auto hours = std::chrono::floor<std::chrono::hours>(ahead).count();
    if (hours < 48) return std::to_string(hours) + " hours";
    return std::to_string(hours / 24) + " days";
}

std::int64_t read_number(const net::Form& form, std::string_view name, std::int64_t most) {
    const auto text = form.get(name);
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || value < 1 || value > most) {
        throw Error(Errc::invalid_parameter, "That must be a number from 1 to " + std::to_string(most) + ".");
    }
    return value;
}

json::array knob_list(const Behaviour& behaviour) {
    json::array out;
    for (const auto& knob : knobs()) {
        if (knob.choices.size() == 1) continue;  // a rule that always holds is no choice
        json::array choices;
        for (const auto& choice : knob.choices) {
            choices.push_back(json::object{
                {"name", choice.name}, {"text", choice.text}, {"chosen", behaviour.has(knob.id, choice.name)}});
        }
        out.push_back(json::object{{"id", knob.id},
                                   {"title", knob.title},
                                   {"tests", knob.tests},
                                   {"changed", behaviour.is_changed(knob.id)},
                                   {"choices", std::move(choices)}});
    }
    return out;
}

json::array always_list() {
    json::array out;
    for (const auto& knob : knobs()) {
        if (knob.choices.size() == 1) out.push_back(json::object{{"id", knob.id}, {"tests", knob.tests}});
    }
    return out;
}

json::array log_list(const std::vector<LinkLogLine>& lines) {
    json::array out;
    for (const auto& line : lines) {
        const auto newline = line.detail.find('\n');
        json::object one{{"time", to_iso8601(line.at).substr(0, 19)}, {"event", line.event}, {"failed", !line.ok}};
        if (!line.detail.empty()) one["title"] = line.detail.substr(0, newline);
        if (newline != std::string::npos) one["evidence"] = line.detail.substr(newline + 1);
        out.push_back(std::move(one));
    }
    return out;
}

json::array event_list(const std::vector<GatewayEvent>& events) {
    json::array out;
    for (const auto& event : events) {
        out.push_back(json::object{
            {"time", to_iso8601(event.at).substr(0, 19)}, {"gateway", event.gateway}, {"event", event.event}});
    }
    return out;
}

void add_link(json::object& context, const Lab::View& view) {
    context["link_log"] = log_list(view.log);
    context["has_log"] = !view.log.empty();
    context["gateway_events"] = event_list(view.events);
    context["has_events"] = !view.events.empty();
    if (!view.link || view.link->cause.empty()) return;
    const auto explanation = explain_refresh(view.link->cause);
    context["trouble"] =
        json::object{{"code", view.link->cause}, {"text", explanation.text}, {"advice", explanation.advice}};
}

json::object soak_context(const SoakReport& report) {
    json::object out{{report.alive ? "alive" : "dead", true}, {"text", to_text(report)}};
    if (!report.finished) out["unfinished"] = true;
    return out;
}

}  // namespace

Task<net::Response> Screens::show_lab(Visit visit, std::optional<SoakReport> report) {
    const auto skill = co_await load(visit);
    const auto view = co_await services_.lab.look(skill.skill.id, visit.account);
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, visit, skill, base_url_);
    const auto url = base_url_ + "/skills/" + skill.skill.id + "/lab";
    context["action"] = url;
    context["knobs"] = knob_list(view.behaviour);
    context["always"] = always_list();
    context["has_changes"] = !view.behaviour.changes().empty();
    add_link(context, view);
    const auto& clock = services_.lab.clock();
    json::object shown{{"now", to_iso8601(clock.now()).substr(0, 19)}, {"ahead", duration_text(clock.ahead())}};
    if (clock.rate() != 1) shown["rate"] = std::to_string(clock.rate());
    context["clock"] = std::move(shown);
    if (report) context["soak"] = soak_context(*report);
    if (visit.query.find("saved")) context["notice"] = "Saved.";
    co_return screen_response(visit, 200, "lab", context);
}

Task<net::Response> Screens::lab(Visit visit) {
    co_return co_await show_lab(std::move(visit), std::nullopt);
}

/// One form for all of the lab: the button that was pressed says which part is meant.
Task<net::Response> Screens::change_lab(Visit visit) {
    const auto id = visit.path.at("skillId");
    auto& clock = services_.lab.clock();
    if (visit.form.find("knobs")) {
        Behaviour behaviour;
        for (const auto& knob : knobs()) {
            if (const auto choice = visit.form.find(knob.id)) behaviour.choose(knob.id, *choice);
        }
        co_await services_.lab.behave(id, std::move(behaviour));
    } else if (visit.form.find("usual")) {
        co_await services_.lab.behave(id, Behaviour{});
    } else if (visit.form.find("advance")) {
        clock.advance(std::chrono::hours(read_number(visit.form, "advance", most_days * 24)));
    } else if (visit.form.find("rate")) {
        clock.set_rate(read_number(visit.form, "rate", LabClock::fastest));
    } else if (visit.form.find("reset")) {
        clock.reset();
    } else if (visit.form.find("soak")) {
        SoakOrder order;
        order.skill_id = id;
        order.account = visit.account;
        order.span = std::chrono::days(read_number(visit.form, "days", most_days));
        auto report = co_await services_.lab.soak().run(std::move(order));
        co_return co_await show_lab(std::move(visit), std::move(report));
    }
    co_return net::redirect(see_other, base_url_ + "/skills/" + id + "/lab?saved=true");
}

}  // namespace symbolon::voice
