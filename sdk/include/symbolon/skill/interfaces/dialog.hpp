#pragma once

#include "symbolon/skill/intent.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Conversations over several turns: who asks for the next slot, what is to be confirmed, which values are known.
/// Spec: Alexa Skills Kit, "Dialog interface", "Use dynamic entities", "Alexa Conversations".
namespace symbolon::skill::dialog {

/// Lets the platform go on with the dialog as the interaction model says.
struct Delegate {
    static constexpr std::string_view type = "Dialog.Delegate";
    std::optional<Intent> updated_intent = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Delegate, (), (updated_intent))

struct ElicitSlot {
    static constexpr std::string_view type = "Dialog.ElicitSlot";
    std::string slot_to_elicit = {};
    std::optional<Intent> updated_intent = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ElicitSlot, (), (slot_to_elicit, updated_intent))

struct ConfirmSlot {
    static constexpr std::string_view type = "Dialog.ConfirmSlot";
    std::string slot_to_confirm = {};
    std::optional<Intent> updated_intent = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ConfirmSlot, (), (slot_to_confirm, updated_intent))

struct ConfirmIntent {
    static constexpr std::string_view type = "Dialog.ConfirmIntent";
    std::optional<Intent> updated_intent = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ConfirmIntent, (), (updated_intent))

// Dynamic entities

struct EntityName {
    std::string value = {};
    std::vector<std::string> synonyms = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(EntityName, (), (value, synonyms))

struct Entity {
    std::string id = {};
    EntityName name = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Entity, (), (id, name))

/// Values for one slot type.
struct EntityList {
    std::string name = {};
    std::vector<Entity> values = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(EntityList, (), (name, values))

enum class UpdateBehavior { replace, clear };
BOOST_DESCRIBE_ENUM(UpdateBehavior, replace, clear)

/// What slots of this session can be filled with, beside the interaction model.
struct UpdateDynamicEntities {
    static constexpr std::string_view type = "Dialog.UpdateDynamicEntities";
    std::optional<UpdateBehavior> update_behavior = UpdateBehavior::replace;
    std::vector<EntityList> types = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(UpdateDynamicEntities, (), (update_behavior, types))

// Handing over between Alexa Conversations and intents

struct DelegationPeriod {
    std::string until = {};  ///< "EXPLICIT_RETURN" or "NEXT_TURN"
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(DelegationPeriod, (), (until))

struct DialogInput {
    std::string name = {};
    Slots slots = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(DialogInput, (), (name, slots))

struct UpdatedRequest {
    std::string type = {};  ///< "IntentRequest" with an intent, "Dialog.InputRequest" with an input
    std::optional<Intent> intent = {};
    std::optional<DialogInput> input = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(UpdatedRequest, (), (type, intent, input))

struct DelegateRequest {
    static constexpr std::string_view type = "Dialog.DelegateRequest";
    std::string target = {};  ///< "AMAZON.Conversations" or "skill"
    std::optional<DelegationPeriod> period = {};
    std::optional<UpdatedRequest> updated_request = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(DelegateRequest, (), (target, period, updated_request))

struct ResetContext {
    static constexpr std::string_view type = "Conversations.ResetContext";
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ResetContext, (), ())

/// A request of Alexa Conversations.
struct InputRequest {
    static constexpr std::string_view type = "Dialog.InputRequest";
    DialogInput input = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(InputRequest, (), (input))

struct ApiRequest {
    std::string name = {};
    json::object arguments = {};
    std::map<std::string, SlotValue, std::less<>> slots = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ApiRequest, (), (name, arguments, slots))

/// A request of Alexa Conversations; its answer is Response::api_response.
struct ApiInvoked {
    static constexpr std::string_view type = "Dialog.API.Invoked";
    std::optional<ApiRequest> api_request = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ApiInvoked, (), (api_request))

}  // namespace symbolon::skill::dialog
