#pragma once

#include "symbolon/skill/response.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::skill {

/// Makes a Response in one sentence: `return in.speak("Done.").simple_card("Order", "One espresso").end_session();`
/// A handler returns it as it is. Text is SSML without the <speak> pair; what comes from outside goes through
/// escape_ssml() first.
class ResponseBuilder {
public:
    ResponseBuilder& speak(std::string_view ssml);
    ResponseBuilder& speak(std::string_view ssml, PlayBehavior behavior);
    /// What is said when the user keeps silent. Keeps the session open.
    ResponseBuilder& reprompt(std::string_view ssml);

    ResponseBuilder& simple_card(std::string title, std::string content);
    ResponseBuilder& standard_card(StandardCard card);
    ResponseBuilder& link_account_card();
    ResponseBuilder& permissions_card(std::vector<std::string> permissions);

    ResponseBuilder& directive(json::object directive);

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
