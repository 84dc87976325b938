#include "voice/talk/conversation.hpp"

#include "base/error.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/models/json_read.hpp"
#include "voice/models/model_store.hpp"
#include "voice/talk/repeat.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_sessions = 200;
constexpr int most_requests_of_a_turn = 5;
constexpr std::size_t longest_utterance = 500;

std::string key_of(const std::string& skill_id, const std::string& account) {
    return skill_id + "|" + account;
}

Error no_session() {
    return Error(Errc::invalid_parameter, "No session is open with this skill.");
}

std::string person_id_of(const Account& account) {
    return account.recognized ? "amzn1.ask.person." + account.id : std::string{};
}

}  // namespace

Conversation::Conversation(const Assistant::Parts& parts, Services services, std::string base_url)
    : parts_(parts), services_(services), base_url_(std::move(base_url)) {}

Task<Conversation::Scene> Conversation::begin(Skill skill, std::string account_id, std::string locale) {
    Scene scene;
    const auto work = [&](db::Transaction& tx) {
        Accounts accounts(tx);
        const auto account = accounts.find(account_id);
        if (!account) throw Error(Errc::invalid_parameter, "Nobody is called so: " + account_id + ".");
        scene.locale = !locale.empty() ? locale : !account->locale.empty() ? account->locale : skill.locale();
        const auto stored = ModelStore(tx).find_best(skill.id, scene.locale);
        scene.model = stored ? read_model(stored->model) : InteractionModel{};
        scene.speaker.person_id = person_id_of(*account);
        scene.speaker.granted = accounts.granted(skill.id, account_id);
    };
    co_await parts_.db.read(work);
    const auto enablement = co_await services_.journey.current(skill.id, account_id);
    co_await services_.events.deliver_due(skill);
    scene.speaker.user_id = enablement.user_id;
    scene.speaker.access_token = enablement.access_token;
    scene.skill = std::move(skill);
    scene.account = std::move(account_id);
    scene.session = find_session(scene);
    co_return scene;
}

std::optional<Session> Conversation::find_session(const Scene& scene) const {
    const std::scoped_lock lock(mutex_);
    const auto found = sessions_.find(key_of(scene.skill.id, scene.account));
    return found != sessions_.end() ? std::optional(found->second) : std::nullopt;
}

void Conversation::start_session(Scene& scene) const {
    scene.session.emplace("amzn1.echo-api.session." + parts_.random.uuid(), scene.locale);
    scene.over = false;
}

void Conversation::end_session(Scene& scene) {
    scene.over = true;
    const std::scoped_lock lock(mutex_);
    sessions_.erase(key_of(scene.skill.id, scene.account));
}

void Conversation::keep_session(const Scene& scene) {
    if (scene.over || !scene.session) return;
    const std::scoped_lock lock(mutex_);
    if (sessions_.size() >= most_sessions) sessions_.clear();
    sessions_.insert_or_assign(key_of(scene.skill.id, scene.account), *scene.session);
}

RequestHead Conversation::head_of(const Scene& scene) const {
    return {"amzn1.echo-api.request." + parts_.random.uuid(), parts_.clock.now(), scene.locale};
}

Listening Conversation::listening_of(const Scene& scene) const {
    return {scene.model, scene.skill.id, parts_.clock.now(),
            scene.session ? scene.session->dynamic_types() : std::vector<SlotType>{}};
}

Task<void> Conversation::keep(Scene& scene, Exchange exchange) {
    const auto work = [&](db::Transaction& tx) { ExchangeLog(tx, parts_.sealer).add(scene.skill.id, exchange); };
    co_await parts_.db.write(work);
    scene.turn.exchanges.push_back(std::move(exchange));
}

