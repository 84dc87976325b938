#include "symbolon/skill/response_builder.hpp"

#include "symbolon/skill/ssml.hpp"

#include <utility>
#include <variant>

namespace symbolon::skill {

ResponseBuilder& ResponseBuilder::speak(std::string_view ssml) {
    response_.output_speech = Speech{.ssml = wrap_speak(ssml)};
    return *this;
}

ResponseBuilder& ResponseBuilder::speak(std::string_view ssml, PlayBehavior behavior) {
    response_.output_speech = Speech{.ssml = wrap_speak(ssml), .play_behavior = behavior};
    return *this;
}

ResponseBuilder& ResponseBuilder::reprompt(std::string_view ssml) {
    if (!response_.reprompt) response_.reprompt.emplace();
    response_.reprompt->output_speech = Speech{.ssml = wrap_speak(ssml)};
    return keep_session();
}

ResponseBuilder& ResponseBuilder::simple_card(std::string title, std::string content) {
    response_.card = SimpleCard{.title = std::move(title), .content = std::move(content)};
    return *this;
}

ResponseBuilder& ResponseBuilder::standard_card(StandardCard card) {
    response_.card = std::move(card);
    return *this;
}

ResponseBuilder& ResponseBuilder::link_account_card() {
    response_.card = LinkAccountCard{};
    return *this;
}

ResponseBuilder& ResponseBuilder::permissions_card(std::vector<std::string> permissions) {
    response_.card = PermissionsCard{.permissions = std::move(permissions)};
    return *this;
}

ResponseBuilder& ResponseBuilder::directive(Directive directive) {
    response_.directives.push_back(std::move(directive));
    return *this;
}

ResponseBuilder& ResponseBuilder::directive(json::object directive) {
    return this->directive(parse_directive(std::move(directive)));
}

ResponseBuilder& ResponseBuilder::reprompt_directive(Directive directive) {
    if (!response_.reprompt) response_.reprompt.emplace();
    response_.reprompt->directives.push_back(std::move(directive));
    return *this;
}

ResponseBuilder& ResponseBuilder::elicit(std::string slot, std::string_view prompt) {
    return speak(prompt).reprompt(prompt).directive(dialog::ElicitSlot{.slot_to_elicit = std::move(slot)});
}

ResponseBuilder& ResponseBuilder::confirm(std::string slot, std::string_view prompt) {
    return speak(prompt).reprompt(prompt).directive(dialog::ConfirmSlot{.slot_to_confirm = std::move(slot)});
}

ResponseBuilder& ResponseBuilder::confirm_intent(std::string_view prompt) {
    return speak(prompt).reprompt(prompt).directive(dialog::ConfirmIntent{});
}

ResponseBuilder& ResponseBuilder::delegate(std::optional<Intent> updated) {
    return directive(dialog::Delegate{.updated_intent = std::move(updated)}).keep_session();
}

ResponseBuilder& ResponseBuilder::can_fulfill(CanFulfillIntent answer) {
    response_.can_fulfill_intent = std::move(answer);
    return *this;
}

ResponseBuilder& ResponseBuilder::api_response(json::value answer) {
    response_.api_response = std::move(answer);
    return *this;
}

ResponseBuilder& ResponseBuilder::should_end_session(bool end) {
    response_.should_end_session = end;
    return *this;
}

Response ResponseBuilder::build() const {
    Response response = response_;
    if (response.find_directive<video_app::Launch>() != nullptr) response.should_end_session.reset();
    return response;
}

}  // namespace symbolon::skill
