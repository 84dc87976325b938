#include "orders_skill.hpp"

#include <utility>

namespace skill = symbolon::skill;

namespace orders_skill {
namespace {

/// Account linking that wants one scope.
skill::AccountLinking linking(skill::TokenVerifierOptions tokens, const char* scope, std::string link_speech) {
    tokens.scopes = {scope};
    return skill::AccountLinking(
        {.tokens = skill::TokenVerifier(std::move(tokens)), .link_speech = std::move(link_speech)});
}

skill::Response say_orders(skill::Input& in, const std::vector<std::string>& orders) {
    if (orders.empty()) return in.speak("You have not ordered anything yet.").end_session();
    std::string text = "You have ordered ";
    for (std::size_t i = 0; i < orders.size(); ++i) {
        if (i > 0) text += i + 1 == orders.size() ? " and " : ", ";
        text += "one " + skill::escape_ssml(orders[i]);
    }
    return in.speak(text + ".").end_session();
}

skill::Response take_order(skill::Input& in, const std::string& user, OrderBook& orders) {
    const auto drink = in.find_slot("drink");
    if (!drink) return in.speak("What would you like to drink?").reprompt("Which drink may it be?");
    if (!orders.add(user, *drink)) return in.speak("You have enough to drink.").end_session();
    return in.speak("One " + skill::escape_ssml(*drink) + ", coming up.")
        .simple_card("Your order", *drink)
        .end_session();
}

skill::Response help(skill::Input& in) {
    return in.speak("You can order a drink, or ask what you have ordered.").reprompt("What may it be?");
}

skill::Response say_goodbye(skill::Input& in) {
    return in.speak("Goodbye.").end_session();
}

}  // namespace

skill::Skill make(Options options) {
    const auto readers =
        linking(options.tokens, read_scope, "To see your orders I need your account. I have sent a card to your app.");
    const auto writers =
        linking(options.tokens, write_scope, "To order I need your account. I have sent a card to your app.");
    const auto orders = std::move(options.orders);

    skill::SkillBuilder build;
    for (auto& id : options.skill_ids) build.skill_id(std::move(id));
    return build.user_agent("orders-skill/0.1")
        .on("MyOrdersIntent", readers.verified([orders](skill::Input& in, const skill::TokenClaims& token) {
            return say_orders(in, orders->list(token.subject));
        }))
        .on("OrderIntent", writers.verified([orders](skill::Input& in, const skill::TokenClaims& token) {
            return take_order(in, token.subject, *orders);
        }))
        .on({"AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"}, say_goodbye)
        .on("SessionEndedRequest", [](skill::Input& in) { return in.respond(); })
        .otherwise(help)
        .create();
}

}  // namespace orders_skill