Task<Exchange> Conversation::deliver(Scene& scene, json::object request, std::string utterance, bool in_session) {
    Message message;
    message.skill_id = scene.skill.id;
    message.account = scene.account;
    message.endpoint = scene.skill.endpoint();
    message.access_token = scene.speaker.access_token;
    auto type = text_of(request, "type");
    message.body =
        envelope(scene.skill, scene.speaker, in_session ? &*scene.session : nullptr, std::move(request), base_url_);
    auto exchange = co_await services_.delivery.send(std::move(message));
    exchange.type = std::move(type);
    exchange.locale = scene.locale;
    exchange.utterance = std::move(utterance);
    co_return exchange;
}

/// The session is over for a reason of the platform's; what the skill says to it is not heard.
Task<void> Conversation::tell_end(Scene& scene, End end) {
    end_session(scene);
    auto request = session_ended_request(head_of(scene), end.reason, end.error_type, end.message);
    auto exchange = co_await deliver(scene, std::move(request), std::move(end.utterance), true);
    exchange.ended = std::move(end.reason);
    co_await keep(scene, std::move(exchange));
}

Task<void> Conversation::send_request(Scene& scene, json::object request, std::string utterance, Answer& answer) {
    auto exchange = co_await deliver(scene, std::move(request), std::move(utterance), true);
    scene.session->begun();
    if (exchange.status == 200) answer = read_answer(exchange.response, true);
    exchange.answer = answer.response;
    if (!answer.problem.empty()) {
        exchange.failure = "There was a problem with the requested skill's response (" + answer.problem + ").";
    }
    const auto failure = exchange.failure;
    const bool answered = exchange.status != 0;
    const bool timed_out = !answered && failure.starts_with("The skill took longer");
    const bool over = !failure.empty() || !answer.keeps_session();
    if (over) exchange.ended = failure.empty() ? "the skill ended it" : "ERROR";
    co_await keep(scene, std::move(exchange));
    if (!over) co_return;
    end_session(scene);
    if (failure.empty() || (!answered && !timed_out)) co_return;
    End end{"ERROR", timed_out ? "ENDPOINT_TIMEOUT" : "INVALID_RESPONSE", failure};
    co_await tell_end(scene, std::move(end));
}

/// What the platform says of its own.
Task<void> Conversation::ask(Scene& scene, std::string prompt, std::string utterance) {
    Exchange asked;
    asked.account = scene.account;
    asked.at_ms = to_ms(parts_.clock.now());
    asked.locale = scene.locale;
    asked.utterance = std::move(utterance);
    asked.prompt = prompt.empty() ? "(The model has no prompt for this.)" : std::move(prompt);
    co_await keep(scene, std::move(asked));
}

Task<void> Conversation::play(Scene& scene, Act act, std::string utterance) {
    for (int requests = 0; act.kind != Act::Kind::none && requests < most_requests_of_a_turn; ++requests) {
        if (act.kind == Act::Kind::speak) {
            co_await ask(scene, std::move(act.prompt), std::move(utterance));
            co_return;
        }
        auto request = intent_request(head_of(scene), *scene.session->intent(), act.dialog_state);
        Answer answer;
        co_await send_request(scene, std::move(request), std::move(utterance), answer);
        utterance.clear();  // what follows in this turn was not said
        if (scene.over) co_return;
        act = scene.session->take(scene.model, answer);
    }
}

Task<Turn> Conversation::say(Skill skill, Saying saying) {
    if (skill.endpoint().empty()) throw Error(Errc::invalid_parameter, "The skill has no endpoint.");
    if (saying.utterance.size() > longest_utterance) throw Error(Errc::invalid_parameter, "That is too long to say.");
    const auto turn = co_await turns_.take(key_of(skill.id, saying.account));
    auto scene = co_await begin(std::move(skill), std::move(saying.account), std::move(saying.locale));
    if (saying.new_session && scene.session) {
        End end{"USER_INITIATED"};
        co_await tell_end(scene, std::move(end));
        scene.session.reset();
    }
    const bool fresh = !scene.session;
    if (fresh) start_session(scene);
    if (saying.utterance.empty()) saying.utterance = suggestions(scene.skill, scene.model, scene.locale).front();
    const auto listening = listening_of(scene);
    const Topic topic{scene.skill, listening, scene.locale};
    auto understood = scene.session->hear(topic, saying.utterance, parts_.clock.now());
    scene.turn.considered = std::move(understood.considered);
    if (understood.kind == Understood::Kind::leave) {
        End end{"USER_INITIATED"};
        end.utterance = std::move(saying.utterance);
        co_await tell_end(scene, std::move(end));
    } else if (understood.kind == Understood::Kind::intent) {
        auto act = scene.session->take(scene.model, std::move(understood.intent));
        co_await play(scene, std::move(act), std::move(saying.utterance));
    } else {
        if (!fresh) start_session(scene);
        co_await launch(scene, std::move(saying.utterance));
    }
    keep_session(scene);
    co_return std::move(scene.turn);
}

