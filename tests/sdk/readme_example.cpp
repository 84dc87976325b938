#include <symbolon/skill/account_linking.hpp>
#include <symbolon/skill/serve.hpp>
#include <symbolon/skill/skill.hpp>

namespace skill = symbolon::skill;

skill::Response order(skill::Input& in, const skill::UserInfo& user) {
    const auto drink = in.find_slot("drink").value_or("coffee");
    const auto name = user.find("given_name").value_or("you");
    return in.speak("One " + skill::escape_ssml(drink) + " for " + skill::escape_ssml(name) + ".")
        .simple_card("Your order", drink)
        .end_session();
}

skill::Skill coffee_skill() {
    const skill::AccountLinking account({.userinfo_url = "https://auth.example.com/oauth2/userInfo"});

    return skill::SkillBuilder{}
        .skill_id("amzn1.ask.skill.2f1a6f0e-5f5b-4f0e-9d7c-0d9f6b2f7a11")
        .on("LaunchRequest", [](auto& in) { return in.speak("Welcome!").reprompt("What can I get you?"); })
        .on("OrderIntent", account.linked(order))  // not linked yet: the user gets a card that starts linking
        .on({"AMAZON.StopIntent", "AMAZON.CancelIntent"}, [](auto& in) { return in.speak("Bye.").end_session(); })
        .on("SessionEndedRequest", [](auto& in) { return in.respond(); })
        .on_error([](auto& in, auto&) { return in.speak("Sorry, something went wrong.").end_session(); })
        .create();
}

int main() {
    return skill::run(coffee_skill(), {.listen = {"0.0.0.0:8600"}});
}
