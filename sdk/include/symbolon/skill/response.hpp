#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace symbolon::skill {

namespace json = boost::json;

/// The response breaks a rule of the platform, which would answer the user with "there was a problem" and tell nobody
/// why.
class InvalidResponse : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

enum class PlayBehavior { enqueue, replace_all, replace_enqueued };

struct Speech {
    std::string ssml;  ///< with its <speak> pair; at most 8000 characters
    std::optional<PlayBehavior> play_behavior = {};
};

struct SimpleCard {
    std::string title, content;
};
struct StandardCard {
    std::string title, text;
    std::string small_image_url = {}, large_image_url = {};  ///< https, at most 2000 characters; empty: none
};
/// The companion app shows a link that starts account linking.
struct LinkAccountCard {};
struct PermissionsCard {
    std::vector<std::string> permissions;
};
using Card = std::variant<SimpleCard, StandardCard, LinkAccountCard, PermissionsCard>;

/// The `response` member of the answer. Usually made by ResponseBuilder; response interceptors may change it.
struct Response {
    std::optional<Speech> speech = {};
    std::optional<Speech> reprompt = {};
    std::optional<Card> card = {};
    std::vector<json::object> directives = {};
    std::optional<bool> should_end_session = {};

    /// Fails: InvalidResponse (speech, card or image address too long or not allowed).
    /// Spec: Alexa Skills Kit, response format.
    json::object to_json() const;
};

}  // namespace symbolon::skill
