#include "voice/rest/lab_rest.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/shape/choice.hpp"
#include "net/form.hpp"
#include "net/respond.hpp"
#include "voice/redaction.hpp"
#include "voice/rest/bearer.hpp"
#include "voice/rest/body.hpp"
#include "voice/rest/refusals.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::int64_t most_days = 3660;
constexpr std::int64_t most_seconds = most_days * 24 * 3600;

std::int64_t number_of(const json::object& body, std::string_view name, std::int64_t otherwise, std::int64_t most) {
    const auto* found = body.if_contains(name);
    if (found == nullptr) return otherwise;
    if (!found->is_int64() || found->get_int64() < 0 || found->get_int64() > most) {
        throw Error(Errc::invalid_parameter,
                    std::string(name) + " must be a whole number from 0 to " + std::to_string(most) + ".");
    }
    return found->get_int64();
}

std::string text_of(const json::object& body, std::string_view name, std::string_view otherwise = {}) {
    const auto* found = body.if_contains(name);
    return std::string(found != nullptr && found->is_string() ? std::string_view(found->get_string()) : otherwise);
}

bool flag_of(const json::object& body, std::string_view name, bool otherwise) {
    const auto* found = body.if_contains(name);
    return found != nullptr && found->is_bool() ? found->get_bool() : otherwise;
}

json::object clock_json(const LabClock& clock) {
    return {{"now", to_iso8601(clock.now())},
            {"aheadSeconds", std::chrono::floor<std::chrono::seconds>(clock.ahead()).count()},
            {"rate", clock.rate()}};
}

json::object behaviour_json(const Behaviour& behaviour) {
    json::object out;
    for (const auto& knob : knobs()) out[knob.id] = behaviour.at(knob.id);
    return out;
}

json::array steps_json(const std::vector<LinkStep>& steps) {
    json::array out;
    for (const auto& step : steps) {
        out.push_back(json::object{{"title", step.title},
                                   {"ok", step.ok},
                                   {"detail", step.detail},
                                   {"asked", step.evidence.asked},
                                   {"answered", step.evidence.answered}});
    }
    return out;
}

json::object link_json(const Enablement& link) {
    json::object out{{"account", link.account},
                     {"userId", link.user_id},
                     {"status", to_name(link.status)},
                     {"platform", link.platform},
                     {"accessToken", mask(link.access_token)},
                     {"refreshToken", mask(link.refresh_token)},
                     {"refreshes", link.refreshes},
                     {"failures", link.failures}};
    if (link.expires) out["expires"] = to_iso8601(*link.expires);
    if (link.retry) out["retry"] = to_iso8601(*link.retry);
    if (!link.cause.empty()) {
        const auto explanation = explain_refresh(link.cause);
        out["cause"] = link.cause;
        out["explanation"] = explanation.text;
        out["advice"] = explanation.advice;
    }
    return out;
}

}  // namespace

void LabRest::add(net::Router& router, net::Method method, std::string pattern, Handler handler) {
    router.add(method, std::move(pattern), [this, handler](net::Request request, net::PathParameters path) {
        return guarded(handler, std::move(request), std::move(path));
    });
}

void LabRest::add_routes(net::Router& router) {
    using net::Method;
    const std::string lab = "/v1/skills/{skillId}/lab";
    add(router, Method::get, "/v1/lab/knobs", &LabRest::list_knobs);
    add(router, Method::get, "/v1/lab/clock", &LabRest::get_clock);
    add(router, Method::put, "/v1/lab/clock", &LabRest::put_clock);
    add(router, Method::delete_, "/v1/lab/clock", &LabRest::delete_clock);
    add(router, Method::get, lab + "/knobs", &LabRest::get_behaviour);
    add(router, Method::put, lab + "/knobs", &LabRest::put_behaviour);
    add(router, Method::get, lab + "/link", &LabRest::get_link);
    add(router, Method::post, lab + "/soak", &LabRest::soak);
    add(router, Method::post, lab + "/streamlined", &LabRest::streamlined);
    add(router, Method::get, "/v1/skills/{skillId}/credentials", &LabRest::get_credentials);
}

Task<net::Response> LabRest::guarded(Handler handler, Request request, Path path) {
    if (!carries_bearer(request, identity_.access_token)) co_return bearer_needed();
    try {
        co_return co_await (this->*handler)(std::move(request), std::move(path));
    } catch (const Error& e) {
        if (rest_status(e.code) >= 500) log::error("lab_error", {{"message", e.message}, {"detail", e.detail}});
        co_return rest_refusal(e);
    }
}