Task<void> Conversation::launch(Scene& scene, std::string utterance) {
    Answer answer;
    auto request = launch_request(head_of(scene));
    co_await send_request(scene, std::move(request), std::move(utterance), answer);
    if (scene.over) co_return;
    auto act = scene.session->take(scene.model, answer);
    co_await play(scene, std::move(act), std::string());
}

Task<Turn> Conversation::stay_silent(Skill skill, std::string account) {
    const auto turn = co_await turns_.take(key_of(skill.id, account));
    auto scene = co_await begin(std::move(skill), std::move(account), std::string());
    if (!scene.session) throw no_session();
    scene.locale = scene.session->locale();
    auto reprompt = scene.session->stay_silent();
    if (reprompt.empty()) {
        End end{"EXCEEDED_MAX_REPROMPTS"};
        co_await tell_end(scene, std::move(end));
        co_return std::move(scene.turn);
    }
    co_await ask(scene, std::move(reprompt), std::string());
    keep_session(scene);
    co_return std::move(scene.turn);
}

Task<Turn> Conversation::leave(Skill skill, std::string account) {
    const auto turn = co_await turns_.take(key_of(skill.id, account));
    auto scene = co_await begin(std::move(skill), std::move(account), std::string());
    if (!scene.session) throw no_session();
    scene.locale = scene.session->locale();
    End end{"USER_INITIATED"};
    co_await tell_end(scene, std::move(end));
    co_return std::move(scene.turn);
}

Task<Turn> Conversation::ask_can_fulfill(Skill skill, Saying saying) {
    const auto turn = co_await turns_.take(key_of(skill.id, saying.account));
    auto scene = co_await begin(std::move(skill), std::move(saying.account), std::move(saying.locale));
    const auto listening = listening_of(scene);
    const Topic topic{scene.skill, listening, scene.locale};
    const auto understood = understand(topic, saying.utterance, true);
    if (understood.kind != Understood::Kind::intent) {
        throw Error(Errc::invalid_parameter, "That is no intent that the skill could fulfil.");
    }
    auto request = can_fulfill_request(head_of(scene), understood.intent);
    auto exchange = co_await deliver(scene, std::move(request), std::move(saying.utterance), false);
    if (exchange.status == 200) {
        const auto answer = read_answer(exchange.response, true);
        exchange.answer = answer.response;
        const bool says = object_of(answer.response, "canFulfillIntent") != nullptr;
        if (!answer.problem.empty() || !says) {
            exchange.failure = "There was a problem with the requested skill's response (" +
                               (answer.problem.empty() ? "it holds no canFulfillIntent" : answer.problem) + ").";
        }
    }
    co_await keep(scene, std::move(exchange));
    co_return std::move(scene.turn);
}

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

std::optional<Conversation::OpenSession> Conversation::open_session(const std::string& skill_id,
                                                                    const std::string& account) const {
    const std::scoped_lock lock(mutex_);
    const auto found = sessions_.find(key_of(skill_id, account));
    if (found == sessions_.end()) return std::nullopt;
    const auto& session = found->second;
    return OpenSession{session.id(), session.attributes(), session.reprompt()};
}

}  // namespace symbolon::voice
