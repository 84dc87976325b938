#pragma once

#include "symbolon/skill/response.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::skill {

/// Makes a Response in one sentence: `return in.speak("Done.").simple_card("Order", "One espresso").end_session();`
/// A handler returns it as it is. Text is SSML without the <speak> pair; what comes from outside goes through
/// escape_ssml() or a helper of ssml.hpp first.
class ResponseBuilder {
public:
    ResponseBuilder& speak(std::string_view ssml);
    ResponseBuilder& speak(std::string_view ssml, PlayBehavior behavior);
    /// What is said when the user keeps silent. Keeps the session open.
    ResponseBuilder& reprompt(std::string_view ssml);

    ResponseBuilder& simple_card(std::string title, std::string content);
    ResponseBuilder& standard_card(StandardCard card);
    ResponseBuilder& link_account_card();
    /// Scopes, e.g. "read::alexa:device:all:address".
    ResponseBuilder& permissions_card(std::vector<std::string> permissions);

    ResponseBuilder& directive(Directive directive);
    /// One of a type that the SDK does not know, with its `type`.
    ResponseBuilder& directive(json::object directive);
    ResponseBuilder& reprompt_directive(Directive directive);

    /// Asks the user for a slot; `prompt` is spoken, and again when the user keeps silent.
    ResponseBuilder& elicit(std::string slot, std::string_view prompt);
    /// Asks the user whether a slot's value is right.
    ResponseBuilder& confirm(std::string slot, std::string_view prompt);
    /// Asks the user whether the whole intent is right.
    ResponseBuilder& confirm_intent(std::string_view prompt);
    /// Lets the platform ask for what is missing, as the interaction model says. `updated` replaces the slots so far.
    ResponseBuilder& delegate(std::optional<Intent> updated = {});

    ResponseBuilder& can_fulfill(CanFulfillIntent answer);
    ResponseBuilder& api_response(json::value answer);

    ResponseBuilder& end_session() { return should_end_session(true); }
    ResponseBuilder& keep_session() { return should_end_session(false); }
    ResponseBuilder& should_end_session(bool end);

    /// `VideoApp.Launch` must not come with shouldEndSession; with it, whatever was asked for is left out.
    Response build() const;
    operator Response() const { return build(); }

private:
    Response response_;
};

}  // namespace symbolon::skill
