// Tasks that a skill gives to the platform, and the one that this platform knows, linking an account by voice:
// Conversation's second half (voice-account-linking.md §2.10).
#include "voice/log/exchange_log.hpp"
#include "voice/talk/conversation.hpp"

#include <utility>

namespace symbolon::voice {

namespace {

constexpr std::size_t code_length = 6;

}  // namespace

Act Conversation::end_task(Scene& scene, const Connection& connection, Completion completion) {
    scene.session->end_linking();
    const bool failed = completion.code != "200";
    if (!connection.resumes && !failed) {  // the skill left with its answer
        end_session(scene);
        return {};
    }
    Act act{Act::Kind::resume};
    act.completion = std::move(completion);
    act.token = connection.token;
    return act;
}

Task<Act> Conversation::begin_task(Scene& scene, Connection connection) {
    VoiceForwardStanding standing;
    standing.own_token_url = base_url_ + "/auth/o2/token";
    standing.linked = !scene.speaker.access_token.empty();
    const auto work = [&](db::Transaction& tx) {
        standing.linking = Store(tx, parts_.sealer).find_linking(scene.skill.id);
        const auto account = Accounts(tx).find(scene.account);
        standing.recognized = account && account->recognized;
        standing.has_email = account && !account->email.empty();
    };
    co_await parts_.db.read(work);
    auto ended = end_unasked(connection, standing);
    if (ended) co_return end_task(scene, connection, std::move(*ended));
    scene.session->begin_linking(
        {std::move(connection), scene.skill.name(scene.locale), scene.locale, parts_.random.digits(code_length)});
    co_return co_await go_on_with_task(scene);
}

Task<Act> Conversation::hear_of_task(Scene& scene, std::string utterance) {
    scene.session->linking()->hear(utterance);
    co_return co_await go_on_with_task(scene);
}

/// Asks the next question, or does what the person agreed to and tells the skill.
Task<Act> Conversation::go_on_with_task(Scene& scene) {
    using Step = VoiceForward::Step;
    const auto& linking = *scene.session->linking();
    const auto connection = linking.connection();
    switch (linking.step()) {
        case Step::consent:
        case Step::code: {
            Act act{Act::Kind::speak};
            act.prompt = linking.question();
            co_return act;
        }
        case Step::denied:
            co_return end_task(scene, connection, link_completion("DENIED"));
        case Step::not_proven:
            co_return end_task(scene, connection, link_completion("USER_REQUIREMENTS_NOT_MET"));
        case Step::approved:
            break;
    }
    const auto outcome = co_await services_.journey.link_by_voice(scene.skill.id, scene.account);
    const auto enablement = co_await services_.journey.current(scene.skill.id, scene.account);
    scene.speaker.access_token = enablement.access_token;
    auto completion = link_completion("LINKED");
    if (!outcome.linked) completion = {"500", "The account was not linked: " + outcome.cause, {}};
    co_return end_task(scene, connection, std::move(completion));
}

}  // namespace symbolon::voice
