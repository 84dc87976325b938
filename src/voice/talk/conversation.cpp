#include "voice/talk/conversation.hpp"

#include "base/error.hpp"
#include "voice/faults/behaviours.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/models/json_read.hpp"
#include "voice/models/model_store.hpp"
#include "voice/store.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_sessions = 200;
constexpr int most_requests_of_a_turn = 5;
constexpr std::size_t longest_utterance = 500;
constexpr std::chrono::seconds platform_waits{8};  // for an answer, and once more after the reprompt
constexpr std::chrono::seconds patience{600};      // people type more slowly than they speak (BR-12)

std::string key_of(const std::string& skill_id, const std::string& account) {
    return skill_id + "|" + account;
}

Error no_session() {
    return Error(Errc::invalid_parameter, "No session is open with this skill.");
}

/// How long the platform listens.
std::chrono::seconds patience_of(const Behaviour& behaviour) {
    return behaviour.has("BR-12", "platform") ? platform_waits : patience;
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
        scene.behaviour = Behaviours(tx).find(skill.id);
    };
    co_await parts_.db.read(work);
    const auto enablement = co_await services_.journey.current(skill.id, account_id);
    co_await services_.events.deliver_due(skill);
    scene.speaker.user_id = enablement.user_id;
    scene.speaker.access_token = enablement.access_token;
    scene.skill = std::move(skill);
    scene.account = std::move(account_id);
    scene.session = find_session(scene.skill.id, scene.account);
    if (scene.session) co_await pass_time(scene);
    co_return scene;
}

