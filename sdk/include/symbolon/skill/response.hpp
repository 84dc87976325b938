#pragma once

#include "symbolon/skill/directive.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>

#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace symbolon::skill {

/// The response breaks a rule of the platform, which would answer the user with "there was a problem" and tell nobody
/// why.
class InvalidResponse : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

enum class PlayBehavior { enqueue, replace_all, replace_enqueued };
BOOST_DESCRIBE_ENUM(PlayBehavior, enqueue, replace_all, replace_enqueued)

/// `outputSpeech`; at most 8000 characters.
struct Speech {
    std::string type = "SSML";  ///< or "PlainText"
    std::string ssml = {};      ///< with its <speak> pair
    std::string text = {};      ///< of PlainText
    std::optional<PlayBehavior> play_behavior = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Speech, (), (type, ssml, text, play_behavior))

/// What is said when the user keeps silent.
struct Reprompt {
    std::optional<Speech> output_speech = {};
    std::vector<Directive> directives = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Reprompt, (), (output_speech, directives))

struct SimpleCard {
    static constexpr std::string_view type = "Simple";
    std::string title = {};
    std::string content = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SimpleCard, (), (title, content))

struct CardImage {
    std::string small_image_url = {};  ///< https, at most 2000 characters
    std::string large_image_url = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(CardImage, (), (small_image_url, large_image_url))

struct StandardCard {
    static constexpr std::string_view type = "Standard";
    std::string title = {};
    std::string text = {};
    std::optional<CardImage> image = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(StandardCard, (), (title, text, image))

/// The companion app shows a link that starts account linking.
struct LinkAccountCard {
    static constexpr std::string_view type = "LinkAccount";
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(LinkAccountCard, (), ())

/// Asks for permissions, by their scopes, e.g. "read::alexa:device:all:address".
struct PermissionsCard {
    static constexpr std::string_view type = "AskForPermissionsConsent";
    std::vector<std::string> permissions = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PermissionsCard, (), (permissions))

/// A card of a type that we do not know, `type` included.
struct OtherCard {
    json::object unknown = {};
};

using Card = std::variant<OtherCard, SimpleCard, StandardCard, LinkAccountCard, PermissionsCard>;

enum class CanFulfill { yes, no, maybe };
BOOST_DESCRIBE_ENUM(CanFulfill, yes, no, maybe)

struct CanFulfillSlot {
    std::optional<CanFulfill> can_understand = {};
    std::optional<CanFulfill> can_fulfill = {};  ///< yes or no
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(CanFulfillSlot, (), (can_understand, can_fulfill))

/// The answer to a CanFulfillIntentRequest.
struct CanFulfillIntent {
    std::optional<CanFulfill> can_fulfill = {};
    std::map<std::string, CanFulfillSlot, std::less<>> slots = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(CanFulfillIntent, (), (can_fulfill, slots))

/// Which experiments a response took part in.
struct ExperimentTrigger {
    std::vector<std::string> triggered_experiments = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ExperimentTrigger, (), (triggered_experiments))

/// The `response` member of the answer. Usually made by ResponseBuilder; response interceptors may change it.
struct Response {
    // Defined once, in the library: they go through every alternative of the variants within.
    Response();
    Response(const Response&);
    Response(Response&&) noexcept;
    Response& operator=(const Response&);
    Response& operator=(Response&&) noexcept;
    ~Response();

    std::optional<Speech> output_speech = {};
    std::optional<Reprompt> reprompt = {};
    std::optional<Card> card = {};
    std::vector<Directive> directives = {};
    std::optional<bool> should_end_session = {};
    std::optional<CanFulfillIntent> can_fulfill_intent = {};
    json::value api_response = {};  ///< to dialog::ApiInvoked
    std::optional<ExperimentTrigger> experimentation = {};
    json::object unknown = {};

    /// Made in `storage`, which must outlive it.
    /// Fails: InvalidResponse (speech, card, an address or a token too long or not allowed).
    /// Spec: Alexa Skills Kit, "Response format".
    json::object to_json(json::storage_ptr storage = {}) const;
    /// Reads what to_json() wrote, or another's. Never fails: what it does not know it keeps.
    static Response parse(json::object response);

    /// The first directive of that type; nullptr when there is none.
    template <class T>
    const T* find_directive() const {
        for (const auto& directive : directives) {
            if (const auto* found = std::get_if<T>(&directive)) return found;
        }
        return nullptr;
    }
};
BOOST_DESCRIBE_STRUCT(Response, (),
                      (output_speech, reprompt, card, directives, should_end_session, can_fulfill_intent, api_response,
                       experimentation))

}  // namespace symbolon::skill
