#pragma once

#include "voice/models/interaction_model.hpp"
#include "voice/talk/speech.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// A skill's response envelope, read (voice-account-linking.md §3.2).
struct Answer {
    boost::json::object response;    ///< what stands under "response"
    boost::json::object attributes;  ///< sessionAttributes
    std::optional<bool> ends_session;
    std::string problem;  ///< why the platform would refuse it; "" when it would not

    /// What is heard again, or for the first time, when the person stays silent; "" when there is nothing.
    std::string reprompt() const;
    std::vector<const boost::json::object*> directives() const;
    const boost::json::object* find_directive(std::string_view type) const;
    /// Whether the session goes on: when the skill says so, a directive of a dialog asks the person something, or the
    /// skill gave a task to the platform: what becomes of its session is decided when that ends.
    bool keeps_session() const;
};

/// Reads the body of an answer with status 200. Only a request of a session is answered with an envelope; `session`:
/// it was one.
Answer read_answer(std::string_view body, bool session);

/// The words that an answer says; "" when it says nothing.
std::string speech_of(const boost::json::object& response);
/// The answer's card; null when there is none.
const boost::json::object* card_of(const boost::json::object& response);
/// The types of a Dialog.UpdateDynamicEntities directive.
std::vector<SlotType> read_dynamic_types(const boost::json::object& directive);

}  // namespace symbolon::voice
