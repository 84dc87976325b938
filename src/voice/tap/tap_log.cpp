#include "voice/tap/tap_log.hpp"

#include "voice/redaction.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_exchanges = 500;
constexpr std::size_t most_states = 500;

json::array texts(const std::vector<std::string>& list) {
    json::array out;
    for (const auto& text : list) out.emplace_back(text);
    return out;
}

}  // namespace

json::object to_json(const TapExchange& exchange) {
    return {{"number", exchange.number},
            {"at", to_iso8601(exchange.at)},
            {"kind", exchange.explanation.kind},
            {"status", exchange.status},
            {"milliseconds", exchange.milliseconds},
            {"notes", texts(exchange.explanation.notes)},
            {"problems", texts(exchange.explanation.problems)},
            {"asked", exchange.asked},
            {"answered", exchange.answered}};
}

void TapLog::add(TapExchange exchange) {
    const std::scoped_lock lock(mutex_);
    exchange.number = next_++;
    if (on_line_) on_line_(json::serialize(to_json(exchange)) + "\n");
    exchanges_.push_front(std::move(exchange));
    if (exchanges_.size() > most_exchanges) exchanges_.pop_back();
}

std::vector<TapExchange> TapLog::list(std::size_t most) const {
    const std::scoped_lock lock(mutex_);
    const auto count = static_cast<std::ptrdiff_t>(std::min(most, exchanges_.size()));
    return {exchanges_.begin(), exchanges_.begin() + count};
}

void TapLog::remember_state(const std::string& state) {
    const std::scoped_lock lock(mutex_);
    states_.push_front(mask(state));
    if (states_.size() > most_states) states_.pop_back();
}

bool TapLog::knows_state(const std::string& state) const {
    const std::scoped_lock lock(mutex_);
    return std::ranges::find(states_, mask(state)) != states_.end();
}

}  // namespace symbolon::voice
