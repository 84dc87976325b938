#pragma once

#include "triggers/call.hpp"
#include "triggers/functions.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::triggers {

/// The `response` of the event that a function gave back. Members that are absent or null have their defaults; one of
/// another type than it must have fails: hook_answer_invalid "Invalid lambda function output : <which>".
class Response {
public:
    explicit Response(boost::json::object members) : members_(std::move(members)) {}

    bool has(std::string_view name) const { return members_.contains(name); }  ///< also as null
    bool get_flag(std::string_view name) const;
    std::optional<std::string> get_text(std::string_view name) const;
    std::vector<std::string> get_texts(std::string_view name) const;
    Attributes get_map(std::string_view name) const;  ///< values are strings
    std::optional<boost::json::object> get_object(std::string_view name) const;
    /// A member that has members of its own; an empty one when it is absent or null.
    Response get_part(std::string_view name) const;

private:
    const boost::json::value* find(std::string_view name) const;

    boost::json::object members_;
};

/// Reads what a function answered. Fails: hook_refused "<trigger> failed with error <message>.", hook_answer_invalid
/// "Unrecognizable lambda output".
Response read_reply(std::string_view trigger, const Reply& reply);

[[noreturn]] void refuse_answer(std::string_view detail);

}  // namespace symbolon::triggers