Task<net::Response> LabRest::list_knobs(Request, Path) {
    json::array out;
    for (const auto& knob : knobs()) {
        json::array choices;
        for (const auto& choice : knob.choices) {
            choices.push_back(json::object{{"name", choice.name}, {"text", choice.text}});
        }
        out.push_back(json::object{
            {"id", knob.id}, {"title", knob.title}, {"tests", knob.tests}, {"choices", std::move(choices)}});
    }
    co_return net::json(200, json::object{{"knobs", std::move(out)}});
}

Task<net::Response> LabRest::get_clock(Request, Path) {
    co_return net::json(200, clock_json(lab_.clock()));
}

Task<net::Response> LabRest::put_clock(Request request, Path) {
    const auto body = parse_body(request);
    auto& clock = lab_.clock();
    const auto rate = number_of(body, "rate", clock.rate(), LabClock::fastest);
    const auto ahead = number_of(body, "advanceSeconds", 0, most_seconds);
    if (rate != clock.rate()) clock.set_rate(rate);
    clock.advance(std::chrono::seconds(ahead));
    co_return net::json(200, clock_json(clock));
}

Task<net::Response> LabRest::delete_clock(Request, Path) {
    lab_.clock().reset();
    co_return net::json(200, clock_json(lab_.clock()));
}

Task<net::Response> LabRest::get_behaviour(Request, Path path) {
    const auto view = co_await lab_.look(path.at("skillId"), std::string(first_account));
    co_return net::json(200, behaviour_json(view.behaviour));
}

Task<net::Response> LabRest::put_behaviour(Request request, Path path) {
    Behaviour behaviour;
    for (const auto& [id, choice] : parse_body(request)) {
        if (!choice.is_string())
            throw Error(Errc::invalid_parameter, std::string(id) + " must be the name of a choice.");
        behaviour.choose(id, choice.get_string());
    }
    co_await lab_.behave(path.at("skillId"), behaviour);
    co_return net::json(200, behaviour_json(behaviour));
}

Task<net::Response> LabRest::get_link(Request request, Path path) {
    auto account = net::Form::parse(request.query).find("account").value_or(std::string(first_account));
    const auto view = co_await lab_.look(path.at("skillId"), std::move(account));
    json::array log, events;
    for (const auto& line : view.log) {
        log.push_back(
            json::object{{"at", to_iso8601(line.at)}, {"event", line.event}, {"ok", line.ok}, {"detail", line.detail}});
    }
    for (const auto& event : view.events) {
        json::error_code unreadable;
        events.push_back(json::object{{"at", to_iso8601(event.at)},
                                      {"account", event.account},
                                      {"gateway", event.gateway},
                                      {"event", json::parse(event.event, unreadable)}});
    }
    json::object body{{"log", std::move(log)}, {"gatewayEvents", std::move(events)}};
    if (view.link) body["link"] = link_json(*view.link);
    co_return net::json(200, body);
}

Task<net::Response> LabRest::soak(Request request, Path path) {
    const auto body = parse_body(request);
    SoakOrder order;
    order.skill_id = path.at("skillId");
    order.account = text_of(body, "account", first_account);
    order.span = std::chrono::days(number_of(body, "days", 30, most_days));
    const auto report = co_await lab_.soak().run(std::move(order));
    co_return net::json(200, to_json(report));
}

Task<net::Response> LabRest::streamlined(Request request, Path path) {
    const auto body = parse_body(request);
    const auto said = unwrap(body, "person");
    GooglePerson person;
    person.sub = require_text(said, "/sub");
    person.email = require_text(said, "/email");
    person.email_verified = flag_of(said, "email_verified", true);
    person.name = text_of(said, "name");
    person.hosted_domain = text_of(said, "hd");
    const auto result = co_await lab_.streamlined().link(path.at("skillId"), text_of(body, "account", first_account),
                                                         std::move(person), flag_of(body, "create", true));
    json::object out{{"linked", result.outcome.linked},
                     {"accountFound", result.account_found},
                     {"goesOnInBrowser", result.goes_on_in_browser},
                     {"steps", steps_json(result.outcome.steps)}};
    if (result.goes_on_in_browser) out["loginHint"] = result.login_hint;
    if (!result.outcome.cause.empty()) {
        out["cause"] = result.outcome.cause;
        out["explanation"] = result.outcome.explanation;
        out["advice"] = result.outcome.advice;
        out["platformSentence"] = result.outcome.platform_sentence;
    }
    co_return net::json(200, out);
}

Task<net::Response> LabRest::get_credentials(Request, Path path) {
    const auto skill_id = path.at("skillId");
    co_await lab_.look(skill_id, std::string(first_account));  // there is such a skill
    const auto credentials = co_await journey_.lwa().credentials(skill_id);
    const json::object messaging{{"clientId", credentials.client_id}, {"clientSecret", credentials.client_secret}};
    co_return net::json(200, json::object{{"skillMessagingCredentials", messaging}});
}

}  // namespace symbolon::voice
