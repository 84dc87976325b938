#include "base/log.hpp"

#include "base/utf8.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <iterator>
#include <mutex>

namespace symbolon::log {

namespace {

std::atomic<Level> least_level{Level::info};

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warning:
            return "warning";
        case Level::error:
            return "error";
    }
    return "error";
}

void append_quoted(std::string_view text, std::string& out) {
    out += '"';
    for (const char c : replace_invalid_utf8(text)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
        } else {
            out += c;
        }
    }
    out += '"';
}

void append_member(std::string_view name, std::string_view text, bool quoted, std::string& out) {
    out += out.empty() ? '{' : ',';
    append_quoted(name, out);
    out += ':';
    if (quoted)
        append_quoted(text, out);
    else
        out += text;
}

/// One line is one call, so that lines of several processes do not mix either. A log that cannot be written is not
/// worth a failed request.
void write_all(std::string_view line) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    while (!line.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        line.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

void set_level(Level least) {
    least_level = least;
}

std::optional<Level> parse_level(std::string_view name) {
    for (const Level level : {Level::debug, Level::info, Level::warning, Level::error}) {
        if (name == name_of(level)) return level;
    }
    return std::nullopt;
}

std::string to_line(Level level, Instant time, std::string_view event, std::initializer_list<Field> fields) {
    std::string line;
    append_member("time", to_iso8601(time), true, line);
    append_member("level", name_of(level), true, line);
    append_member("event", event, true, line);
    for (const Field& field : fields) append_member(field.name, field.value, field.quoted, line);
    line += "}\n";
    return line;
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (level < least_level.load()) return;
    write_all(to_line(level, SystemClock().now(), event, fields));
}

}  // namespace symbolon::log
