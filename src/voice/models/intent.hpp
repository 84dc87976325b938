#pragma once

#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

BOOST_DEFINE_ENUM_CLASS(ConfirmationStatus, NONE, CONFIRMED, DENIED)

/// A value of a slot type that what was said stands for.
struct ResolvedValue {
    std::string name;
    std::string id;
};

/// What one authority (a slot type, a list of dynamic entities) made of what was said.
struct Resolution {
    std::string authority;
    std::vector<ResolvedValue> values;  ///< none: no match
};

/// A slot as a request carries it.
struct FilledSlot {
    std::string name;
    std::optional<std::string> value;  ///< as spoken; absent when nobody said it
    ConfirmationStatus confirmation = ConfirmationStatus::NONE;
    std::vector<Resolution> resolutions;
    std::vector<std::string> list;  ///< each value, when several were said to a slot that takes several
};

/// An intent as a request carries it.
struct SpokenIntent {
    std::string name;
    ConfirmationStatus confirmation = ConfirmationStatus::NONE;
    std::vector<FilledSlot> slots;

    FilledSlot* find_slot(std::string_view slot_name);
    const FilledSlot* find_slot(std::string_view slot_name) const;
};

/// The wire form (voice-account-linking.md §3.1).
boost::json::object intent_json(const SpokenIntent& intent);
/// An `updatedIntent` of a skill's directive; what has another shape is left out.
SpokenIntent read_intent_json(const boost::json::object& in);

}  // namespace symbolon::voice
