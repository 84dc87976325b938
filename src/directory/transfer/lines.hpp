#pragma once

#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "crypto/hash.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::directory::transfer {

/// No line is longer: a user with all attributes has a tenth of it, a pool with a thousand clients half.
inline constexpr std::size_t max_line = 8 * 1024 * 1024;

/// Takes a line, without its end.
using TakeLine = std::function<void(const std::string&)>;
/// The next line, without its end; nothing at the end of the file.
using NextLine = std::function<std::optional<std::string>()>;

/// What all lines so far come to: the SHA-256 of what the former ones came to and of the line. Any changed, missing or
/// moved line changes it, and it can be stored and gone on with.
crypto::Digest extend(const crypto::Digest& former, std::string_view line);

/// A line that was read, with what it is.
struct Line {
    std::string kind;
    boost::json::object record;
};
/// Fails: invalid_parameter (not a line of an export).
Line parse_line(std::string_view text, std::size_t number);

template <Described T>
std::string to_line(std::string_view kind, const T& record) {
    return boost::json::serialize(boost::json::object{{kind, encode(record)}});
}

/// Does what may refuse a line. Fails: invalid_parameter, with the number of the line.
template <class F>
auto at_line(std::size_t number, F work) {
    try {
        return work();
    } catch (const Error& error) {
        throw Error(Errc::invalid_parameter, "Line " + std::to_string(number) + ": " + error.message);
    }
}

/// Fails: invalid_parameter, with the number of the line.
template <Described T>
T to_record(const Line& line, std::size_t number) {
    return at_line(number, [&] { return decode<T>(line.record); });
}

}  // namespace symbolon::directory::transfer
