#include "base/error.hpp"
#include "net/respond.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/log/fixture.hpp"
#include "voice/screens/readable_json.hpp"
#include "voice/screens/screens.hpp"
#include "voice/screens/talk_context.hpp"

#include <boost/json/array.hpp>

#include <charconv>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr int most_listed = 200;

std::int64_t number_in(const Visit& visit) {
    const auto& text = visit.path.at("number");
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size()) {
        throw Error(Errc::resource_not_found, "The log has no request of that number.");
    }
    return value;
}

}  // namespace

Task<net::Response> Screens::log(Visit visit) {
    const auto view = co_await load(visit);
    const auto work = [&](db::Transaction& tx) {
        return ExchangeLog(tx, parts_.sealer).list(view.skill.id, most_listed);
    };
    const auto exchanges = co_await parts_.db.read(work);
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, visit, view, base_url_);
    const auto url = base_url_ + "/skills/" + view.skill.id;
    json::array list;
    for (const auto& exchange : exchanges) {
        json::object line{{"url", url + "/log/" + std::to_string(exchange.number)},
                          {"title", title_of(exchange)},
                          {"time", to_iso8601(from_ms(exchange.at_ms)).substr(11, 8)},
                          {"day", to_iso8601(from_ms(exchange.at_ms)).substr(0, 10)},
                          {"failed", !exchange.failure.empty()},
                          {"with_token", exchange.with_token}};
        if (!exchange.utterance.empty()) line["utterance"] = exchange.utterance;
        if (exchange.status != 0) line["status"] = std::to_string(exchange.status);
        if (exchange.account != first_account) line["account"] = exchange.account;
        list.push_back(std::move(line));
    }
    context["has_exchanges"] = !exchanges.empty();
    context["exchanges"] = std::move(list);
    context["fixture_url"] = url + "/fixture";
    co_return screen_response(visit, 200, "log", context);
}

Task<net::Response> Screens::exchange(Visit visit) {
    const auto view = co_await load(visit);
    const auto number = number_in(visit);
    const auto work = [&](db::Transaction& tx) { return ExchangeLog(tx, parts_.sealer).find(view.skill.id, number); };
    const auto found = co_await parts_.db.read(work);
    if (!found) throw Error(Errc::resource_not_found, "The log has no request of that number.");
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, visit, view, base_url_);
    const auto url = base_url_ + "/skills/" + view.skill.id + "/log";
    context["log_url"] = url;
    context["replay_action"] = url + "/" + std::to_string(number) + "/replay";
    context["exchange"] = exchange_context(*found);
    if (visit.query.find("replayed")) context["notice"] = "Sent again. This is what came back.";
    co_return screen_response(visit, 200, "exchange", context);
}

Task<net::Response> Screens::replay(Visit visit) {
    auto view = co_await load(visit);
    const auto id = view.skill.id;
    const auto turn = co_await services_.conversation.replay(std::move(view.skill), number_in(visit));
    co_return back_to("/skills/" + id + "/log/" + std::to_string(turn.exchanges.front().number) + "?replayed=true");
}

/// As a file, so that it can stand beside the skill's tests.
Task<net::Response> Screens::fixture(Visit visit) {
    const auto view = co_await load(visit);
    const auto work = [&](db::Transaction& tx) {
        return ExchangeLog(tx, parts_.sealer).list(view.skill.id, most_listed);
    };
    const auto exchanges = co_await parts_.db.read(work);
    net::Response response;
    response.body = readable_json(json::value(fixture_of(view.skill, exchanges, 0))) + "\n";
    response.headers.set("Content-Type", "application/json");
    response.headers.set("Content-Disposition", "attachment; filename=\"conversation.json\"");
    response.headers.set("Cache-Control", "no-store");
    co_return response;
}

}  // namespace symbolon::voice
