#include "base/shape/scalar.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"

#include <boost/json/kind.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <cmath>
#include <limits>
#include <optional>

namespace symbolon::codec {

namespace {

namespace json = boost::json;

constexpr std::string_view structure_found = "Start of structure or map found where not expected.";
constexpr std::string_view list_found = "Start of list found where not expected.";

/// Spec: cognito-api 1.3, the row of SerializationException.
[[noreturn]] void throw_mismatch(const json::value& in, std::string_view due) {
    switch (in.kind()) {
        case json::kind::object:
            throw Error(Errc::invalid_json, std::string(structure_found));
        case json::kind::array:
            throw Error(Errc::invalid_json, std::string(list_found));
        default:
            break;
    }
    std::string text;
    if (in.is_string())
        text = "STRING_VALUE";
    else if (in.is_bool())
        text = in.get_bool() ? "TRUE_VALUE" : "FALSE_VALUE";
    else if (in.is_null())
        text = "NULL_VALUE";
    else
        text = "NUMBER_VALUE";
    text += " can not be converted to ";
    text += due;
    throw Error(Errc::invalid_json, text);
}

[[noreturn]] void throw_unexpected(const json::value& in) {
    if (in.is_object()) throw Error(Errc::invalid_json, std::string(structure_found));
    if (in.is_array()) throw Error(Errc::invalid_json, std::string(list_found));
    throw Error(Errc::invalid_json, "Unexpected field type");
}

std::string length_at_most(std::size_t max) {
    return "Member must have length less than or equal to " + std::to_string(max);
}
std::string length_at_least(std::size_t min) {
    return "Member must have length greater than or equal to " + std::to_string(min);
}
std::string value_at_most(std::int64_t max) {
    return "Member must have value less than or equal to " + std::to_string(max);
}
std::string value_at_least(std::int64_t min) {
    return "Member must have value greater than or equal to " + std::to_string(min);
}
std::string pattern_constraint(const Pattern& pattern) {
    return "Member must satisfy regular expression pattern: " + std::string(pattern.text);
}

/// A list or map as messages show it: [a, b] and {a=1, b=2}; what is nested deeper is only hinted at.
std::string show(const json::value& in) {
    if (in.is_string()) return std::string(in.get_string());
    if (in.is_array()) {
        std::string out = "[";
        for (const auto& item : in.get_array()) {
            if (out.size() > 1) out += ", ";
            out += item.is_structured() ? std::string("...") : show(item);
        }
        return out + "]";
    }
    if (in.is_object()) {
        std::string out = "{";
        for (const auto& [key, item] : in.get_object()) {
            if (out.size() > 1) out += ", ";
            out += key;
            out += '=';
            out += item.is_structured() ? std::string("...") : show(item);
        }
        return out + "}";
    }
    return json::serialize(in);
}

}  // namespace

std::string_view view_string(const json::value& in) {
    if (!in.is_string()) throw_mismatch(in, "a String");
    return in.get_string();
}

std::string read_string(const json::value& in) {
    return std::string(view_string(in));
}

bool read_bool(const json::value& in) {
    if (!in.is_bool()) throw_mismatch(in, "a Boolean");
    return in.get_bool();
}

std::int64_t read_integer(const json::value& in, std::int64_t least, std::int64_t greatest) {
    std::optional<std::int64_t> number;
    if (in.is_int64()) {
        number = in.get_int64();
    } else if (in.is_double()) {
        // 2^53: beyond it a double no longer says which whole number was meant.
        const double value = in.get_double();
        if (std::abs(value) <= 9007199254740992.0 && std::trunc(value) == value)
            number = static_cast<std::int64_t>(value);
    }
    if (!number || *number < least || *number > greatest) throw_mismatch(in, "an Integer");
    return *number;
}

Timestamp read_timestamp(const json::value& in) {
    if (in.is_int64()) {
        const std::int64_t seconds = in.get_int64();
        constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max() / 1000;
        if (seconds >= -limit && seconds <= limit) return Timestamp(from_ms(seconds * 1000));
    }
    if (in.is_double()) {
        const double ms = in.get_double() * 1000.0;
        if (std::abs(ms) <= 9007199254740992.0) return Timestamp(from_ms(std::llround(ms)));
    }
    throw_mismatch(in, "a Timestamp");
}

const json::array& read_array(const json::value& in) {
    if (!in.is_array()) throw_unexpected(in);
    return in.get_array();
}

const json::object& read_object(const json::value& in) {
    if (!in.is_object()) throw_unexpected(in);
    return in.get_object();
}

json::value write_timestamp(Timestamp t) {
    return json::value(static_cast<double>(to_ms(t.instant)) / 1000.0);
}

bool check(const std::string& text, const TextRule& rule, const Path& path, Problems* problems) {
    const std::size_t length = count_characters(text).value_or(text.size());
    const bool too_long = rule.max != 0 && length > rule.max;
    const bool too_short = length < rule.min;
    // An empty text that must not be empty is one mistake, not two.
    const bool other_form = !(too_short && length == 0) && !rule.pattern->matches(text);
    if (!too_long && !too_short && !other_form) return true;
    if (problems) {
        const std::string where = path.str();
        std::optional<std::string_view> shown;
        if (rule.sensitivity == Sensitivity::open) shown = text;
        if (too_long) problems->add(where, shown, length_at_most(rule.max));
        if (too_short) problems->add(where, shown, length_at_least(rule.min));
        if (other_form) problems->add(where, shown, pattern_constraint(*rule.pattern));
    }
    return false;
}

bool check(std::int64_t number, std::int64_t min, std::int64_t max, const Path& path, Problems* problems) {
    if (number >= min && number <= max) return true;
    if (problems)
        problems->add(path.str(), std::to_string(number), number > max ? value_at_most(max) : value_at_least(min));
    return false;
}

void check_size(std::size_t size, std::size_t min, std::size_t max, const json::value& in, bool sensitive,
                const Path& path, Problems& problems) {
    std::string constraint;
    if (max != 0 && size > max)
        constraint = length_at_most(max);
    else if (size < min)
        constraint = length_at_least(min);
    else
        return;
    if (sensitive)
        problems.add(path.str(), std::nullopt, constraint);
    else
        problems.add(path.str(), show(in), constraint);
}

void add_element_problem(const json::value& in, std::string_view opening, std::string_view constraints, bool sensitive,
                         const Path& path, Problems& problems) {
    std::string constraint(opening);
    constraint += constraints;
    constraint += ']';
    if (sensitive)
        problems.add(path.str(), std::nullopt, constraint);
    else
        problems.add(path.str(), show(in), constraint);
}

std::string list_constraints(const TextRule& rule) {
    std::string out;
    const auto append = [&out](const std::string& constraint) {
        if (!out.empty()) out += ", ";
        out += constraint;
    };
    if (rule.max != 0) append(length_at_most(rule.max));
    if (rule.min != 0) append(length_at_least(rule.min));
    if (rule.pattern != &pattern::any) append(pattern_constraint(*rule.pattern));
    return out;
}

std::string list_constraints(std::int64_t min, std::int64_t max) {
    std::string out;
    if (max != no_maximum) out = value_at_most(max);
    if (min != no_minimum) out += (out.empty() ? "" : ", ") + value_at_least(min);
    return out;
}

std::string choice_constraint(std::string_view names) {
    std::string out = "Member must satisfy enum value set: [";
    out += names;
    return out + "]";
}

}  // namespace symbolon::codec
