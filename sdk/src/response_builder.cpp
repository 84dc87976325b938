#include "symbolon/skill/response_builder.hpp"

#include "symbolon/skill/ssml.hpp"

#include "json_read.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::skill {

ResponseBuilder& ResponseBuilder::speak(std::string_view ssml) {
    response_.speech = Speech{wrap_speak(ssml)};
    return *this;
}

ResponseBuilder& ResponseBuilder::speak(std::string_view ssml, PlayBehavior behavior) {
    response_.speech = Speech{wrap_speak(ssml), behavior};
    return *this;
}

ResponseBuilder& ResponseBuilder::reprompt(std::string_view ssml) {
    response_.reprompt = Speech{wrap_speak(ssml)};
    return keep_session();
}

ResponseBuilder& ResponseBuilder::simple_card(std::string title, std::string content) {
    response_.card = SimpleCard{std::move(title), std::move(content)};
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
    response_.card = PermissionsCard{std::move(permissions)};
    return *this;
}

ResponseBuilder& ResponseBuilder::directive(json::object directive) {
    response_.directives.push_back(std::move(directive));
    return *this;
}

ResponseBuilder& ResponseBuilder::should_end_session(bool end) {
    response_.should_end_session = end;
    return *this;
}

Response ResponseBuilder::build() const {
    Response response = response_;
    const bool plays_video = std::ranges::any_of(response.directives, [](const json::object& directive) {
        return text_or_empty(directive, "type") == "VideoApp.Launch";
    });
    if (plays_video) response.should_end_session.reset();
    return response;
}

}  // namespace symbolon::skill
