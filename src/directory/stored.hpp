#pragma once

#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "base/shape/problems.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>

namespace symbolon::directory {

/// Parses the JSON object of a column. Fails: internal, when it is none.
boost::json::object parse_stored(std::string_view text, std::string_view what);

/// A described struct as the text of a column, and back. What is in the database was valid when it was written: a text
/// that no longer decodes is a defect, not a request's fault.
template <Described T>
std::string to_stored(const T& value) {
    return boost::json::serialize(encode(value));
}

/// Fails: internal. `what` names the column for the log.
template <Described T>
T from_stored(std::string_view text, std::string_view what) {
    const boost::json::object object = parse_stored(text, what);
    Problems problems;
    std::string defect;
    try {
        T value = decode<T>(object, problems);
        if (problems.empty()) return value;
        defect = problems.message();
    } catch (const Error& error) {  // a member of another JSON type: not the caller's fault here
        defect = error.message;
    }
    throw Error(Errc::internal, {}, std::string(what) + ": " + defect);
}

}  // namespace symbolon::directory
