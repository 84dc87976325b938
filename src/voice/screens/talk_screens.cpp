#include "base/error.hpp"
#include "voice/screens/screens.hpp"

#include <utility>

namespace symbolon::voice {

/// One form for all that a person can do in a conversation: say something, stay silent, leave, ask whether the skill
/// could.
Task<void> Screens::talk(const Visit& visit, Skill skill) {
    auto& conversation = services_.conversation;
    Saying saying;
    saying.utterance = visit.form.find("suggestion").value_or(visit.form.get("utterance"));
    saying.account = visit.account;
    if (visit.form.find("silence")) {
        co_await conversation.stay_silent(std::move(skill), visit.account);
    } else if (visit.form.find("leave")) {
        co_await conversation.leave(std::move(skill), visit.account);
    } else if (visit.form.find("can_fulfill")) {
        co_await conversation.ask_can_fulfill(std::move(skill), std::move(saying));
    } else {
        co_await conversation.say(std::move(skill), std::move(saying));
    }
}

Task<net::Response> Screens::ask_console(Visit visit) {
    auto view = co_await load(visit);
    const auto id = view.skill.id;
    visit.account = view.account.id;
    co_await talk(visit, std::move(view.skill));
    co_return back_to("/skills/" + id + "#test");
}

Task<net::Response> Screens::ask_app(Visit visit) {
    auto view = co_await load(visit);
    const auto id = view.skill.id;
    visit.account = view.account.id;
    co_await talk(visit, std::move(view.skill));
    co_return back_to("/app/skills/" + id);
}

}  // namespace symbolon::voice
