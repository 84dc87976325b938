#pragma once

#include "base/clock.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::log {

enum class Level { debug, info, warning, error };

/// One member of a log line. Only these types can be logged: a Secret cannot.
struct Field {
    Field(std::string_view name_, std::string_view text) : name(name_), value(text) {}
    Field(std::string_view name_, const char* text) : name(name_), value(text) {}
    Field(std::string_view name_, const std::string& text) : name(name_), value(text) {}
    Field(std::string_view name_, long long number) : name(name_), value(std::to_string(number)), quoted(false) {}
    Field(std::string_view name_, long number) : Field(name_, static_cast<long long>(number)) {}
    Field(std::string_view name_, int number) : Field(name_, static_cast<long long>(number)) {}
    Field(std::string_view name_, unsigned long number) : Field(name_, static_cast<long long>(number)) {}
    Field(std::string_view name_, unsigned number) : Field(name_, static_cast<long long>(number)) {}
    Field(std::string_view name_, bool truth) : name(name_), value(truth ? "true" : "false"), quoted(false) {}

    std::string_view name;
    std::string value;
    bool quoted = true;
};

/// Writes one JSON object a line to standard error: time, level, event, then the fields. Threads: any.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});
/// Lines below `least` are not written. Threads: any.
void set_level(Level least);
/// `debug`, `info`, `warning`, `error`; nothing for anything else.
std::optional<Level> parse_level(std::string_view name);
/// The line that write() writes, with its end of line. Control characters are escaped and bytes that are not UTF-8
/// replaced, so that no logged text can forge a line or a member.
std::string to_line(Level level, Instant time, std::string_view event, std::initializer_list<Field> fields);

inline void debug(std::string_view event, std::initializer_list<Field> f = {}) {
    write(Level::debug, event, f);
}
inline void info(std::string_view event, std::initializer_list<Field> f = {}) {
    write(Level::info, event, f);
}
inline void warning(std::string_view event, std::initializer_list<Field> f = {}) {
    write(Level::warning, event, f);
}
inline void error(std::string_view event, std::initializer_list<Field> f = {}) {
    write(Level::error, event, f);
}

}  // namespace symbolon::log
