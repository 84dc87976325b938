#include "voice/screens/tap_screens.hpp"

#include "net/respond.hpp"
#include "voice/rest/bearer.hpp"
#include "voice/screens/screen.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_shown = 100;

json::array texts(const std::vector<std::string>& list) {
    json::array out;
    for (const auto& text : list) out.push_back(json::object{{"text", text}});
    return out;
}

json::object exchange_context(const TapExchange& exchange) {
    const auto& explanation = exchange.explanation;
    json::object out{{"time", to_iso8601(exchange.at).substr(11, 8)},
                     {"kind", explanation.kind},
                     {"duration", std::to_string(exchange.milliseconds)},
                     {"notes", texts(explanation.notes)},
                     {"problems", texts(explanation.problems)},
                     {"failed", !explanation.problems.empty()},
                     {"asked", exchange.asked},
                     {"answered", exchange.answered}};
    if (exchange.status != 0) out["status"] = std::to_string(exchange.status);
    return out;
}

}  // namespace

void TapScreens::add_routes(net::Router& router) {
    router.add(net::Method::get, "/tap",
               [this](net::Request request, net::PathParameters) { return page(std::move(request)); });
    router.add(net::Method::get, "/v1/lab/tap",
               [this](net::Request request, net::PathParameters) { return list(std::move(request)); });
}

Task<net::Response> TapScreens::page(net::Request request) {
    const auto visit = visit_of(std::move(request));
    auto context = screen_context(visit, base_url_, beside_);
    if (log_ != nullptr) {
        context["tap"] = json::object{{"url", place_.url}, {"origin", place_.origin}};
        json::array exchanges;
        for (const auto& exchange : log_->list(most_shown)) exchanges.push_back(exchange_context(exchange));
        context["has_exchanges"] = !exchanges.empty();
        context["exchanges"] = std::move(exchanges);
    }
    co_return screen_response(visit, 200, "tap", context);
}

Task<net::Response> TapScreens::list(net::Request request) {
    if (!carries_bearer(request, identity_.access_token)) co_return bearer_needed();
    json::array exchanges;
    if (log_ != nullptr) {
        for (const auto& exchange : log_->list()) exchanges.push_back(to_json(exchange));
    }
    co_return net::json(200, json::object{{"exchanges", std::move(exchanges)}});
}

}  // namespace symbolon::voice
