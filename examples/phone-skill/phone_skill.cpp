#include "phone_skill.hpp"

#include <utility>

namespace skill = symbolon::skill;

namespace phone_skill {
namespace {

skill::Response say_number(skill::Input& in, const skill::UserInfo& user) {
    const auto number = user.find("phone_number");
    if (!number) return in.speak("Your account has no phone number.").end_session();
    return in.speak("Your phone number is " + skill::say_digits(*number) + ".").end_session();
}

skill::Response help(skill::Input& in) {
    return in.speak("I can tell you the phone number of your account. Just ask: what is my phone number?")
        .reprompt("Would you like to hear your phone number?");
}

skill::Response say_goodbye(skill::Input& in) {
    return in.speak("Goodbye.").end_session();
}

skill::Response end_quietly(skill::Input& in) {
    return in.respond();
}

skill::Response say_not_understood(skill::Input& in) {
    return in.speak("Sorry, I did not understand that. You can ask: what is my phone number?")
        .reprompt("Would you like to hear your phone number?");
}

}  // namespace

skill::Skill make(Options options) {
    const skill::AccountLinking account({
        .userinfo_url = std::move(options.userinfo_url),
        .link_speech = "To tell you your phone number I need your account. Open the card that I have sent to your "
                       "companion app and link it.",
        .fetch = std::move(options.fetch),
        .now = std::move(options.now),
    });
    skill::SkillBuilder build;
    for (auto& id : options.skill_ids) build.skill_id(std::move(id));
    return build.user_agent("phone-skill/0.1")
        .on({"LaunchRequest", "MyPhoneNumberIntent"}, account.linked(say_number))
        .on("AMAZON.HelpIntent", help)
        .on({"AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"}, say_goodbye)
        .on("SessionEndedRequest", end_quietly)
        .when([](const skill::Input& in) { return in.find_intent() != nullptr; }, say_not_understood)
        .otherwise(end_quietly)
        .create();
}

}  // namespace phone_skill
