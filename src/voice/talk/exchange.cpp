#include "voice/talk/exchange.hpp"

#include "voice/models/json_read.hpp"

namespace symbolon::voice {

std::string title_of(const Exchange& exchange) {
    if (exchange.type.empty()) return exchange.prompt.empty() ? "The skill spoke meanwhile" : "The assistant asked";
    if (!exchange.sent()) return exchange.type;
    const auto* request = object_of(exchange.request.get_object(), "request");
    const auto* intent = request != nullptr ? object_of(*request, "intent") : nullptr;
    return intent != nullptr ? text_of(*intent, "name") : exchange.type;
}

}  // namespace symbolon::voice