std::optional<Session> Conversation::find_session(const std::string& skill_id, const std::string& account) const {
    const std::scoped_lock lock(mutex_);
    const auto found = sessions_.find(key_of(skill_id, account));
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

void Conversation::keep_session(Scene& scene) {
    if (scene.over || !scene.session) return;
    scene.session->wait(parts_.clock.now());
    keep_waiting(scene);
}

void Conversation::keep_waiting(const Scene& scene) {
    if (scene.over || !scene.session) return;
    const std::scoped_lock lock(mutex_);
    sessions_.insert_or_assign(key_of(scene.skill.id, scene.account), *scene.session);
    if (sessions_.size() <= most_sessions) return;
    const auto longer = [](const auto& a, const auto& b) { return a.second.waits_since() < b.second.waits_since(); };
    sessions_.erase(std::ranges::min_element(sessions_, longer));  // who has said nothing for longest
}

Task<void> Conversation::pass_time(Scene& scene) {
    const auto now = parts_.clock.now();
    const bool as_platform = scene.behaviour.has("BR-12", "platform");
    const auto waits = patience_of(scene.behaviour);
    const auto locale = std::exchange(scene.locale, scene.session->locale());
    while (!scene.over && scene.requests == 0 && now - scene.session->waits_since() >= waits) {
        scene.session->wait(scene.session->waits_since() + waits);
        if (as_platform) {
            co_await hear_nothing(scene);
        } else {
            End end{"EXCEEDED_MAX_REPROMPTS"};
            co_await tell_end(scene, std::move(end));
        }
    }
    if (scene.over) {
        scene.session.reset();
    } else if (scene.requests > 0) {
        scene.session->wait(now);  // what the skill said to the end of its task was heard just now
    }
    scene.requests = 0;  // those of the turn that follows are counted
    scene.locale = locale;
}

Task<void> Conversation::hear_nothing(Scene& scene) {
    if (scene.session->linking() != nullptr) {
        scene.session->linking()->hear_nothing();
        auto act = co_await go_on_with_task(scene);
        co_await play(scene, std::move(act), std::string());
        co_return;
    }
    auto reprompt = scene.session->stay_silent();
    if (!reprompt.empty()) {
        co_await ask(scene, std::move(reprompt), std::string());
        co_return;
    }
    End end{"EXCEEDED_MAX_REPROMPTS"};
    co_await tell_end(scene, std::move(end));
}

RequestHead Conversation::head_of(const Scene& scene) const {
    return {"amzn1.echo-api.request." + parts_.random.uuid(), parts_.clock.now(), scene.locale};
}

Listening Conversation::listening_of(const Scene& scene) const {
    return {scene.model, scene.skill.id, parts_.clock.now(),
            scene.session ? scene.session->dynamic_types() : std::vector<SlotType>{}, scene.locale};
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
    ++scene.requests;
    auto exchange = co_await deliver(scene, std::move(request), std::move(utterance), true);
    scene.session->begun();
    if (exchange.status == 200) answer = read_answer(exchange.response, true);
    exchange.answer = answer.response;
    if (!answer.problem.empty()) {
        exchange.failure = "There was a problem with the requested skill's response (" + answer.problem + ").";
    }
    const auto failure = exchange.failure;
    const bool answered = exchange.status != 0;
    const bool timed_out = exchange.timed_out;
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
    while (act.kind != Act::Kind::none && scene.requests < most_requests_of_a_turn) {
        if (act.kind == Act::Kind::speak) {
            co_await ask(scene, std::move(act.prompt), std::move(utterance));
            co_return;
        }
        auto request = act.kind == Act::Kind::resume
                           ? session_resumed_request(head_of(scene), act.token, act.completion)
                           : intent_request(head_of(scene), *scene.session->intent(), act.dialog_state);
        Answer answer;
        co_await send_request(scene, std::move(request), std::move(utterance), answer);
        utterance.clear();  // what follows in this turn was not said
        if (scene.over) co_return;
        act = co_await follow(scene, answer);
    }
}

/// What follows an answer: the next step of its dialog, or the task that it gives to the platform.
Task<Act> Conversation::follow(Scene& scene, const Answer& answer) {
    auto act = scene.session->take(scene.model, answer);
    auto connection = read_connection(answer.response);
    if (connection) act = co_await begin_task(scene, std::move(*connection));
    co_return act;
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
    if (scene.session && scene.session->linking() != nullptr) {
        auto shown = scene.session->linking()->step() == VoiceForward::Step::code ? "(the code)" : saying.utterance;
        auto act = co_await hear_of_task(scene, std::move(saying.utterance));
        co_await play(scene, std::move(act), std::move(shown));
        keep_session(scene);
        co_return std::move(scene.turn);
    }
    const bool fresh = !scene.session;
    if (fresh) start_session(scene);
    if (saying.utterance.empty()) saying.utterance = suggestions(scene.skill, scene.model, scene.locale).front();
    const auto listening = listening_of(scene);
    const Topic topic{scene.skill, listening, scene.locale};
    auto understood = scene.session->hear(topic, saying.utterance);
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
    auto act = co_await follow(scene, answer);
    co_await play(scene, std::move(act), std::string());
}

Task<Turn> Conversation::stay_silent(Skill skill, std::string account) {
    const auto turn = co_await turns_.take(key_of(skill.id, account));
    auto scene = co_await begin(std::move(skill), std::move(account), std::string());
    if (!scene.session) throw no_session();
    scene.locale = scene.session->locale();
    co_await hear_nothing(scene);
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

Task<void> Conversation::let_time_pass(std::string skill_id, std::string account) {
    const auto session = find_session(skill_id, account);
    if (!session) co_return;
    std::optional<Skill> skill;
    Behaviour behaviour;
    const auto work = [&](db::Transaction& tx) {
        if (Accounts(tx).find(account)) skill = Store(tx, parts_.sealer).find_skill(skill_id);
        behaviour = Behaviours(tx).find(skill_id);
    };
    co_await parts_.db.read(work);
    if (!skill || parts_.clock.now() - session->waits_since() < patience_of(behaviour)) co_return;
    const auto turn = co_await turns_.take(key_of(skill_id, account));
    const auto scene = co_await begin(std::move(*skill), std::move(account), std::string());
    keep_waiting(scene);
}

std::optional<Conversation::OpenSession> Conversation::open_session(const std::string& skill_id,
                                                                    const std::string& account) const {
    const auto session = find_session(skill_id, account);
    if (!session) return std::nullopt;
    const auto* linking = session->linking();
    OpenSession out{session->id(), session->attributes(), session->reprompt(), {}};
    if (linking != nullptr) {  // the platform asks, and would ask again: the skill's reprompt is not heard
        out.reprompt.clear();
        out.text_message = linking->text_message();
    }
    return out;
}

}  // namespace symbolon::voice
