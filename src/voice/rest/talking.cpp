#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "net/form.hpp"
#include "net/respond.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/log/fixture.hpp"
#include "voice/models/json_read.hpp"
#include "voice/rest/body.hpp"
#include "voice/rest/rest.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <charconv>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr int most_exchanges = 200;

/// The answer as JSON; null when there was none or it is none.
json::value parsed(const Exchange& exchange) {
    json::error_code unreadable;
    auto value = json::parse(exchange.response, unreadable);
    return unreadable ? json::value() : value;
}

json::object invocation_json(const Skill& skill, const Exchange& exchange) {
    return {{"invocationRequest", {{"endpoint", skill.endpoint()}, {"body", exchange.request}}},
            {"invocationResponse", {{"body", parsed(exchange)}}},
            {"metrics", {{"skillExecutionTimeInMilliseconds", exchange.milliseconds}}}};
}

std::string_view error_code_of(const Exchange& exchange) {
    if (exchange.status == 200) return "INVALID_RESPONSE";
    return exchange.timed_out ? "ENDPOINT_TIMEOUT" : "ENDPOINT_ERROR";
}

json::object error_json(const Exchange& exchange) {
    return {{"code", error_code_of(exchange)}, {"message", exchange.failure}};
}

/// What the person hears of one exchange: the skill's words, or the platform's own.
void add_heard(json::array& out, const Exchange& exchange) {
    const auto add = [&](const std::string& caption) {
        if (caption.empty()) return;
        out.push_back(json::object{{"type", "Speech"}, {"content", {{"caption", caption}}}});
    };
    add(exchange.failure.empty() ? speech_of(exchange.answer) : exchange.failure);
    add(exchange.prompt);
}

const Exchange* first_failure(const Turn& turn) {
    for (const auto& exchange : turn.exchanges) {
        if (!exchange.failure.empty()) return &exchange;
    }
    return nullptr;
}

json::object simulation_json(const std::string& id, const Skill& skill, const Turn& turn) {
    json::array invocations;
    json::array responses;
    for (const auto& exchange : turn.exchanges) {
        if (!exchange.type.empty()) invocations.push_back(invocation_json(skill, exchange));
        add_heard(responses, exchange);
    }
    json::array considered;
    for (const auto& intent : turn.considered) considered.push_back(intent_json(intent));
    json::object result{{"alexaExecutionInfo",
                         {{"alexaResponses", std::move(responses)}, {"consideredIntents", std::move(considered)}}},
                        {"skillExecutionInfo", {{"invocations", std::move(invocations)}}}};
    const auto* failed = first_failure(turn);
    if (failed != nullptr) result["error"] = error_json(*failed);
    return {{"id", id}, {"status", failed != nullptr ? "FAILED" : "SUCCESSFUL"}, {"result", std::move(result)}};
}

std::int64_t number_of(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size()) {
        throw Error(Errc::invalid_parameter, "That is no number of an exchange.");
    }
    return value;
}

}  // namespace

Task<net::Response> Rest::simulate(Request request, Path path) {
    auto skill = co_await get_skill(path.at("skillId"));
    const auto body = parse_body(request);
    Saying saying;
    saying.utterance = require_text(body, "/input/content");
    if (const auto* device = object_of(body, "device")) saying.locale = text_of(*device, "locale");
    if (const auto* session = object_of(body, "session")) {
        saying.new_session = text_of(*session, "mode") == "FORCE_NEW_SESSION";
    }
    if (auto account = text_of(body, "account"); !account.empty()) saying.account = std::move(account);
    const auto turn = co_await services_.conversation.say(skill, std::move(saying));
    const auto id = parts_.random.uuid();
    auto out = simulation_json(id, skill, turn);
    simulations_.put(skill.id + "|" + id, out);
    co_return net::json(200, out);
}

Task<net::Response> Rest::get_simulation(Request, Path path) {
    const auto found = simulations_.find(path.at("skillId") + "|" + path.at("simulationId"));
    if (!found) throw Error(Errc::resource_not_found, "There is no such simulation (any more).");
    co_return net::json(200, *found);
}

Task<net::Response> Rest::invoke(Request request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto body = parse_body(request);
    auto envelope = unwrap(unwrap(body, "skillRequest"), "body");
    const auto turn = co_await services_.conversation.invoke(skill, std::move(envelope));
    const auto& exchange = turn.exchanges.front();
    json::object result{{"skillExecutionInfo", invocation_json(skill, exchange)}};
    if (!exchange.failure.empty()) result["error"] = error_json(exchange);
    co_return net::json(200, json::object{{"status", exchange.failure.empty() ? "SUCCESSFUL" : "FAILED"},
                                          {"result", std::move(result)}});
}

Task<net::Response> Rest::list_exchanges(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) {
        return ExchangeLog(tx, parts_.sealer).list(skill.id, most_exchanges);
    };
    const auto exchanges = co_await parts_.db.read(work);
    json::array out;
    for (const auto& exchange : exchanges) out.push_back(encode(exchange));
    co_return net::json(200, json::object{{"exchanges", std::move(out)}});
}

Task<net::Response> Rest::replay(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto turn = co_await services_.conversation.replay(skill, number_of(path.at("number")));
    co_return net::json(200, encode(turn.exchanges.front()));
}

Task<net::Response> Rest::get_fixture(Request request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) {
        return ExchangeLog(tx, parts_.sealer).list(skill.id, most_exchanges);
    };
    const auto exchanges = co_await parts_.db.read(work);
    const auto query = net::Form::parse(request.query);
    const auto from = query.find("from");
    co_return net::json(200, fixture_of(skill, exchanges, from ? number_of(*from) : 0));
}

}  // namespace symbolon::voice
