// Requests that are no turn of a session: one of the log again, one as it is given.
#include "base/error.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/models/json_read.hpp"
#include "voice/talk/conversation.hpp"
#include "voice/talk/repeat.hpp"

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

Task<Turn> Conversation::replay(Skill skill, std::int64_t number) {
    const auto find = [&](db::Transaction& tx) { return ExchangeLog(tx, parts_.sealer).find(skill.id, number); };
    const auto logged = co_await parts_.db.read(find);
    if (!logged || !logged->sent()) {
        throw Error(Errc::resource_not_found, "The log has no request of that number.");
    }
    auto scene = co_await begin(std::move(skill), logged->account, logged->locale);
    Message message;
    message.skill_id = scene.skill.id;
    message.account = scene.account;
    message.endpoint = endpoint_for(scene.skill, logged->request.get_object());
    message.access_token = scene.speaker.access_token;
    const Repeat repeat{parts_.random.uuid(), parts_.clock.now(), scene.speaker.access_token};
    message.body = repeated(logged->request.get_object(), repeat);
    auto exchange = co_await services_.delivery.send(std::move(message));
    exchange.type = logged->type;
    exchange.locale = logged->locale;
    exchange.utterance = logged->utterance;
    if (exchange.status == 200) exchange.answer = read_answer(exchange.response, false).response;
    co_await keep(scene, std::move(exchange));
    co_return std::move(scene.turn);
}

Task<Turn> Conversation::invoke(Skill skill, json::object body) {
    auto scene = co_await begin(std::move(skill), std::string(first_account), std::string());
    Message message;
    message.skill_id = scene.skill.id;
    message.account = scene.account;
    message.endpoint = endpoint_for(scene.skill, body);
    message.access_token = token_in(body);
    message.body = std::move(body);
    const auto* request = object_of(message.body, "request");
    auto type = request != nullptr ? text_of(*request, "type") : std::string("directive");
    const bool in_session = message.body.contains("session");
    auto exchange = co_await services_.delivery.send(std::move(message));
    exchange.type = std::move(type);
    exchange.locale = scene.locale;
    if (exchange.status == 200) {
        const auto answer = read_answer(exchange.response, in_session);
        exchange.answer = answer.response;
        if (!answer.problem.empty()) {
            exchange.failure = "There was a problem with the requested skill's response (" + answer.problem + ").";
        }
    }
    co_await keep(scene, std::move(exchange));
    co_return std::move(scene.turn);
}

}  // namespace symbolon::voice
