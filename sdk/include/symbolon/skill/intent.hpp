#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the user asked for: the intent, its slots, and what entity resolution made of them.
/// Spec: Alexa Skills Kit, "Request types", "Define synonyms and IDs for slot type values".
namespace symbolon::skill {

namespace json = boost::json;

enum class ConfirmationStatus { none, confirmed, denied };
BOOST_DESCRIBE_ENUM(ConfirmationStatus, none, confirmed, denied)

enum class DialogState { started, in_progress, completed };
BOOST_DESCRIBE_ENUM(DialogState, started, in_progress, completed)

enum class ResolutionCode { er_success_match, er_success_no_match, er_error_timeout, er_error_exception };
BOOST_DESCRIBE_ENUM(ResolutionCode, er_success_match, er_success_no_match, er_error_timeout, er_error_exception)

struct ResolutionStatus {
    std::optional<ResolutionCode> code = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ResolutionStatus, (), (code))

/// A value of a slot type, as entity resolution found it.
struct ResolvedValue {
    std::string name = {};
    std::string id = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ResolvedValue, (), (name, id))

struct ResolvedValueHolder {
    ResolvedValue value = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ResolvedValueHolder, (), (value))

/// What one authority (a slot type, a list of dynamic entities) made of the spoken value; the best value comes first.
struct Resolution {
    std::string authority = {};
    ResolutionStatus status = {};
    std::vector<ResolvedValueHolder> values = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Resolution, (), (authority, status, values))

struct Resolutions {
    std::vector<Resolution> resolutions_per_authority = {};
    json::object unknown = {};

    /// The best value of the first authority that matched.
    std::optional<ResolvedValue> find_best() const;
};
BOOST_DESCRIBE_STRUCT(Resolutions, (), (resolutions_per_authority))

/// One value, or several of a slot that takes a list ("milk, eggs and bread").
struct SlotValue {
    std::string type = {};  ///< "Simple" or "List"
    std::optional<std::string> value = {};
    Resolutions resolutions = {};
    std::vector<SlotValue> values = {};  ///< of a list
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SlotValue, (), (type, value, resolutions, values))

struct Slot {
    std::string name = {};
    std::optional<std::string> value = {};  ///< as spoken; absent when the user did not fill it
    std::optional<ConfirmationStatus> confirmation_status = {};
    std::string source = {};  ///< e.g. "USER"
    Resolutions resolutions = {};
    std::optional<SlotValue> slot_value = {};
    json::object unknown = {};

    /// The best value of the first authority that matched.
    std::optional<ResolvedValue> find_resolved() const { return resolutions.find_best(); }
    /// Everything that was said: each value of a list, else the one value, else nothing.
    std::vector<std::string> values() const;
};
BOOST_DESCRIBE_STRUCT(Slot, (), (name, value, confirmation_status, source, resolutions, slot_value))

using Slots = std::map<std::string, Slot, std::less<>>;

struct Intent {
    std::string name = {};
    std::optional<ConfirmationStatus> confirmation_status = {};
    Slots slots = {};
    json::object unknown = {};

    /// nullptr when the intent has no such slot.
    const Slot* find_slot(std::string_view slot) const;
};
BOOST_DESCRIBE_STRUCT(Intent, (), (name, confirmation_status, slots))

}  // namespace symbolon::skill
